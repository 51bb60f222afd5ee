//! What one signed, as oneself is told it.

use serde_json::json;

use crate::support::joint::{counts, joint, sign_with, signers};
use crate::support::petitions::neighbour;
use crate::support::{OWN, Person, Town};

fn signed(town: &Town, by: &Person) -> Vec<String> {
    let page = town.get("/v1/petitions?of=signed").by(by).send();
    let items = page.is(200).body["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn who_signed_sees_that_they_did_and_what() {
    let town = Town::new();
    let (first, second, other) = (joint(&town), joint(&town), joint(&town));
    let (one, two) = (neighbour(&town, OWN), signers(&town, 1).remove(0));
    sign_with(&town, other, &two.token, "k").is(201);
    let by_me = |petition| counts(&town, petition, &one).is(200).body["is_signed_by_me"].clone();
    assert_eq!((signed(&town, &one), by_me(other)), (Vec::new(), json!(false)));
    sign_with(&town, first, &one.token, "k").is(201);
    sign_with(&town, second, &one.token, "l").is(201);
    // The newest first, and nothing that others signed.
    assert_eq!(signed(&town, &one), [second.to_string(), first.to_string()]);
    assert_eq!((by_me(first), by_me(other)), (json!(true), json!(false)));
    assert_eq!(counts(&town, first, &town.resident()).is(200).body["is_signed_by_me"], false);
    assert_eq!(counts(&town, first, &one).header("cache-control"), "no-store");
    // What was hidden is not told again, nor what was taken back.
    town.execute(&format!("UPDATE petitions SET is_hidden = true WHERE id = '{second}'"));
    assert_eq!(signed(&town, &one), [first.to_string()]);
    let path = format!("/v1/petitions/{first}/signatures");
    town.call("DELETE", &path).by(&one).send().is(204);
    assert_eq!((signed(&town, &one), by_me(first)), (Vec::new(), json!(false)));
}

#[test]
fn whoever_moved_away_still_finds_what_they_signed_and_a_struck_out_one_does_not_count() {
    let town = Town::new();
    let (petition, one) = (joint(&town), neighbour(&town, OWN));
    town.execute("UPDATE petitions SET visibility = 'community'");
    sign_with(&town, petition, &one.token, "k").is(201);
    town.execute("UPDATE residents SET status = 'departed', account_id = NULL");
    counts(&town, petition, &one).is_problem(404, "not-found");
    assert_eq!(signed(&town, &one), [petition.to_string()]);
    town.execute("UPDATE petitions SET visibility = 'public'");
    assert_eq!(counts(&town, petition, &one).is(200).body["is_signed_by_me"], true);
    town.execute(&format!(
        "INSERT INTO petition_strike_outs (id, petition_id, division, signed_from, reason, state, met, struck, created_by, created_at, decided_at)
             VALUES ('{petition}', '{petition}', {OWN}, now(), 'x', 'carried_out', 1, 1, '{}', now(), now());
         UPDATE petition_signatures SET strike_out_id = '{petition}'",
        one.account
    ));
    assert_eq!(counts(&town, petition, &one).is(200).body["is_signed_by_me"], false);
    assert_eq!(signed(&town, &one), Vec::<String>::new());
}
