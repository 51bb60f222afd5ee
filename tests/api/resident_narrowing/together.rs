//! Who lives in a building or a group and is so old, is at home so, or has left.

use chrono::TimeDelta;
use lilong::kit::clock::local_date;
use serde_json::json;

use super::{home, settle, tells, text, unit};
use crate::building_groups::estate_in;
use crate::support::archive::{draft, with};
use crate::support::{OWN, Town};

#[test]
fn in_a_building_and_a_group_somebody_turns_a_year_older_at_midnight_in_shanghai() {
    // Half past eleven at night; there, and not by UTC, the next day begins in half an hour.
    let town = Town::at("2026-11-25T15:30:00Z");
    let estate = estate_in(&town, OWN);
    let ((group, room), worker) = (unit(&town, &estate), &estate.worker);
    let next_door = home(&town, worker, &estate.halves, ("2", "501"));
    let born = |name: &str, day: &str| with(draft(name), json!({ "born_on": day }));
    for (name, day) in [
        ("今八一", "1945-11-25"),
        ("明八一", "1945-11-26"),
        ("今八十", "1946-11-25"),
        ("明八十", "1946-11-26"),
    ] {
        settle(&town, worker, &room, born(name, day));
    }
    settle(&town, worker, &room, draft("年龄不详"));
    settle(&town, worker, &next_door, born("隔壁八十", "1946-11-25"));
    let building = text(&estate.halves);
    for (more, expected) in [
        ("", "今八一 明八一 今八十 明八十 年龄不详"),
        ("&min_age=82", ""),
        ("&min_age=81", "今八一"),
        ("&min_age=80", "今八一 明八一 今八十"),
        ("&max_age=80", "明八一 今八十 明八十"),
        ("&max_age=79", "明八十"),
        ("&max_age=78", ""),
        ("&min_age=80&max_age=80", "明八一 今八十"),
        ("&min_age=79&max_age=79&status=present", "明八十"),
        ("&min_age=81&max_age=80", ""),
    ] {
        tells(&town, worker, &format!("building_group={group}{more}"), expected);
    }
    let eighty = format!("building={building}&min_age=80&max_age=80");
    tells(&town, worker, &eighty, "明八一 今八十 隔壁八十");
    tells(&town, worker, &format!("building={}&min_age=0", text(&estate.plain)), "");
    town.clock.advance(TimeDelta::hours(1));
    let later = town.later(worker);
    tells(&town, &later, &eighty, "今八十 明八十 隔壁八十");
    for (more, expected) in
        [("&min_age=81", "今八一 明八一"), ("&min_age=80&max_age=80", "今八十 明八十"), ("&max_age=79", "")]
    {
        tells(&town, &later, &format!("building_group={group}{more}"), expected);
    }
}

#[test]
fn who_left_lives_in_no_building_and_is_found_by_status_alone() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let ((group, room), worker) = (unit(&town, &estate), &estate.worker);
    let today = local_date(town.now());
    settle(&town, worker, &room, with(draft("陈桂芳"), json!({ "residence": "from_other_province" })));
    let born = json!({ "born_on": "1940-05-01" });
    let [moved, dead] =
        ["王小明", "李秀英"].map(|name| settle(&town, worker, &room, with(draft(name), born.clone())));
    for (record, kind) in [(&moved, "moved_out"), (&dead, "deceased")] {
        let body = json!({ "kind": kind, "on": today.to_string() });
        town.post(&format!("/v1/residents/{}/departure", text(&record["id"])), body)
            .by(worker)
            .send()
            .is(201);
    }
    let places = [format!("building={}", text(&estate.halves)), format!("building_group={group}")];
    for place in &places {
        for (more, expected) in [
            ("", "陈桂芳"),
            ("&status=present", "陈桂芳"),
            ("&residence=from_other_province", "陈桂芳"),
            ("&residence=registered_here", ""),
            ("&min_age=80", ""),
        ] {
            tells(&town, worker, &format!("{place}{more}"), expected);
        }
        for status in ["departed", "deceased", "merged", "restricted", "erased"] {
            tells(&town, worker, &format!("{place}&status={status}"), "");
        }
    }
    for (query, expected) in [
        ("status=departed", "王小明"),
        ("status=deceased", "李秀英"),
        ("status=departed&min_age=80", "王小明"),
        ("status=departed&max_age=80", ""),
        ("status=departed&name=wangxiao", "王小明"),
        ("status=deceased&initials=wx", ""),
    ] {
        tells(&town, worker, query, expected);
    }
    // It was a mistake: who comes back is in the building again.
    let path = format!("/v1/residents/{}/departure?restore=true", text(&moved["id"]));
    town.call("DELETE", &path).by(worker).send().is(204);
    for place in &places {
        tells(&town, worker, place, "陈桂芳 王小明");
    }
}
