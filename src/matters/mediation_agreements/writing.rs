//! The text of an agreement as it is signed: what 人民调解法 29 says it may hold, in one order, so that its hash says all.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};

use crate::kit::money::yuan;
use crate::kit::problem::{Problem, Result};
use crate::matters::mediation_cases::PartyName;
use crate::matters::mediation_cases::agreements::{MediationAgreementForm, MediationItemKind, NewItem};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::Receipt;

/// What goes into a text.
pub struct Writing<'a> {
    /// Its number.
    pub number: &'a Receipt,
    /// That of the case.
    pub receipt: &'a Receipt,
    /// Who mediates it.
    pub office: Option<&'a str>,
    /// Written or oral.
    pub form: MediationAgreementForm,
    /// Who agrees.
    pub parties: &'a [PartyName],
    /// What the dispute was.
    pub basis: &'a str,
    /// What was agreed.
    pub terms: &'a str,
    /// What is to be done.
    pub items: &'a [NewItem],
    /// On which day it was drawn up, or made.
    pub on: NaiveDate,
}

/// Writes it down.
pub fn write(about: &Writing<'_>) -> Result<String> {
    put(about).map_err(Problem::fault)
}

fn put(about: &Writing<'_>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let title = match about.form {
        MediationAgreementForm::Written => "人民调解协议书",
        MediationAgreementForm::Oral => "人民调解口头协议记录",
    };
    writeln!(text, "{title}\n编号：{}\n案件受理编号：{}", about.number, about.receipt)?;
    if let Some(office) = about.office {
        writeln!(text, "调解单位：{office}")?;
    }
    writeln!(text, "\n当事人")?;
    for party in about.parties {
        let name = party.name.as_deref().unwrap_or("（档案已注销）");
        write!(text, "{}：{name}", party.side.title())?;
        if let Some(representative) = &party.representative {
            write!(text, "（代理人：{representative}）")?;
        }
        writeln!(text)?;
    }
    writeln!(text, "\n纠纷主要事实、争议事项和各方责任\n{}", about.basis)?;
    writeln!(text, "\n协议内容\n{}", about.terms)?;
    if !about.items.is_empty() {
        writeln!(text, "\n履行方式和期限")?;
    }
    for item in about.items {
        owed(&mut text, about.parties, item)?;
    }
    let said = match about.form {
        MediationAgreementForm::Written => "拟定日期",
        MediationAgreementForm::Oral => "达成日期",
    };
    writeln!(text, "\n{said}：{}", day(about.on))?;
    Ok(text)
}

fn owed(text: &mut String, parties: &[PartyName], item: &NewItem) -> std::fmt::Result {
    let (debtor, creditor) = (called(parties, item.debtor_id), called(parties, item.creditor_id));
    write!(text, "{}.{} {debtor}向{creditor}", item.position, item.instalment)?;
    match (item.kind, item.amount_fen) {
        (MediationItemKind::Payment, Some(fen)) => write!(text, "支付人民币{}元", yuan(fen))?,
        _ => write!(text, "履行")?,
    }
    if !item.act.is_empty() {
        write!(text, "（{}）", item.act)?;
    }
    match item.due_on {
        Some(on) => writeln!(text, "，于{}前（含当日）", day(on)),
        None => writeln!(text, "，自协议生效之日起"),
    }
}

/// A party by its side and name: two may have the same name.
fn called(parties: &[PartyName], id: PartyId) -> String {
    let at = parties.iter().position(|party| party.id == id);
    let Some(party) = at.and_then(|at| parties.get(at)) else { return String::new() };
    format!("{}{}", party.side.title(), party.name.as_deref().unwrap_or_default())
}

/// A day as documents write it.
pub fn day(on: NaiveDate) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}
