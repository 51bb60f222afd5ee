//! The validating `Json` extractor. utoipa knows extractors by name, so it must be called that.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{BytesMut, Payload as Body};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::crypto::sha256;
use super::idempotency::FIELD;
use super::objects::Objects;
use super::problem::{
    BODY_MALFORMED, BODY_TOO_LARGE, BODY_TOO_SLOW, FIELD_INVALID, Fault, MEDIA_TYPE_UNSUPPORTED, Place,
    Problem, Result,
};

/// The most a JSON body may weigh, in bytes, unless the route has a [`BodyLimit`].
pub const BODY_LIMIT: usize = 64 * 1024;
/// What a JSON body may weigh below a scope that has this as its data, in bytes.
#[derive(Clone, Copy)]
pub struct BodyLimit(pub usize);

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);

/// A JSON body that was read, bounded in size, depth and time, and checked field by field.
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// What was sent.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// The hash of the body, kept with a request that has an Idempotency-Key.
#[derive(Clone, Copy)]
pub struct BodyHash(pub [u8; 32]);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = Body::from_request(&request, payload);
        Box::pin(async move {
            let limit = request.app_data::<BodyLimit>().map_or(BODY_LIMIT, |limit| limit.0);
            check_head(&request, limit)?;
            let body = body.await.map_err(|e| Problem::from(&BODY_MALFORMED).saying(e.to_string()))?;
            let bytes = read_whole(body, limit).await?;
            if request.headers().contains_key(FIELD) {
                request.extensions_mut().insert(BodyHash(sha256(&bytes)));
            }
            parse(&bytes).map(Json)
        })
    }
}

fn check_head(request: &HttpRequest, limit: usize) -> Result<()> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return MEDIA_TYPE_UNSUPPORTED.refuse();
    }
    let length = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|n| n > limit) {
        return BODY_TOO_LARGE.refuse();
    }
    Ok(())
}

/// A body's bytes, bounded in size and time.
pub async fn read_whole(body: Body, limit: usize) -> Result<BytesMut> {
    tokio::time::timeout(BODY_TIME, collect(body, limit)).await.map_err(|_| &BODY_TOO_SLOW)?
}

async fn collect(mut body: Body, limit: usize) -> Result<BytesMut> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|e| Problem::from(&BODY_MALFORMED).saying(e.to_string()))?;
        if bytes.len() + chunk.len() > limit {
            return BODY_TOO_LARGE.refuse();
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads JSON: what is no JSON is 400, what does not fit is 422 and says where.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut input = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(Objects(&mut input)).map_err(|error| {
        let pointer = pointer(error.path());
        let cause = error.into_inner();
        match cause.classify() {
            Category::Data => fault(pointer, sentence(&cause)),
            Category::Syntax | Category::Eof | Category::Io => Problem::from(&BODY_MALFORMED)
                .saying(format!("line {}, column {}", cause.line(), cause.column())),
        }
    })?;
    input.end().map_err(|_| Problem::from(&BODY_MALFORMED).saying("something follows the JSON value"))?;
    Ok(value)
}

fn fault(pointer: String, detail: String) -> Problem {
    let fault = Fault { place: Place::Pointer(pointer), code: FIELD_INVALID.code, detail: Some(detail) };
    Problem::from(&FIELD_INVALID).with(fault)
}

/// serde's message without its position, and without the value sent, which may be personal.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    match text.split_once(": ") {
        Some(("invalid type" | "invalid value", rest)) => {
            let expected = rest.rsplit_once("expected ").map_or(rest, |(_, expected)| expected);
            let is_object = expected.starts_with("struct ");
            format!("expected {}", if is_object { "an object" } else { expected })
        }
        _ => match text.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected ")) {
            Some((_, expected)) => format!("expected {expected}"),
            None => text.to_owned(),
        },
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Draft {
        #[expect(dead_code, reason = "only its reading is tested")]
        floors: Vec<i32>,
        #[expect(dead_code, reason = "only its reading is tested")]
        lift: Option<Lift>,
    }

    #[derive(serde::Deserialize, Debug)]
    struct Lift {
        #[expect(dead_code, reason = "only its reading is tested")]
        seats: i32,
    }

    fn fault(text: &str) -> (&'static str, String) {
        let problem = parse::<Draft>(text.as_bytes()).unwrap_err();
        let place = problem.faults().first().map(|fault| format!("{:?}", fault.place));
        (problem.rule().code, place.unwrap_or_default())
    }

    #[test]
    fn a_fault_is_told_where_it_lies() {
        assert_eq!(fault(r#"{"floors":[1,"x"]}"#), ("field-invalid", r#"Pointer("/floors/1")"#.into()));
        assert_eq!(fault(r#"{"flors":[]}"#), ("field-invalid", r#"Pointer("/flors")"#.into()));
        assert_eq!(fault(r#"{"floors":["#).0, "body-malformed");
        assert_eq!(fault(&"[".repeat(10_000)).0, "field-invalid");
        assert_eq!(fault(r#"{"floors":[]} x"#).0, "body-malformed");
    }

    #[test]
    fn a_list_of_its_fields_is_no_object() {
        for (text, place) in [("[[1]]", ""), (r#"{"floors":[],"lift":[4]}"#, "/lift")] {
            let problem = parse::<Draft>(text.as_bytes()).unwrap_err();
            assert_eq!(problem.faults()[0].detail.as_deref(), Some("expected an object"));
            assert_eq!(problem.faults()[0].place, Place::Pointer(place.to_owned()));
        }
        assert!(parse::<Draft>(br#"{"floors":[],"lift":{"seats":4}}"#).is_ok());
    }

    #[test]
    fn the_value_sent_is_not_repeated() {
        let problem = parse::<Draft>(br#"{"floors":"secret"}"#).unwrap_err();
        assert!(!format!("{problem:?}").contains("secret"));
    }
}
