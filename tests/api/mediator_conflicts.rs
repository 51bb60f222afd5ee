//! Whoever has to do with a party of a case is proposed last, and says why.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::disputes::{put_case, put_party, put_seat};
use crate::support::mediation::desk;
use crate::support::petitions::neighbour;
use crate::support::table::resident_of;
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

/// Two people live in one home.
fn put_home(town: &Town, people: [&Person; 2]) {
    let [estate, building, dwelling] = std::array::from_fn(|_| lilong::kit::id::next());
    let [one, other] = people.map(|person| person.account);
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
             VALUES ('{building}', '{estate}', {OWN}, '247号', now(), now());
         INSERT INTO dwellings (id, building_id, division, number, created_at, updated_at)
             VALUES ('{dwelling}', '{building}', {OWN}, '502', now(), now());
         INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES (gen_random_uuid(), {OWN}, '{other}', '徐志明', 'xuzhiming', 'xzm', 'refused', 'registered_here', 'worker', now(), now());
         UPDATE residents SET home_id = '{dwelling}' WHERE account_id IN ('{one}', '{other}')"
    ));
}

/// Somebody of the archive is a party.
fn put_resident(town: &Town, case: Uuid, who: &Person) -> Uuid {
    let (party, resident) = (put_party(town, case, "respondent", None), resident_of(town, who));
    town.execute(&format!(
        "UPDATE mediation_parties SET kind = 'resident', resident_id = '{resident}', name = NULL WHERE id = '{party}'"
    ));
    party
}

#[test]
fn who_is_near_a_party_or_was_objected_to_before_comes_last() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let [(himself, one), (housemate, two), (objected, three), (_, clean)] =
        std::array::from_fn(|_| desk.mediator(json!({})));
    let qian = neighbour(town, OWN);
    put_home(town, [&qian, &housemate]);
    let case = put_case(town, "accepted");
    put_party(town, case, "applicant", Some(himself.account.0));
    put_resident(town, case, &qian);
    // 钱 objected in a case of last year, and was right.
    let earlier = put_case(town, "closed");
    let (seat, party) =
        (put_seat(town, earlier, "mediator", objected.account, "left"), put_resident(town, earlier, &qian));
    town.execute(&format!(
        "INSERT INTO mediation_objections (id, case_id, seat_id, party_id, reason, decision, decision_reason, decided_by, decided_at, created_at)
             VALUES (gen_random_uuid(), '{earlier}', '{seat}', '{party}', '同学', 'sustained', '属实', '{}', now(), now())",
        objected.account
    ));
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    let ask = |by: &Person, case: &str| {
        let path = format!("/v1/mediator-proposals?division={OWN}&dispute_type=neighbour{case}");
        town.get(&path).by(by).send()
    };
    let of_case = format!("&mediation_case={case}");
    let told = ask(&justice, &of_case);
    let items = told.is(200).body["items"].as_array().unwrap();
    assert_eq!((&items[0]["mediator"], &items[0]["is_fit"]), (&json!(clean), &json!(true)));
    let conflicted: Vec<&Value> = items[1..].iter().filter(|one| one["reasons"][0] == "conflict").collect();
    assert_eq!(conflicted.len(), 3, "{items:?}");
    assert!(conflicted.iter().all(|item| item["is_fit"] == false));
    for entry in [one, two, three] {
        assert!(conflicted.iter().any(|item| item["mediator"] == json!(entry)), "{entry}");
    }
    // Without a case nobody is known to be near anybody.
    assert!(
        ask(&justice, "").is(200).body["items"].as_array().unwrap().iter().all(|one| one["is_fit"] == true)
    );
    // It tells of the parties, so only those who run the case or sit at its table are told.
    ask(&town.staff(Role::CommitteeHead, OWN), &of_case).is_problem(403, "forbidden");
    ask(&town.staff(Role::CommitteeWorker, OWN), &of_case).is_problem(403, "forbidden");
    ask(&justice, &format!("&mediation_case={}", Uuid::nil())).is_problem(403, "forbidden");
    ask(&town.staff(Role::JusticeOfficer, SIBLING), &of_case).is_problem(403, "forbidden");
}
