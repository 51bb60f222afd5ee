//! The sheet that hangs at a venue's door: A4, drawn as SVG, ready for a printer or for PDF.

use super::model::VenueRow;
use super::short_code::ShortCode;
use crate::kit::problem::Result;
use crate::kit::qr::Symbol;

/// Of A4, in millimetres.
const WIDTH: usize = 210;
/// Of the symbol, margin and all.
const SIDE: usize = 130;
const FONT: &str = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif";

/// A line that fits the sheet: smaller where it is long. Characters of Chinese are as wide as high.
fn line(text: &str, y: usize, largest: usize) -> String {
    let letters = text.chars().count().max(1);
    let size = largest.min((WIDTH - 30) / letters).max(3);
    format!("<text x=\"{}\" y=\"{y}\" font-size=\"{size}\">{}</text>", WIDTH / 2, escaped(text))
}

fn escaped(text: &str) -> String {
    let letter = |c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        other => String::from(other),
    };
    text.chars().map(letter).collect()
}

/// The sheet of a venue with a static code.
pub fn draw(venue: &VenueRow, code: &ShortCode, text: &str) -> Result<String> {
    let symbol = Symbol::of(text)?;
    let (left, top, modules, path) = ((WIDTH - SIDE) / 2, 72, symbol.width(), symbol.path());
    let how = match venue.radius {
        Some(_) => "请在场所内扫码签到 · Scan here to check in",
        None => "扫码签到 · Scan to check in",
    };
    let lines = [
        line(&venue.name, 44, 18),
        line(how, 62, 8),
        line(&code.grouped(), 220, 12),
        line(&venue.address, 236, 7),
        line("场所码 · venue code", 282, 5),
    ];
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\">\
         <path fill=\"#fff\" d=\"M0 0h210v297H0z\"/>\
         <svg x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" viewBox=\"0 0 {modules} {modules}\" \
         shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>\
         <g font-family=\"{FONT}\" text-anchor=\"middle\">{}</g></svg>",
        lines.concat()
    ))
}
