//! A calendar as iCalendar (RFC 5545). What is written depends on the rows alone, so that nothing changed is the same bytes; a
//! change of a shift, its call or the sign-up raises SEQUENCE, which never goes back.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use uuid::Uuid;

use super::model::{Joined, Planned};
use crate::activities::shift_signups::ShiftSignupState;
use crate::activities::shifts::ShiftKind;
use crate::activities::volunteer_calls::VolunteerCallState;
use crate::kit::problem::{Problem, Result};

/// How often a phone should ask.
const OFTEN: TimeDelta = TimeDelta::hours(1);

/// How sure it is.
#[derive(Clone, Copy)]
struct Standing {
    status: EventStatus,
    /// What was reached stays behind: asked, then sure, then cancelled.
    steps: i64,
    word: &'static str,
}

fn standing(state: ShiftSignupState) -> Standing {
    let (status, steps, word) = match state {
        ShiftSignupState::Requested => (EventStatus::Tentative, 0, "待审核"),
        ShiftSignupState::Waiting => (EventStatus::Tentative, 0, "候补"),
        ShiftSignupState::Held => (EventStatus::Confirmed, 1, "已报名"),
        ShiftSignupState::Withdrawn => (EventStatus::Cancelled, 2, "已退出"),
        ShiftSignupState::Refused => (EventStatus::Cancelled, 2, "未通过"),
        ShiftSignupState::Cancelled => (EventStatus::Cancelled, 2, "已取消"),
    };
    Standing { status, steps, word }
}

/// One's own shifts.
pub fn of_own(joined: &[Joined]) -> Result<String> {
    let events = joined.iter().map(|one| {
        let standing = standing(one.state);
        let changed = one.updated_at.max(one.planned.updated_at).max(one.planned.call_updated_at);
        event(one.signup.0, &one.planned, standing, changed)
    });
    write("我的志愿班次", events)
}

/// The public shifts of a place.
pub fn of_place(name: &str, planned: &[Planned]) -> Result<String> {
    let events = planned.iter().map(|one| {
        let is_off = one.is_cancelled || one.call_state == VolunteerCallState::Cancelled;
        let (status, word) = match (is_off, one.call_state) {
            (true, _) => (EventStatus::Cancelled, "已取消"),
            (false, VolunteerCallState::Published) => (EventStatus::Confirmed, "招募中"),
            (false, _) => (EventStatus::Confirmed, "截止报名"),
        };
        let changed = one.updated_at.max(one.call_updated_at);
        event(one.shift.0, one, Standing { status, steps: 0, word }, changed)
    });
    write(&format!("{name}志愿招募"), events)
}

fn event(uid: Uuid, shift: &Planned, standing: Standing, changed: DateTime<Utc>) -> Event {
    let sequence = shift.version - 1 + shift.call_version - 1 + standing.steps;
    let mut event = Event::with_uid(&format!("{uid}@lilong"));
    let role = if shift.role.is_empty() { String::new() } else { format!("（{}）", shift.role) };
    let mut told = vec![format!("状态：{}", standing.word)];
    if !shift.contact.is_empty() {
        told.push(format!("联系：{}", shift.contact));
    }
    event
        .timestamp(changed)
        .last_modified(changed)
        .sequence(u32::try_from(sequence).unwrap_or(u32::MAX))
        .status(standing.status)
        .summary(&format!("{}{role}", shift.title))
        .location(&shift.place)
        .description(&told.join("\n"))
        .starts(shift.starts_at);
    if let Some(end) = shift.ends_at {
        event.ends(end);
    }
    // Whose hours are one's own choice is not busy all that time.
    if shift.kind != ShiftKind::Fixed {
        event.add_property("TRANSP", "TRANSPARENT");
    }
    event.done()
}

fn write(name: &str, events: impl Iterator<Item = Event>) -> Result<String> {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//lilong//volunteering//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(name).timezone("Asia/Shanghai");
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", format!("PT{}H", OFTEN.num_hours()))
            .add_parameter("VALUE", "DURATION")
            .done(),
    );
    calendar.extend(events);
    let mut text = String::new();
    std::fmt::write(&mut text, format_args!("{calendar}")).map_err(Problem::fault)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activities::shifts::ShiftId;

    fn planned(title: &str) -> Planned {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        Planned {
            shift: ShiftId(Uuid::from_u128(7)),
            title: title.to_owned(),
            contact: "值班室, 二楼; 左".to_owned(),
            call_state: VolunteerCallState::Published,
            call_version: 2,
            call_updated_at: at("2026-03-01T00:00:00Z"),
            role: "搬运".to_owned(),
            place: "247号楼".to_owned(),
            kind: ShiftKind::Fixed,
            starts_at: at("2026-03-02T05:00:00Z"),
            ends_at: Some(at("2026-03-02T07:00:00Z")),
            is_cancelled: false,
            version: 3,
            updated_at: at("2026-03-01T01:00:00Z"),
        }
    }

    #[test]
    fn what_neighbours_write_stays_in_its_line_and_no_line_is_longer_than_75_bytes() {
        let long = "“梯”升男友力：帮邻居搬东西上楼".repeat(6);
        let text = of_place("宝钢五村", &[planned("a,b;c\\d"), planned(&long)]).unwrap();
        assert!(text.contains("SUMMARY:a\\,b\\;c\\\\d（搬运）\r\n"), "{text}");
        assert!(text.contains("联系：值班室\\, 二楼\\; 左"), "{text}");
        assert!(
            text.contains("DTSTART:20260302T050000Z\r\nDTSTAMP:20260301T010000Z")
                || text.contains("DTSTART:20260302T050000Z\r\n")
        );
        assert!(
            text.contains("SEQUENCE:3\r\n")
                && text.contains("UID:00000000-0000-0000-0000-000000000007@lilong\r\n")
        );
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert_eq!(text.replace("\r\n ", "").matches(&long).count(), 1);
    }

    #[test]
    fn what_is_cancelled_says_so_with_a_higher_sequence() {
        let steps = |state| standing(state).steps;
        use ShiftSignupState::{Cancelled, Held, Requested, Waiting, Withdrawn};
        assert!(steps(Requested) == steps(Waiting) && steps(Waiting) < steps(Held));
        assert!(steps(Held) < steps(Withdrawn) && steps(Withdrawn) == steps(Cancelled));
        let off = Planned { is_cancelled: true, ..planned("x") };
        assert!(of_place("x", &[off]).unwrap().contains("STATUS:CANCELLED\r\n"));
    }
}
