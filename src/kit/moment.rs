//! Writes a moment as RFC 3339 to the microsecond, a few times as fast as chrono, and always alike: chrono leaves away a fraction of
//! zero, and readers that are told one format stumble over the other.

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serializer;

use super::digits;

/// For `#[serde(serialize_with = "moment::write")]`.
pub fn write<S: Serializer>(at: &DateTime<Utc>, output: S) -> Result<S::Ok, S::Error> {
    output.serialize_str(std::str::from_utf8(&text(*at)).map_err(serde::ser::Error::custom)?)
}

/// The text of a moment, for who writes it without a serializer.
pub fn text(at: DateTime<Utc>) -> [u8; 27] {
    let mut text = *b"0000-00-00T00:00:00.000000Z";
    // Once: each part asked of a `DateTime` works out the local day anew.
    let at = at.naive_utc();
    let year = at.year().clamp(0, 9999) as u32;
    let parts = [
        (0, 4, year),
        (5, 2, at.month()),
        (8, 2, at.day()),
        (11, 2, at.hour()),
        (14, 2, at.minute()),
        (17, 2, at.second()),
        (20, 6, at.nanosecond() % 1_000_000_000 / 1_000),
    ];
    for (from, length, number) in parts {
        digits::put(text.iter_mut().skip(from).take(length), number.into());
    }
    text
}

/// The same where there may be none, which is null.
pub fn write_some<S: Serializer>(at: &Option<DateTime<Utc>>, output: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => write(at, output),
        None => output.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_writes_what_chrono_reads() {
        for text in
            ["2026-11-24T01:02:03.000405Z", "1999-12-31T23:59:59.999999Z", "2026-11-24T00:00:00.000000Z"]
        {
            let at: DateTime<Utc> = text.parse().unwrap();
            let mut json = Vec::new();
            write(&at, &mut serde_json::Serializer::new(&mut json)).unwrap();
            assert_eq!(String::from_utf8(json).unwrap(), format!("\"{text}\""));
        }
    }
}
