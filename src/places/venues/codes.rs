//! The codes of venues: `SV1:` and sixteen characters; one that rotates has eight digits behind. At most 29 characters of the QR
//! alphabet: a static one fits the smallest symbol, and either a mini-program's `scene`. Made and read without a database.

use chrono::{DateTime, TimeDelta, Utc};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::model::{CodeGrade, VenueId, VenueRow, VenueStatus};
use super::rules::{ATTENDED, CLOSED, CODE_EXPIRED, CODE_UNKNOWN, OUTSIDE, PLACE_MISSING};
use super::short_code::ShortCode;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::crypto::same;
use crate::kit::problem::{Problem, Result};
use crate::places::coordinates::Point;

const PREFIX: &str = "SV1:";
/// How long a rotating code is shown, in seconds.
const WINDOW: u64 = 30;
const DIGITS: usize = 8;

/// What was scanned or typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueCode {
    /// Whose it is.
    pub short: ShortCode,
    digits: Option<String>,
}

impl VenueCode {
    /// Reads it; what is no code of a venue is refused without asking anybody.
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let text = text.trim();
            let has_prefix = text.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
            let rest = if has_prefix { text.get(PREFIX.len()..)? } else { text };
            let (short, digits) = match rest.split_once(':') {
                None => (rest, None),
                Some((short, digits)) => (short, Some(digits)),
            };
            let is_shaped =
                |digits: &str| digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
            if digits.is_some_and(|digits| !is_shaped(digits)) {
                return None;
            }
            Some(VenueCode { short: ShortCode::parse(short)?, digits: digits.map(str::to_owned) })
        };
        read().ok_or_else(|| (&CODE_UNKNOWN).into())
    }
}

/// What a scan of a venue's code shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueScan {
    /// Which venue.
    pub venue: VenueId,
    /// Where it lies.
    pub division: Division,
    /// Whose it is.
    pub organisation: Option<OrganisationId>,
    /// What the scan proves.
    pub grade: CodeGrade,
}

/// A code as it is shown now, and until when.
pub struct Shown {
    /// What stands in the symbol.
    pub text: String,
    /// When the next is shown; never, where it is printed.
    pub expires_at: Option<DateTime<Utc>>,
}

fn totp(secret: &[u8]) -> Result<Totp> {
    let builder = Builder::new().with_algorithm(Algorithm::SHA256).with_digits(DIGITS as u8);
    let builder = builder.with_step_duration(WINDOW).with_secret(Secret::from(secret.to_vec()));
    builder.build().map_err(Problem::fault)
}

fn digits(secret: &[u8], at: DateTime<Utc>) -> Result<String> {
    Ok(totp(secret)?.generate(u64::try_from(at.timestamp()).map_err(Problem::fault)?).to_string())
}

/// The code that a venue shows now. What is closed shows none, and what is attended has none.
pub fn show(venue: &VenueRow, secret: &[u8], now: DateTime<Utc>) -> Result<Shown> {
    if venue.status == VenueStatus::Closed {
        return CLOSED.refuse();
    }
    let text = format!("{PREFIX}{}", venue.short_code);
    match venue.code_grade {
        CodeGrade::Static => Ok(Shown { text, expires_at: None }),
        CodeGrade::Rotating => {
            let text = format!("{text}:{}", digits(secret, now)?);
            let window = i64::try_from(WINDOW).map_err(Problem::fault)?;
            let next = (now.timestamp().div_euclid(window) + 1) * window;
            Ok(Shown { text, expires_at: DateTime::from_timestamp(next, 0) })
        }
        CodeGrade::Attended => ATTENDED.refuse(),
    }
}

/// What a scanned code of this venue shows, scanned now and there. Of a rotating one the last counts as well, since a phone
/// needs a moment; a fence is asked about in whichever system the phone speaks.
pub fn read(
    venue: &VenueRow,
    secret: &[u8],
    code: &VenueCode,
    now: DateTime<Utc>,
    at: Option<Point>,
) -> Result<VenueScan> {
    if venue.status == VenueStatus::Closed || code.short.as_str() != venue.short_code {
        return CODE_UNKNOWN.refuse();
    }
    let is_current = match (venue.code_grade, &code.digits) {
        (CodeGrade::Attended, _) => return ATTENDED.refuse(),
        (CodeGrade::Static, None) => true,
        (CodeGrade::Rotating, Some(shown)) => {
            let last = now - TimeDelta::seconds(i64::try_from(WINDOW).map_err(Problem::fault)?);
            let fits = |at| digits(secret, at).map(|one| same(one.as_bytes(), shown.as_bytes()));
            fits(now)? || fits(last)?
        }
        // Of a grade that it had before.
        (CodeGrade::Static, Some(_)) | (CodeGrade::Rotating, None) => false,
    };
    if !is_current {
        return CODE_EXPIRED.refuse();
    }
    if let (Some(radius), Some(middle)) = (venue.radius, venue.point()) {
        let at = at.ok_or(&PLACE_MISSING)?;
        if at.metres_to(middle) > f64::from(radius) {
            return OUTSIDE.refuse();
        }
    }
    Ok(VenueScan {
        venue: venue.id,
        division: venue.division,
        organisation: venue.organisation_id,
        grade: venue.code_grade,
    })
}

#[cfg(test)]
mod tests {
    use super::super::model::VenueKind;
    use super::*;
    use crate::places::coordinates::CoordSystem;

    const SECRET: [u8; 32] = [7; 32];

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn venue(grade: CodeGrade, radius: Option<i32>) -> VenueRow {
        VenueRow {
            id: VenueId::new(),
            division: Division::parse("310113003005").unwrap(),
            organisation_id: None,
            name: "宝钢五村红色议事厅".into(),
            kind: VenueKind::MeetingHall,
            address: String::new(),
            longitude: Some(121.489),
            latitude: Some(31.405),
            code_grade: grade,
            radius,
            short_code: ShortCode::random().unwrap().to_string(),
            secret_sealed: Vec::new(),
            status: VenueStatus::Active,
            version: 1,
            created_at: at("2026-03-02T02:00:00Z"),
            updated_at: at("2026-03-02T02:00:00Z"),
        }
    }

    fn scan(
        venue: &VenueRow,
        text: &str,
        now: &str,
        there: Option<Point>,
    ) -> std::result::Result<VenueId, &'static str> {
        let read = VenueCode::parse(text).and_then(|code| read(venue, &SECRET, &code, at(now), there));
        read.map(|scan| scan.venue).map_err(|problem| problem.rule().code)
    }

    #[test]
    fn a_rotating_code_counts_while_it_is_shown_and_once_more() {
        let venue = venue(CodeGrade::Rotating, None);
        let shown = show(&venue, &SECRET, at("2026-03-02T02:00:07Z")).unwrap();
        assert_eq!(shown.expires_at, Some(at("2026-03-02T02:00:30Z")));
        assert!(shown.text.len() <= 29 && shown.text.starts_with("SV1:"));
        for now in ["02:00:00", "02:00:29", "02:00:30", "02:00:59"] {
            assert_eq!(scan(&venue, &shown.text, &format!("2026-03-02T{now}Z"), None), Ok(venue.id), "{now}");
        }
        // Neither the one before the last, nor one that is still to come.
        for now in ["02:01:00", "01:59:59", "03:00:07"] {
            let read = scan(&venue, &shown.text, &format!("2026-03-02T{now}Z"), None);
            assert_eq!(read, Err("venue-code-expired"), "{now}");
        }
        let without = shown.text.get(..20).unwrap();
        assert_eq!(scan(&venue, without, "2026-03-02T02:00:07Z", None), Err("venue-code-expired"));
        let other = self::venue(CodeGrade::Rotating, None);
        let digits = shown.text.get(20..).unwrap();
        let mixed = format!("{}{digits}", other.short_code);
        assert_eq!(scan(&venue, &mixed, "2026-03-02T02:00:07Z", None), Err("venue-code-unknown"));
    }

    #[test]
    fn a_code_is_of_the_grade_that_the_venue_has_now() {
        let now = "2026-03-02T02:00:00Z";
        let fixed = venue(CodeGrade::Static, None);
        let shown = show(&fixed, &SECRET, at(now)).unwrap();
        assert_eq!((shown.text.len(), shown.expires_at), (20, None));
        assert_eq!(scan(&fixed, &shown.text.to_lowercase(), "2027-03-02T02:00:00Z", None), Ok(fixed.id));
        assert_eq!(scan(&fixed, &format!("{}:12345678", shown.text), now, None), Err("venue-code-expired"));
        let attended = VenueRow { code_grade: CodeGrade::Attended, ..fixed.clone() };
        assert_eq!(scan(&attended, &shown.text, now, None), Err("venue-code-attended"));
        assert!(show(&attended, &SECRET, at(now)).is_err());
        let closed = VenueRow { status: VenueStatus::Closed, ..fixed };
        assert_eq!(scan(&closed, &shown.text, now, None), Err("venue-code-unknown"));
        for bad in [
            "",
            "SV1:",
            "SG1:0000000000000000",
            "SV1:0000000000000000:1234567",
            "SV1:é",
            "0000000000000000:1234567８",
        ] {
            assert_eq!(scan(&closed, bad, now, None), Err("venue-code-unknown"), "{bad}");
        }
    }

    #[test]
    fn a_fence_ends_where_it_says_in_either_system() {
        let venue = venue(CodeGrade::Static, Some(100));
        let (text, now) = (venue.short_code.as_str(), "2026-03-02T02:00:00Z");
        let north = |metres: f64| {
            let latitude = 31.405 + metres / crate::places::coordinates::METRES_A_DEGREE;
            Point::new(121.489, latitude, CoordSystem::Wgs84).unwrap()
        };
        assert_eq!(scan(&venue, text, now, None), Err("venue-place-missing"));
        for (metres, expected) in [(0.0, Ok(venue.id)), (99.5, Ok(venue.id)), (100.5, Err("venue-outside"))] {
            assert_eq!(scan(&venue, text, now, Some(north(metres))), expected, "{metres}");
            // What a WeChat map says of the same place.
            assert_eq!(scan(&venue, text, now, Some(north(metres).to_gcj02())), expected, "{metres}");
        }
        // GCJ-02 taken for WGS84 is hundreds of metres off.
        let mistaken = Point { coord_system: CoordSystem::Wgs84, ..north(0.0).to_gcj02() };
        assert_eq!(scan(&venue, text, now, Some(mistaken)), Err("venue-outside"));
    }
}
