//! Who is one person in shifts, whatever becomes of the account of a record.

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::support::archive::{enter, with_card};
use crate::support::petitions::neighbour;
use crate::support::rights::{claim, decide, home, meanwhile, rebind_meanwhile, say, settle};
use crate::support::volunteering::{
    ahead, guard, organiser, own_signups, record, replay, second_record, sign_up, sign_up_with, years_ago,
};
use crate::support::{OWN, SIBLING, Town};

#[test]
fn sign_ups_follow_the_account_of_their_record() {
    let town = Town::new();
    let (us, home) = (organiser(&town), home(&town));
    let child = enter(&town, &us.worker, with_card("陈桂芳"));
    let kept = child["id"].as_str().unwrap();
    settle(&town, &child, &home);
    town.execute(&format!("UPDATE residents SET born_on = '{}' WHERE id = '{kept}'", years_ago(&town, 15)));
    let [mother, other] = [neighbour(&town, OWN), neighbour(&town, OWN)];
    guard(&town, &us.worker, &mother, kept);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({}));
    let meets = us.shift(&town, &call, json!({ "starts_at": ahead(&town, 1500), "capacity": 1 }));
    sign_up_with(&town, &mother, &shift, &format!("?for={kept}"), json!({})).is(201);
    // The same child by a record elsewhere, as nobody knows yet; somebody waits behind them.
    let account = neighbour(&town, SIBLING);
    let elsewhere = format!("?for={}", record(&town, &account));
    let again = || sign_up_with(&town, &account, &meets, &elsewhere, json!({}));
    assert_eq!(again().is(201).body["state"], "held");
    assert_eq!(sign_up(&town, &other, &meets).is(201).body["state"], "waiting");
    // Bound to one account they are in one place: that which was first.
    assert_eq!(say(&town, &account, claim("陈桂芳", &home)).is(201).body["status"], "verified");
    assert_eq!((replay(&town, &shift), replay(&town, &meets)), ((1, 0), (1, 0)));
    assert_eq!(own_signups(&town, &other)[0]["state"], "held");
    again().is_problem(409, "shift-clash");
    // The record turns out to be another's: what it was signed up for goes along.
    let right = town.resident();
    let said = say(&town, &right, claim("陈桂芳", &home));
    assert_eq!(said.is(201).body["status"], "pending");
    let decision = json!({ "decision": "confirmed", "resident": kept, "takes_over": true });
    decide(&town, &us.worker, &said, decision).is(201);
    assert_eq!(own_signups(&town, &right)[0]["state"], "held");
    let of = |person: &str| {
        town.count(&format!("SELECT count(*) FROM shift_signups WHERE person_id = '{person}'"))
    };
    assert_eq!((of(&right.account.to_string()), of(kept)), (1, 0));
    assert_eq!(again().is(201).body["state"], "waiting");
    assert_eq!((replay(&town, &shift), replay(&town, &meets)), ((1, 0), (1, 1)));
}

#[test]
fn a_merge_settles_clashes_of_every_record_of_a_person_as_a_change_of_account_does() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let [one, two, other] = std::array::from_fn(|_| neighbour(&town, OWN));
    let (from, into) = (record(&town, &one), record(&town, &two));
    let third = second_record(&town, &one, SIBLING);
    let shift = |from: i64| {
        let times =
            json!({ "starts_at": ahead(&town, from), "ends_at": ahead(&town, from + 90), "capacity": 1 });
        us.shift(&town, &call, times)
    };
    // One pair meets between a third record and the one that stays, another between that and the one that closes.
    let [first, meets, early, late] = [1440, 1500, 3000, 3000].map(shift);
    let by =
        |shift: &str, record: &str| sign_up_with(&town, &one, shift, &format!("?for={record}"), json!({}));
    by(&first, &third).is(201);
    by(&early, &from).is(201);
    sign_up(&town, &two, &meets).is(201);
    sign_up(&town, &two, &late).is(201);
    assert_eq!(sign_up(&town, &other, &meets).is(201).body["state"], "waiting");
    town.execute(&format!("UPDATE residents SET account_id = NULL WHERE id = '{into}'"));
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&us.worker).send().is(201);
    // What was first stays, whichever record it was of, and who waited has a place.
    assert_eq!((replay(&town, &first), replay(&town, &meets)), ((1, 0), (1, 0)));
    assert_eq!((replay(&town, &early), replay(&town, &late)), ((1, 0), (0, 0)));
    assert_eq!(own_signups(&town, &other)[0]["state"], "held");
    let moved = format!(
        "SELECT count(*) FROM shift_signups WHERE resident_id = '{into}' AND person_id = '{}'",
        one.account
    );
    assert_eq!(town.count(&moved), 3);
}

#[test]
fn who_signs_up_while_their_record_becomes_an_account_s_is_the_person_of_that() {
    let town = Town::new();
    let us = organiser(&town);
    let kept = enter(&town, &us.worker, with_card("陈桂芳"))["id"].as_str().unwrap().to_owned();
    town.execute(&format!("UPDATE residents SET born_on = '{}' WHERE id = '{kept}'", years_ago(&town, 15)));
    let (mother, child) = (neighbour(&town, OWN), town.resident());
    guard(&town, &us.worker, &mother, &kept);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({}));
    let for_child = format!("?for={kept}");
    let status = rebind_meanwhile(&town, &kept, &child, || {
        sign_up_with(&town, &mother, &shift, &for_child, json!({})).status
    });
    assert_eq!(status, 201);
    assert_eq!(town.text("SELECT person_id FROM shift_signups"), child.account.to_string());
}

#[test]
fn who_signs_up_waits_for_nothing_else_that_is_changed_of_their_record() {
    let town = Town::new();
    let us = organiser(&town);
    let one = neighbour(&town, OWN);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({}));
    // As a list that is read in holds hundreds of records.
    let mut import = town.owner();
    let changes =
        format!("BEGIN; UPDATE residents SET version = version + 1 WHERE account_id = '{}'", one.account);
    import.batch_execute(&changes).unwrap();
    sign_up(&town, &one, &shift).is(201);
    import.batch_execute("COMMIT").unwrap();
}

#[test]
fn a_sign_up_that_is_written_while_its_record_is_merged_goes_along() {
    let town = Town::new();
    let us = organiser(&town);
    let [one, two, other] = std::array::from_fn(|_| neighbour(&town, OWN));
    let (from, into) = (record(&town, &one), record(&town, &two));
    town.execute(&format!("UPDATE residents SET account_id = NULL WHERE id = '{from}'"));
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({}));
    sign_up(&town, &other, &shift).is(201);
    let written = format!("UPDATE shift_signups SET resident_id = '{from}', person_id = '{from}'");
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    let merge = || town.post("/v1/resident-merges", body).by(&us.worker).send().status;
    assert_eq!(meanwhile(&town, [&written, ""], merge), 201);
    let signup = town.text("SELECT resident_id || ' ' || person_id FROM shift_signups");
    assert_eq!(signup, format!("{into} {}", two.account));
}
