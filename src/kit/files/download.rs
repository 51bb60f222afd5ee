//! Answers a kept file: to be saved, not shown; to be believed by its media type; to be kept by nobody on the way.

use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG};
use actix_web::{HttpRequest, HttpResponse, Responder};
use futures_util::stream;

use super::{Content, FileKind};
use crate::kit::answer::is_seen;

/// 200 with the bytes of a file, or 304 when the caller has it already.
pub struct Download {
    /// The bytes.
    pub content: Content,
    /// What they are.
    pub kind: FileKind,
    /// What the file is called, with its kind's ending.
    pub name: String,
    /// Its strong ETag.
    pub etag: String,
}

impl Responder for Download {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Download { content: Content { size, chunks }, kind, name, etag } = self;
        if is_seen(request, &etag) {
            return HttpResponse::NotModified().insert_header((ETAG, etag)).finish();
        }
        let chunks = stream::unfold(chunks, |mut chunks| async move { Some((chunks.recv().await?, chunks)) });
        HttpResponse::Ok()
            .content_type(kind.media())
            .insert_header((CACHE_CONTROL, "private, no-store"))
            .insert_header((CONTENT_DISPOSITION, disposition(kind, &name)))
            .insert_header((ETAG, etag))
            .body(SizedStream::new(size, Box::pin(chunks)))
    }
}

/// The name with an ending of its kind, so that a table called `x.bat` is saved as `x.bat.csv`; without what turns the
/// direction of writing, which could hide the ending.
pub fn safe_name(kind: FileKind, name: &str) -> String {
    let is_turning =
        |c: &char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let name: String = name.chars().filter(|c| !is_turning(c)).collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let [ending, ..] = kind.endings() else { return name.to_owned() };
    let has_ending = name.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty() && kind.endings().iter().any(|one| end.eq_ignore_ascii_case(one))
    });
    match name {
        "" => format!("file.{ending}"),
        name if has_ending => name.to_owned(),
        name => format!("{name}.{ending}"),
    }
}

/// RFC 6266: an ASCII name for the old, the whole one in percent signs (RFC 8187) for the others.
fn disposition(kind: FileKind, name: &str) -> String {
    let ending = kind.endings().first().copied().unwrap_or_default();
    let mut whole = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => whole.push(byte.into()),
            _ => whole += &format!("%{byte:02X}"),
        }
    }
    format!("attachment; filename=\"file.{ending}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_its_kind_does() {
        for (kind, name, safe) in [
            (FileKind::Jpeg, "楼道.JPG", "楼道.JPG"),
            (FileKind::Jpeg, "IMG_1.HEIC", "IMG_1.HEIC.jpg"),
            (FileKind::Csv, "x.bat", "x.bat.csv"),
            (FileKind::Csv, "..", "file.csv"),
            (FileKind::Png, ".png", "png.png"),
            (FileKind::Pdf, "a\u{202E}fdp.exe", "afdp.exe.pdf"),
        ] {
            assert_eq!(safe_name(kind, name), safe);
        }
        assert_eq!(
            disposition(FileKind::Pdf, "楼\";.pdf"),
            "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E6%A5%BC%22%3B.pdf"
        );
    }
}
