//! Answers a page that is printed, or kept as PDF by printing: no script, nothing from elsewhere, kept by nobody on the way.

use actix_web::body::BoxBody;
use actix_web::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderValue, VARY,
};
use actix_web::{HttpRequest, HttpResponse, Responder};
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::answer::{Found, View, Written};
use super::problem::Result;

/// Fits a telephone; nothing is loaded from elsewhere.
const STYLE: &str = "body{font:16px/1.6 sans-serif;color:#000;background:#fff;max-width:36em;margin:0 auto;padding:1em}\
     h1{font-size:1.4em}dt{color:#444;font-size:.85em;margin-top:.8em}dd{margin:0;overflow-wrap:anywhere}";

/// 200 with a page.
pub struct PrintedPage(pub String);

impl Responder for PrintedPage {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((CONTENT_DISPOSITION, "inline; filename=\"document.html\""))
            .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"))
            .body(self.0)
    }
}

/// What people open with a camera, too: it can be read as a page.
pub trait Readable: View {
    /// The page.
    fn page(&self) -> String;
}

/// 200 of a read: as JSON, or as a page for whoever asks for `text/html`, as browsers do.
pub struct FoundOrPage {
    found: Written,
    page: String,
}

impl FoundOrPage {
    /// Both answers of one view.
    pub fn of(view: &impl Readable) -> Result<Self> {
        Ok(Self { found: Written::of(view)?, page: view.page() })
    }
}

impl Responder for FoundOrPage {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
        let is_browser = accepts.is_some_and(|accepts| accepts.contains("text/html"));
        let mut response = match is_browser {
            true => PrintedPage(self.page).respond_to(request),
            false => Found(self.found).respond_to(request),
        };
        response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
        response
    }
}

/// A page of a title, and of what is to be known by name, in Chinese and English.
pub fn facts(title: &str, facts: &[(&str, String)]) -> String {
    let list: String =
        facts.iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escape(value))).collect();
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1><dl>{list}</dl></body></html>"
    )
}

/// A text as it may stand in a page or a drawing, between tags or in quotes. What XML has no way to write, a drawing could not be read
/// with.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c => out.push(c),
        }
    }
    out
}

/// A page, in the document.
pub struct PrintedPageFile;

impl utoipa::PartialSchema for PrintedPageFile {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).content_media_type("text/html").into()
    }
}

impl ToSchema for PrintedPageFile {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_becomes_a_tag() {
        assert_eq!(escape("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
        assert_eq!(escape("赔偿 2000 元"), "赔偿 2000 元");
        assert_eq!(escape("a\u{FFFF}b\u{1}c\td"), "a\u{FFFD}b\u{FFFD}c\td");
    }
}
