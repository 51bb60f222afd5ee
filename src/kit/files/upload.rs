//! Reads one file from a multipart body, bounded in size, in time and in the memory of all uploads at once.

use std::io::ErrorKind;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, Charset};
use actix_web::web::{Bytes, BytesMut, Payload as Body};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::kit::crypto::sha256;
use crate::kit::json::BodyHash;
use crate::kit::problem::{
    BODY_MALFORMED, BODY_TOO_LARGE, BODY_TOO_SLOW, BUSY, FIELD_INVALID, Fault, MEDIA_TYPE_UNSUPPORTED, Place,
    Problem, Result,
};

/// The most a file may weigh: 10 MiB.
pub const LIMIT: usize = 10 * 1024 * 1024;
/// What may come round the file: boundaries and the part's head.
const ROUND: usize = 16 * 1024;
/// How long a body may take to arrive, and how long it may say nothing.
const BODY_TIME: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_secs(10);
/// The name of the one part.
const PART: &str = "file";

/// Room for what is being sent: 256 MiB, taken in pieces as it comes, so that slow senders hold little.
static ROOM: Semaphore = Semaphore::const_new(4096);
const PIECE: usize = 64 * 1024;

/// One file as it was sent: the part `file`.
pub struct Upload {
    /// What its sender calls it, without folders; may be empty.
    pub name: String,
    /// Its bytes.
    pub content: Bytes,
    /// Its share of the room, given back when the file has been dealt with.
    pub room: SemaphorePermit<'static>,
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = Body::from_request(&request, payload);
        Box::pin(async move {
            check_head(&request)?;
            let body = body.await.map_err(|e| Problem::from(&BODY_MALFORMED).saying(e.to_string()))?;
            let parts = Multipart::new(request.headers(), bounded(body));
            let upload = timeout(BODY_TIME, read(parts)).await.map_err(|_| &BODY_TOO_SLOW)??;
            // Not of the body as it came: a client that sends again draws another boundary.
            let hash =
                sha256(&[&sha256(upload.name.as_bytes()), sha256(&upload.content).as_slice()].concat());
            request.extensions_mut().insert(BodyHash(hash));
            Ok(upload)
        })
    }
}

fn check_head(request: &HttpRequest) -> Result<()> {
    let field = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let essence = field(CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("multipart/form-data") {
        return MEDIA_TYPE_UNSUPPORTED.refuse();
    }
    if field(CONTENT_LENGTH).and_then(|length| length.parse().ok()).is_some_and(|n: usize| n > LIMIT + ROUND)
    {
        return BODY_TOO_LARGE.refuse();
    }
    Ok(())
}

/// The body, until it is too large or says nothing for too long.
fn bounded(body: Body) -> impl Stream<Item = Result<Bytes, PayloadError>> + 'static {
    let next = |(mut body, seen): (Body, usize)| async move {
        let chunk = match timeout(PAUSE, body.next()).await {
            Ok(chunk) => chunk?,
            Err(_) => Err(PayloadError::Io(ErrorKind::TimedOut.into())),
        };
        let seen = seen + chunk.as_ref().map_or(0, Bytes::len);
        let chunk = if seen > LIMIT + ROUND { Err(PayloadError::Overflow) } else { chunk };
        Some((chunk, (body, seen)))
    };
    // The parser asks once more after the end.
    Box::pin(stream::unfold((body, 0), next).fuse())
}

async fn read(mut parts: Multipart) -> Result<Upload> {
    let mut file = None;
    while let Some(part) = parts.next().await {
        let part = part.map_err(malformed)?;
        if file.is_some() || part.name() != Some(PART) {
            return Err(misshapen("the body has one part, and its name is file"));
        }
        file = Some(read_part(part).await?);
    }
    file.ok_or_else(|| misshapen("the part named file is missing"))
}

async fn read_part(mut part: Field) -> Result<Upload> {
    let name = name(&part)?;
    let mut content = BytesMut::new();
    let mut room = take(1)?;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(malformed)?;
        let size = content.len() + chunk.len();
        if size > LIMIT {
            return BODY_TOO_LARGE.refuse();
        }
        let pieces = size.div_ceil(PIECE);
        if pieces > room.num_permits() {
            room.merge(take(pieces - room.num_permits())?);
        }
        content.extend_from_slice(&chunk);
    }
    Ok(Upload { name, content: content.freeze(), room })
}

fn take(pieces: usize) -> Result<SemaphorePermit<'static>> {
    let pieces = u32::try_from(pieces).map_err(Problem::fault)?;
    ROOM.try_acquire_many(pieces).map_err(|_| Problem::from(&BUSY).after(5))
}

/// The last part of the path that the sender gives: a name, not a place.
fn name(part: &Field) -> Result<String> {
    let Some(said) = part.content_disposition() else { return Ok(String::new()) };
    let text = match said.get_filename_ext() {
        Some(extended) if extended.charset == Charset::Ext("UTF-8".to_owned()) => {
            String::from_utf8(extended.value.clone())
                .map_err(|_| misshapen("the file's name is not UTF-8"))?
        }
        _ => said.get_filename().unwrap_or_default().to_owned(),
    };
    Ok(text.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned())
}

fn misshapen(detail: &str) -> Problem {
    let place = Place::Pointer(format!("/{PART}"));
    Problem::from(&FIELD_INVALID).with(Fault { place, code: FIELD_INVALID.code, detail: Some(detail.into()) })
}

fn malformed(error: MultipartError) -> Problem {
    match error {
        MultipartError::Payload(PayloadError::Overflow) => (&BODY_TOO_LARGE).into(),
        MultipartError::Payload(PayloadError::Io(error)) if error.kind() == ErrorKind::TimedOut => {
            (&BODY_TOO_SLOW).into()
        }
        error => Problem::from(&BODY_MALFORMED).saying(error.to_string()),
    }
}
