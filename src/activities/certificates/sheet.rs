//! A certificate on paper 志愿服务记录证明: a page of A4, drawn as SVG, ready for a printer or for PDF. It says what 民政部令第67号 asks for,
//! with the code by which whoever holds it verifies it, and room for the issuer's seal.

use super::model::CertificateStatus;
use super::views::CertificateView;
use crate::kit::clock::local_date;
use crate::kit::html::escape;
use crate::kit::problem::Result;
use crate::kit::qr::Symbol;

const FONT: &str = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif";
/// What it is issued by.
const BASIS: &str =
    "依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）出具：谁组织谁记录，谁记录谁证明";
/// How many halves of a character of Chinese a line holds, between the names of the fields and the margin.
const ROOM: usize = 52;
/// Of lines, and between fields, in millimetres.
const PITCH: usize = 6;
const GAP: usize = 1;
/// Where the first field stands, and the symbol, in millimetres from above.
const FIRST: usize = 54;
const SYMBOL: usize = 238;

/// A text in lines, at most so many: what is left out is dotted, and stands where the code leads. Characters of Chinese are twice as wide
/// as others.
fn lines(text: &str, most: usize) -> Vec<String> {
    let (mut lines, mut line, mut width) = (Vec::new(), String::new(), 0);
    for letter in text.chars() {
        let wide = if letter.is_ascii() { 1 } else { 2 };
        if width + wide > ROOM {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        line.push(letter);
        width += wide;
    }
    lines.push(line);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

/// The fields, each with how many lines it has at most; all together fit above the symbol.
fn fields(view: &CertificateView) -> Vec<(&'static str, String, usize)> {
    let document = view.document.as_ref().map(|document| document.number.clone());
    let is_corrected = view.status == CertificateStatus::Corrected;
    let warning = if is_corrected { "签发后记录有更正，以核验结果为准" } else { "" };
    let all = [
        ("证明编号", view.number.to_string(), 1),
        ("志愿者姓名", view.name.clone().unwrap_or_default(), 2),
        ("证件号码", document.unwrap_or_default(), 1),
        ("服务期间", format!("{} 至 {}", view.served_from, view.served_until), 1),
        ("服务时长", format!("{}小时{}分钟", view.minutes / 60, view.minutes % 60), 1),
        ("服务内容", view.content.clone(), 8),
        ("表彰奖励", view.recognitions.clone(), 3),
        (
            "志愿服务星级",
            view.stars.filter(|stars| *stars > 0).map(|n| format!("{n}星")).unwrap_or_default(),
            1,
        ),
        ("出具单位", view.issuer.clone(), 3),
        ("经办人", view.handler.clone().unwrap_or_default(), 2),
        ("联系方式", view.contact.clone(), 3),
        ("更正", warning.to_owned(), 1),
    ];
    all.into_iter().filter(|(_, text, _)| !text.is_empty()).collect()
}

/// The sheet of a certificate that is not revoked.
pub fn draw(view: &CertificateView) -> Result<String> {
    let symbol = Symbol::of(&view.verification_url)?;
    let (modules, path) = (symbol.width(), symbol.path());
    let (mut y, mut body) = (FIRST, String::new());
    for (name, text, most) in fields(view) {
        body += &format!("<text x=\"24\" y=\"{y}\" fill=\"#444\">{name}</text>");
        for line in lines(&text, most) {
            body += &format!("<text x=\"62\" y=\"{y}\">{}</text>", escape(&line));
            y += PITCH;
        }
        y += GAP;
    }
    let (day, url) = (local_date(view.created_at), escape(&view.verification_url));
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\">\
         <path fill=\"#fff\" d=\"M0 0h210v297H0z\"/><g font-family=\"{FONT}\" font-size=\"4.5\">\
         <text x=\"105\" y=\"30\" font-size=\"11\" text-anchor=\"middle\">志愿服务记录证明</text>\
         <text x=\"105\" y=\"41\" font-size=\"3.5\" fill=\"#444\" text-anchor=\"middle\">{BASIS}</text>{body}\
         <svg x=\"20\" y=\"{SYMBOL}\" width=\"42\" height=\"42\" viewBox=\"0 0 {modules} {modules}\" shape-rendering=\"crispEdges\">\
         <path d=\"{path}\"/></svg>\
         <text x=\"66\" y=\"256\">扫码核验 · Scan to verify</text>\
         <text x=\"190\" y=\"266\" text-anchor=\"end\">出具单位（盖章）</text>\
         <text x=\"190\" y=\"274\" text-anchor=\"end\">出具日期 {day}</text>\
         <text x=\"24\" y=\"287\" font-size=\"3\">{url}</text></g></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_stands_in_lines_that_fit() {
        assert_eq!(lines("搬运", 3), ["搬运"]);
        let long = lines(&"搬".repeat(60), 3);
        assert_eq!(long.iter().map(|line| line.chars().count()).collect::<Vec<_>>(), [26, 26, 8]);
        assert_eq!(lines(&"x".repeat(60), 3).first().map(String::len), Some(52));
        let cut = lines(&"搬".repeat(200), 2);
        assert_eq!((cut.len(), cut[1].chars().count(), cut[1].ends_with('…')), (2, 26, true));
    }

    #[test]
    fn all_fields_at_their_longest_stand_above_the_symbol() {
        let most = [1, 2, 1, 1, 1, 8, 3, 1, 3, 2, 3, 1];
        let height: usize = most.iter().map(|lines| lines * PITCH + GAP).sum();
        assert!(FIRST + height <= SYMBOL, "{height}");
    }
}
