//! Who is one person in shifts, whatever becomes of the account of a record.

use serde_json::json;

use crate::support::archive::{enter, with_card};
use crate::support::petitions::neighbour;
use crate::support::rights::{claim, decide, home, say, settle};
use crate::support::volunteering::{
    ahead, guard, organiser, own_signups, record, replay, sign_up, sign_up_with, years_ago,
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
