//! Compression of answers from 1 KiB up, at the cheapest levels.

use std::cell::RefCell;
use std::io::Write;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};

/// Below this many bytes compressing costs more than it saves.
pub const WORTHWHILE: usize = 1024;

thread_local! {
    // A zstd context is dear to make and cheap to keep.
    static ZSTD: RefCell<Option<zstd::bulk::Compressor<'static>>> = RefCell::new(zstd::bulk::Compressor::new(1).ok());
}

/// A coding that the caller accepts, the cheapest first.
pub fn choose(headers: &HeaderMap) -> Option<&'static str> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let accepts = |coding: &str| {
        accepted.split(',').any(|part| {
            let (name, rest) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
            let is_refused = rest.trim().strip_prefix("q=").is_some_and(|q| q.parse::<f32>() == Ok(0.0));
            name.eq_ignore_ascii_case(coding) && !is_refused
        })
    };
    ["zstd", "gzip", "br"].into_iter().find(|coding| accepts(coding))
}

/// Compresses; nothing if the coder fails or it does not get smaller.
pub fn compress(coding: &str, plain: &[u8]) -> Option<Vec<u8>> {
    let packed = match coding {
        "zstd" => ZSTD.with_borrow_mut(|zstd| zstd.as_mut()?.compress(plain).ok())?,
        "gzip" => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::with_capacity(1024), flate2::Compression::fast());
            encoder.write_all(plain).ok()?;
            encoder.finish().ok()?
        }
        _ => {
            let mut packed = Vec::with_capacity(1024);
            let mut encoder = brotli::CompressorWriter::new(&mut packed, 4096, 1, 20);
            encoder.write_all(plain).ok()?;
            drop(encoder);
            packed
        }
    };
    (packed.len() < plain.len()).then_some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn a_refused_coding_is_not_used() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(text));
            choose(&headers)
        };
        assert_eq!(of("gzip, br"), Some("gzip"));
        assert_eq!(of("gzip;q=0, br"), Some("br"));
        assert_eq!(of("identity"), None);
    }

    #[test]
    fn every_coding_packs() {
        let plain = "宝钢五村".repeat(500);
        for coding in ["zstd", "gzip", "br"] {
            assert!(compress(coding, plain.as_bytes()).unwrap().len() < 500, "{coding}");
        }
    }
}
