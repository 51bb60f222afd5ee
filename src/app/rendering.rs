//! The body of a problem: application/problem+json (RFC 9457), in the caller's language.

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use serde::Serialize;

use crate::kit::problem::{Fault, Place, Problem};

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 简体中文, unless English is asked for first.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The one that Accept-Language likes best; Chinese where it likes neither.
    pub fn of(headers: &HeaderMap) -> Self {
        let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let weight = |wanted: &str| {
            text.split(',')
                .filter_map(|part| {
                    let (tag, rest) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
                    let q = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse::<f32>().ok());
                    tag.to_ascii_lowercase().starts_with(wanted).then_some(q.unwrap_or(0.0))
                })
                .fold(0.0, f32::max)
        };
        if weight("en") > weight("zh") { Language::English } else { Language::Chinese }
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    instance: &'a str,
    code: &'a str,
    errors: Vec<Error<'a>>,
    request_id: &'a str,
}

#[derive(Serialize)]
struct Error<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<&'a str>,
    code: &'a str,
    detail: &'a str,
}

/// Writes a problem down.
pub fn body(
    problem: &Problem,
    status: StatusCode,
    language: Language,
    instance: &str,
    request_id: &str,
) -> Vec<u8> {
    let rule = problem.rule();
    let title = match language {
        Language::Chinese => rule.zh,
        Language::English => rule.en,
    };
    let body = Body {
        r#type: format!("/problems/{}", rule.code),
        title,
        status: status.as_u16(),
        detail: problem.detail().unwrap_or(title),
        instance,
        code: rule.code,
        errors: problem.faults().iter().map(|fault| error(fault, title)).collect(),
        request_id,
    };
    // A struct of texts always serialises.
    serde_json::to_vec(&body).unwrap_or_default()
}

fn error<'a>(fault: &'a Fault, title: &'a str) -> Error<'a> {
    let detail = fault.detail.as_deref().unwrap_or(title);
    let mut error = Error { pointer: None, parameter: None, header: None, code: fault.code, detail };
    match &fault.place {
        Place::Pointer(pointer) => error.pointer = Some(pointer),
        Place::Parameter(parameter) => error.parameter = Some(parameter),
        Place::Header(header) => error.header = Some(header),
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn chinese_comes_first_and_english_when_asked_for() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(text));
            Language::of(&headers)
        };
        assert_eq!(Language::of(&HeaderMap::new()), Language::Chinese);
        assert_eq!(of("en"), Language::English);
        assert_eq!(of("en-GB,en;q=0.8"), Language::English);
        assert_eq!(of("zh-CN,en;q=0.8"), Language::Chinese);
        assert_eq!(of("en;q=0.5, zh;q=0.9"), Language::Chinese);
        assert_eq!(of("fr"), Language::Chinese);
    }
}
