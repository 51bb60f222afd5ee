//! Signing joint petitions: who signs, once; how many; what follows; and that it is exact, whoever else signs at that moment.

#[path = "petition_signatures/crowd.rs"]
mod crowd;
#[path = "petition_signatures/killed.rs"]
mod killed;
#[path = "petition_signatures/own.rs"]
mod own;
#[path = "petition_signatures/thresholds.rs"]
mod thresholds;

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::joint::{counts, is_exact, joint, sign, sign_with, signed, signers, unsign};
use crate::support::petitions::{events, neighbour};
use crate::support::rights::home;
use crate::support::{ELSEWHERE, OWN, PARENT, SIBLING, Town};

#[test]
fn a_neighbour_signs_once_takes_it_back_and_signs_again() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, 2));
    let first = sign_with(&town, petition, &all[0].token, "k");
    assert_eq!((&first.is(201).body["signatures"], &first.body["petition"]), (&json!(1), &json!(petition)));
    assert_eq!(first.header("location"), format!("/v1/petitions/{petition}/signature-counts"));
    // The same request again, and another one.
    let again = sign_with(&town, petition, &all[0].token, "k");
    assert_eq!((again.is(201).header("idempotency-replayed"), &again.text), ("true", &first.text));
    sign(&town, petition, &all[0]).is_problem(409, "petition-signed-already");
    assert_eq!(sign(&town, petition, &all[1]).is(201).body["signatures"], 2);
    unsign(&town, petition, &all[0]).is(204);
    unsign(&town, petition, &all[0]).is_problem(409, "petition-not-signed");
    assert_eq!(is_exact(&town, petition), 1);
    assert_eq!(sign(&town, petition, &all[0]).is(201).body["signatures"], 2);
    assert_eq!(is_exact(&town, petition), 2);
    // The audit trail tells who did what, not more.
    let trail = "SELECT string_agg(action || detail::text, ' ' ORDER BY id) FROM audit_events WHERE resource = 'petition-signatures'";
    let (made, gone) = ("create_petition_signature{}", "delete_petition_signature{\"state\": \"accepted\"}");
    assert_eq!(town.text(trail), format!("{made} {made} {gone} {made}"));
    let call = town.call("POST", &format!("/v1/petitions/{petition}/signatures")).token(&all[0].token);
    call.send().is_problem(400, "idempotency-key-missing");
}

#[test]
fn a_refusal_keeps_no_key_and_another_s_key_is_another_key() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, 2));
    town.execute("UPDATE matters SET state = 'submitted'");
    let early = sign_with(&town, petition, &all[0].token, "k");
    early.is_problem(404, "not-found");
    town.execute("UPDATE matters SET state = 'accepted'");
    sign_with(&town, petition, &all[0].token, "k").is(201);
    assert_eq!(sign_with(&town, petition, &all[1].token, "k").is(201).body["signatures"], 2);
    assert_eq!(town.count("SELECT count(*) FROM idempotency_keys"), 2);
    // After a day the key is free, and the signature is still there.
    town.clock.advance(TimeDelta::hours(25));
    town.execute("UPDATE sessions SET expires_at = now() + interval '30 days'");
    let token = town.gate.tokens();
    let session = town.text(&format!("SELECT id FROM sessions WHERE account_id = '{}'", all[0].account));
    let (account, session) = (
        lilong::access::actor::AccountId(all[0].account),
        lilong::access::actor::SessionId(session.parse().unwrap()),
    );
    let fresh = token.sign(account, session, town.now()).unwrap();
    sign_with(&town, petition, &fresh, "k").is_problem(409, "petition-signed-already");
}

#[test]
fn nobody_signs_from_outside_too_early_too_late_or_what_they_do_not_see() {
    let town = Town::new();
    let petition = joint(&town);
    let (inside, outside) = (neighbour(&town, OWN), neighbour(&town, SIBLING));
    let staff = town.staff(Role::CommitteeHead, OWN);
    let set = |sql: &str| town.execute(&format!("UPDATE {sql} WHERE id = '{petition}'"));
    let signs = |who: &crate::support::Person| {
        sign_with(&town, petition, &who.token, &crate::support::petitions::key())
    };
    for stranger in [&outside, &staff, &town.resident(), &neighbour(&town, ELSEWHERE)] {
        signs(stranger).is_problem(409, "petition-signer-outside");
    }
    set("petitions SET visibility = 'community'");
    signs(&outside).is_problem(404, "not-found");
    signs(&staff).is_problem(409, "petition-signer-outside");
    set("petitions SET is_hidden = true");
    signs(&inside).is_problem(404, "not-found");
    signs(&staff).is_problem(409, "petition-not-signable");
    set("petitions SET is_hidden = false");
    for state in ["submitted", "rejected", "withdrawn", "merged"] {
        set(&format!("matters SET state = '{state}'"));
        signs(&inside).is_problem(404, "not-found");
        signs(&staff).is_problem(409, "petition-not-signable");
    }
    for state in ["resolved", "closed"] {
        set(&format!("matters SET state = '{state}'"));
        signs(&inside).is_problem(409, "petition-not-signable");
    }
    set("matters SET state = 'suspended'");
    set("petitions SET kind = 'complaint', closes_at = NULL");
    signs(&inside).is_problem(409, "petition-not-signable");
    set("petitions SET kind = 'joint_petition', closes_at = now() + interval '1 day'");
    // Whoever left the committee's archive is no resident of it.
    town.execute(&format!(
        "UPDATE residents SET status = 'departed' WHERE account_id = '{}'",
        inside.account
    ));
    signs(&inside).is_problem(404, "not-found");
    town.execute("UPDATE residents SET status = 'present'");
    signs(&inside).is(201);
    set("petitions SET closes_at = now() - interval '1 second'");
    signs(&inside).is_problem(409, "petition-signing-closed");
    let path = format!("/v1/petitions/{petition}/signatures");
    town.call("DELETE", &path).by(&inside).send().is_problem(409, "petition-signing-closed");
    let nobody = uuid::Uuid::nil();
    sign_with(&town, nobody, &inside.token, "k").is_problem(404, "not-found");
    assert_eq!(is_exact(&town, petition), 1);
    town.execute("UPDATE sessions SET ended_at = now(), end_reason = 'signed_out'");
    signs(&inside).is_problem(401, "unauthenticated");
}

#[test]
fn of_a_building_group_only_its_people_sign() {
    let town = Town::new();
    let petition = joint(&town);
    let (inside, beside) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let (home, group) = (home(&town), lilong::kit::id::next());
    town.execute(&format!(
        "INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
             SELECT '{group}', id, {OWN}, '247号楼', now(), now() FROM estates LIMIT 1;
         INSERT INTO building_group_members (building_group_id, building_id) VALUES ('{group}', '{}');
         UPDATE residents SET home_id = '{}' WHERE account_id = '{}';
         UPDATE petitions SET visibility = 'building_group', building_group_id = '{group}'",
        home.building, home.dwelling, inside.account
    ));
    sign_with(&town, petition, &beside.token, "k").is_problem(404, "not-found");
    sign_with(&town, petition, &inside.token, "k").is(201);
    assert_eq!(town.text("SELECT building_group_id FROM petition_signatures"), group.to_string());
    // Whoever moved away may still take theirs back.
    town.execute("UPDATE residents SET status = 'departed', account_id = NULL");
    town.call("DELETE", &format!("/v1/petitions/{petition}/signatures")).by(&inside).send().is(204);
    assert_eq!(is_exact(&town, petition), 0);
}

#[test]
fn one_record_signs_once_under_whatever_account() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, 2));
    sign(&town, petition, &all[0]).is(201);
    // The record goes to another account of the same person.
    town.execute(&format!(
        "UPDATE residents SET account_id = NULL;
         UPDATE residents SET account_id = '{}' WHERE id = '{}'",
        all[1].account, all[0].resident
    ));
    sign(&town, petition, &all[1]).is_problem(409, "petition-signed-already");
    assert_eq!(is_exact(&town, petition), 1);
}

#[test]
fn who_signed_is_shown_to_the_street_and_the_district_alone() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, 3));
    for one in &all {
        sign(&town, petition, one).is(201);
    }
    let path = format!("/v1/petitions/{petition}/signatures");
    let officer = town.staff(Role::StreetOfficer, PARENT);
    let page = town.get(&format!("{path}?limit=2")).by(&officer).send();
    assert_eq!(page.is(200).header("cache-control"), "no-store");
    let items = page.body["items"].as_array().unwrap();
    assert_eq!(
        (items.len(), &items[0]["name"], &items[0]["resident"]),
        (2, &json!("陈桂芳"), &json!(all[0].resident))
    );
    let cursor = page.body["next_cursor"].as_str().unwrap();
    assert_eq!(page.header("link"), format!("<{path}?limit=2&cursor={cursor}>; rel=\"next\""));
    let rest = town.get(&format!("{path}?limit=2&cursor={cursor}")).by(&officer).send();
    assert_eq!(rest.header("link"), "");
    assert_eq!(
        (rest.is(200).body["items"].as_array().unwrap().len(), &rest.body["has_more"]),
        (1, &json!(false))
    );
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'list_petition_signatures'"), 2);
    for role in [Role::CommitteeHead, Role::CommitteeWorker, Role::CityOfficer] {
        town.get(&path).by(&town.staff(role, OWN)).send().is_problem(403, "forbidden");
    }
    town.get(&path).token(&all[0].token).send().is_problem(403, "forbidden");
    town.get(&path).by(&town.staff(Role::StreetOfficer, ELSEWHERE)).send().is_problem(403, "forbidden");
    // Who asked is told how many, and an officer who asked is no exception.
    let author = town.text(&format!("SELECT account_id FROM petitions WHERE id = '{petition}'"));
    town.execute(&format!("UPDATE petitions SET account_id = '{}'", officer.account));
    town.get(&path).by(&officer).send().is_problem(409, "petition-own-matter");
    town.execute(&format!("UPDATE petitions SET account_id = '{author}'"));
    // Whoever is deleted by law is not named.
    town.execute(&format!("UPDATE residents SET status = 'erased' WHERE id = '{}'", all[0].resident));
    let page = town.get(&path).by(&officer).send();
    assert_eq!(page.is(200).body["items"][0]["name"], Value::Null);
}

#[test]
fn counts_are_told_to_whoever_sees_it_and_small_ones_are_not() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, 18));
    signed(&town, petition, &all, "now()");
    let _home = home(&town);
    let groups = [lilong::kit::id::next(), lilong::kit::id::next()];
    for (group, name, many) in [(groups[0], "247号楼", 13), (groups[1], "248号楼", 4)] {
        town.execute(&format!(
            "INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
                 SELECT '{group}', id, {OWN}, '{name}', now(), now() FROM estates LIMIT 1;
             UPDATE petition_signatures SET building_group_id = '{group}' WHERE id IN
                 (SELECT id FROM petition_signatures WHERE building_group_id IS NULL ORDER BY id LIMIT {many})"
        ));
    }
    let anybody = town.resident();
    let told = counts(&town, petition, &anybody);
    assert_eq!(told.is(200).body["signatures"], 18);
    let by_group = json!([{ "building_group": groups[0], "name": "247号楼", "signatures": 10 }]);
    assert_eq!(told.body["building_groups"], by_group);
    assert!(!told.text.contains(&all[0].resident.to_string()) && !told.text.contains("陈"));
    town.execute("UPDATE petitions SET visibility = 'community'");
    counts(&town, petition, &anybody).is_problem(404, "not-found");
    town.execute("UPDATE petitions SET kind = 'complaint', closes_at = NULL, visibility = 'public'");
    counts(&town, petition, &anybody).is_problem(409, "petition-not-joint");
}

#[test]
fn a_meeting_is_a_side_of_its_own() {
    let town = Town::new();
    let petition = joint(&town);
    let (head, worker) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::CommitteeWorker, OWN));
    let path = format!("/v1/petitions/{petition}/deliberation");
    let say = |what: &str| json!({ "deliberation": what, "note": "11月30日19时" });
    town.put(&path, "*", say("planned")).by(&worker).send().is_problem(403, "forbidden");
    let planned = town.put(&path, "\"v1\"", say("planned")).by(&head).send();
    assert_eq!(
        (&planned.is(200).body["deliberation"], &planned.body["state"], &planned.body["answer_state"]),
        (&json!("planned"), &json!("accepted"), &json!("none"))
    );
    town.put(&path, "\"v1\"", say("held")).by(&head).send().is_problem(412, "version-stale");
    assert_eq!(town.put(&path, "*", say("held")).by(&head).send().is(200).body["deliberation"], "held");
    let told = events(&town, &head, &petition.to_string());
    assert_eq!(told, ["deliberation_planned", "deliberation_held"]);
    town.execute("UPDATE petitions SET kind = 'complaint', closes_at = NULL");
    town.put(&path, "*", say("held")).by(&head).send().is_problem(409, "petition-not-joint");
}

#[test]
fn of_two_records_that_are_one_person_one_signature_stays() {
    let town = Town::new();
    let (twice, once, all) = (joint(&town), joint(&town), signers(&town, 2));
    sign(&town, twice, &all[0]).is(201);
    sign(&town, twice, &all[1]).is(201);
    sign(&town, once, &all[0]).is(201);
    town.execute(&format!("UPDATE petitions SET petitioner_id = '{}' WHERE id = '{once}'", all[0].resident));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let body = json!({ "from": all[0].resident, "into": all[1].resident, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&worker).send().is(201);
    assert_eq!((is_exact(&town, twice), is_exact(&town, once)), (1, 1));
    let left = town.count(&format!(
        "SELECT count(*) FROM petition_signatures WHERE resident_id = '{}'",
        all[1].resident
    ));
    assert_eq!(left, 2);
    let petitioner = format!("SELECT petitioner_id FROM petitions WHERE id = '{once}'");
    assert_eq!(town.text(&petitioner), all[1].resident.to_string());
    // The person has signed, whichever account they come with.
    for one in &all {
        let reply = sign(&town, twice, one);
        assert!(
            ["petition-signed-already", "petition-signer-outside"].contains(&reply.code()),
            "{}",
            reply.text
        );
    }
    assert_eq!(is_exact(&town, twice), 1);
}

#[test]
fn the_tag_of_a_petition_tells_who_signed_and_what_changes_it_asks_for_its_version() {
    let town = Town::new();
    let (petition, signer, reader) = (joint(&town), signers(&town, 1).remove(0), neighbour(&town, OWN));
    let path = format!("/v1/petitions/{petition}");
    let see = |tag: &str| town.get(&path).header("If-None-Match", tag).by(&reader).send();
    let first = see("\"v1\"");
    see(first.is(200).header("etag")).is(304);
    sign(&town, petition, &signer).is(201);
    let more = see(first.header("etag"));
    assert_eq!((&more.is(200).body["signatures"], &more.body["version"]), (&json!(1), &json!(1)));
    // Who signed meanwhile is no reason to refuse a change.
    let (head, path) = (town.staff(Role::CommitteeHead, OWN), format!("{path}/deliberation"));
    let plan = json!({ "deliberation": "planned", "note": "11月30日19时" });
    let say = |tag: &str| town.put(&path, tag, plan.clone()).by(&head).send();
    say(first.header("etag")).is(200);
    say(more.header("etag")).is_problem(412, "version-stale");
}
