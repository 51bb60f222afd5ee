//! Landlines 固定电话, which is what many old people have: kept, masked and found as other numbers are; but no account has one.

use lilong::access::phone::{Mobile, Phone};
use lilong::access::role::Role;
use serde_json::json;

use crate::building_groups::{estate_in, group, member};
use crate::support::archive::{draft, enter, names, with};
use crate::support::{OWN, Town, document};

/// One number.
const WRITTEN: [&str; 4] = ["021-12345678", "(021)12345678", "02112345678", "+862112345678"];
const NO_NUMBERS: [&str; 5] =
    ["2112345678", "0211-2345678", "021-123456", "+86021-12345678", "(021-12345678"];

#[test]
fn a_resident_is_reached_and_found_by_a_landline_however_it_is_written() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let with_phone =
        |name: &str, phone: &str| with(draft(name), json!({ "phone": phone, "no_identifier": null }));
    for written in WRITTEN {
        let made = enter(&town, &worker, with_phone("陈桂芳", written));
        assert_eq!(made["phone"], "+86 21****5678", "{written}");
    }
    enter(&town, &worker, with_phone("王小明", "0311-12345678"));
    for written in WRITTEN {
        let found = town.post("/v1/resident-lookups", json!({ "phone": written })).by(&worker).send();
        assert_eq!(names(&found), ["陈桂芳"; 4], "{written}");
    }
    for wrong in NO_NUMBERS {
        let refused = town.post("/v1/residents", with_phone("王小明", wrong)).by(&worker).send();
        refused.is_problem_at(422, "field-invalid", "/phone");
    }
}

#[test]
fn no_account_has_a_landline() {
    let town = Town::new();
    let (estate, head) = (estate_in(&town, OWN), town.staff(Role::CommitteeHead, OWN));
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    for phone in WRITTEN {
        for (path, body) in [
            ("/v1/auth/otps", json!({ "phone": phone })),
            ("/v1/accounts", json!({ "phone": phone, "otp": "123456", "display_name": "陈阿姨" })),
            ("/v1/auth/sessions", json!({ "phone": phone, "otp": "123456" })),
        ] {
            town.post(path, body).send().is_problem_at(422, "field-invalid", "/phone");
        }
        let post = json!({ "phone": phone, "role": "group_leader", "division": OWN });
        town.post("/v1/posts", post).by(&head).send().is_problem_at(422, "field-invalid", "/phone");
        let led = json!({ "leader_phone": phone, "deputy_phone": null });
        let refused = town.put(&format!("{group}/leader"), "*", led).by(&head).send();
        refused.is_problem_at(422, "field-invalid", "/leader_phone");
    }
    assert_eq!(town.count("SELECT count(*) FROM otps"), 0);
}

#[test]
fn the_document_says_which_numbers_are_read() {
    let schemas = &document()["components"]["schemas"];
    let is_valid = |name: &str, text: &str| {
        let validator = jsonschema::options().build(&schemas[name]).expect("a schema");
        validator.is_valid(&json!(text))
    };
    let others =
        ["13800000101", "+8613800000101", "12800000101", "+85291234567", "85291234567", "+861380000010"];
    let more =
        ["+86101234567", "0514-1234567", "05141234567", "+8621123456789", "+0123456789", "1380000010x"];
    for text in WRITTEN.iter().chain(&NO_NUMBERS).chain(&others).chain(&more).copied() {
        assert_eq!(is_valid("Phone", text), Phone::parse(text).is_ok(), "{text}");
        assert_eq!(is_valid("Mobile", text), Mobile::parse(text).is_ok(), "{text}");
    }
}
