//! An agreement as a page that is printed, or kept as PDF by printing: the text, who signed it, the hash, and where it is verified.

use std::fmt::Write as _;

use super::views::{MediationAgreementView, MediationSignatureView};
use super::writing::day;
use crate::kit::html::escape;
use crate::kit::problem::{Problem, Result};
use crate::kit::qr;
use crate::matters::mediation_cases::PartyName;
use crate::matters::mediation_cases::agreements::{
    MediationAgreementState, MediationSignatureCapacity, MediationSignatureMeans,
};

/// A4, black on white. Nothing is loaded from elsewhere.
const STYLE: &str = "@page{size:A4;margin:20mm}body{font:12pt/1.7 serif;color:#000;background:#fff;max-width:170mm;margin:0 auto}\
     h1{font-size:18pt;text-align:center}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}\
     table{border-collapse:collapse;width:100%;margin:6mm 0}th,td{border:1px solid #000;padding:2mm;text-align:left;vertical-align:top}\
     footer{display:flex;gap:6mm;align-items:center;break-inside:avoid;font-size:9pt;overflow-wrap:anywhere}footer svg{width:32mm;flex:none}\
     .state{text-align:center}tr{break-inside:avoid}";

/// How the parties and whoever mediates are called.
pub struct Called {
    /// The parties.
    pub parties: Vec<PartyName>,
    /// Whoever signed beside them, in the order of the signatures that are no party's.
    pub others: Vec<String>,
}

/// Draws the page.
pub fn draw(agreement: &MediationAgreementView, called: &Called) -> Result<String> {
    let code = qr::svg(&agreement.verification_url)?;
    put(agreement, called, &code).map_err(Problem::fault)
}

fn put(agreement: &MediationAgreementView, called: &Called, code: &str) -> Result<String, std::fmt::Error> {
    let (title, text) = agreement.text.split_once('\n').unwrap_or(("", &agreement.text));
    let mut page = String::new();
    write!(
        page,
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{0} {1}</title><style>{STYLE}</style></head><body><h1>{0}</h1><p class=\"state\">{2}</p><pre>{3}</pre>",
        escape(title),
        agreement.number,
        stands(agreement),
        escape(text),
    )?;
    write!(page, "<table><thead><tr><th>签署</th><th>方式</th><th>日期</th></tr></thead><tbody>")?;
    let mut others = called.others.iter();
    for signature in &agreement.signatures {
        let who = who(signature, &called.parties, &mut others);
        let means = match signature.means {
            MediationSignatureMeans::App => "手机端签署",
            MediationSignatureMeans::Paper => "纸质签名、盖章",
        };
        write!(
            page,
            "<tr><td>{}</td><td>{means}</td><td>{}</td></tr>",
            escape(&who),
            day(signature.signed_on)
        )?;
    }
    write!(
        page,
        "</tbody></table><footer>{code}<div>SHA-256：{}<br>核验地址：{}</div></footer></body></html>",
        agreement.text_sha256,
        escape(&agreement.verification_url),
    )?;
    Ok(page)
}

/// Where it stands, as the page says.
fn stands(agreement: &MediationAgreementView) -> String {
    let state = agreement.state.title();
    match agreement.effective_on.filter(|_| agreement.state != MediationAgreementState::Annulled) {
        Some(on) => format!("{state}（{}起生效）", day(on)),
        None => state.to_owned(),
    }
}

fn who<'a>(
    signature: &MediationSignatureView,
    parties: &[PartyName],
    others: &mut impl Iterator<Item = &'a String>,
) -> String {
    match signature.capacity {
        MediationSignatureCapacity::Party => {
            let party = parties.iter().find(|party| Some(party.id) == signature.party);
            let name = party.and_then(|party| party.name.as_deref()).unwrap_or_default();
            format!("{} {name}", party.map_or("", |party| party.side.title()))
        }
        MediationSignatureCapacity::Mediator => {
            format!("人民调解员 {}", others.next().map_or("", String::as_str))
        }
        MediationSignatureCapacity::Committee => {
            others.next();
            "人民调解委员会（印章）".to_owned()
        }
    }
}
