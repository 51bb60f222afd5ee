//! 解纷一件事 for a child: its guardian tells it, reads it and speaks for it; nobody else does.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::disputes::{at_table, case_seen};
use crate::support::entries::{Offices, entry_seen, listed, noise, step, tell_for};
use crate::support::petitions::{id, neighbour, organisation, tasks};
use crate::support::table::resident_of;
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

/// A child of nine in `OWN`, known by name alone, whose guardian is a neighbour of another committee.
struct Family {
    town: Town,
    worker: Person,
    mother: Person,
    mother_record: String,
    child: String,
}

impl Family {
    fn new() -> Self {
        let town = Town::new();
        let (worker, mother) = (town.staff(Role::CommitteeWorker, OWN), neighbour(&town, SIBLING));
        let (mother_record, child) = (resident_of(&town, &mother), lilong::kit::id::next().to_string());
        let born = lilong::kit::clock::local_date(town.now()) - chrono::Months::new(9 * 12);
        town.execute(&format!(
            "INSERT INTO residents
                 (id, division, name, pinyin, initials, born_on, no_identifier, residence, source, created_at, updated_at)
                 VALUES ('{child}', {OWN}, '王小明', 'wangxiaoming', 'wxm', '{born}', 'refused', 'registered_here', 'worker', now(), now());
             INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
                 VALUES (gen_random_uuid(), '{child}', '{mother_record}', {OWN}, 'parent', 'x', '{}', now())",
            worker.account
        ));
        Family { town, worker, mother, mother_record, child }
    }

    #[track_caller]
    fn told(&self, more: Value) -> Value {
        tell_for(&self.town, &self.mother, &self.child, noise(more)).is(201).body.clone()
    }

    /// The committee ends the guardianship.
    #[track_caller]
    fn end(&self) {
        let path = format!("/v1/residents/{}/guardians/{}", self.child, self.mother_record);
        self.town.call("DELETE", &path).by(&self.worker).send().is(204);
    }

    /// How many entries for children are in a copy of what is kept of the mother.
    fn copied(&self) -> usize {
        let Family { town, mother, .. } = self;
        let asked = town.call("POST", "/v1/me/data-exports").by(mother).send();
        let copy = crate::data_exports::wait(town, mother, asked.is(202).header("location"));
        let content = town.get(copy["content_url"].as_str().expect("an address")).by(mother).send();
        content.is(200).body["dispute_entries_for_children"].as_array().expect("a part").len()
    }

    /// The mother has a record where the child lives, too; she is recorded as its guardian by the other one.
    fn move_in(&self) -> String {
        let (id, account) = (lilong::kit::id::next().to_string(), self.mother.account);
        self.town.execute(&format!(
            "INSERT INTO residents
                 (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
                 VALUES ('{id}', {OWN}, '{account}', '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now())"
        ));
        id
    }
}

#[test]
fn what_a_guardian_tells_is_the_child_s_and_the_guardian_speaks_for_it() {
    let family = Family::new();
    let Family { town, mother, child, mother_record, .. } = &family;
    organisation(town, "宝钢五村居委会", "residents_committee", OWN);
    let view = family.told(json!({}));
    assert_eq!((&view["division"], &view["read_as"]), (&json!(OWN), &json!("entrant")));
    let telling = &view["telling"];
    assert_eq!((&telling["whose"]["name"], &telling["guardian"]), (&json!("王小明"), &json!("陈桂芳")));
    let kept = town.text("SELECT concat(resident_id, ' ', guardian_id) FROM dispute_entries");
    assert_eq!(kept, format!("{child} {mother_record}"));
    // It is mediated with the guardian at the table (民法典 23).
    let case = id(&view["case"]);
    let party = "SELECT concat(resident_id, ' ', representation, ' ', representative_id, ' ', account_id) FROM mediation_parties
        WHERE side = 'applicant'";
    assert_eq!(town.text(party), format!("{child} guardian {mother_record} {}", mother.account));
    assert_eq!(case_seen(town, mother, &case)["read_as"], "party");
    assert_eq!(tasks(town, mother), ["consent"]);
    at_table(town, mother, &case, "consents", json!({ "is_agreed": true })).is(200);
    assert_eq!(listed(town, mother, "of=own"), [id(&view)]);
}

#[test]
fn the_guardian_is_told_where_it_goes_and_is_heard_when_it_is_mediated_later() {
    let family = Family::new();
    let Family { town, mother, child, mother_record, .. } = &family;
    let Offices { police, .. } = &Offices::of(town);
    let entry = id(&family.told(json!({ "grounds": ["crime"] })));
    let telling = entry_seen(town, police, &entry)["telling"].clone();
    assert_eq!((&telling["whose"]["name"], &telling["guardian"]), (&json!("王小明"), &json!("陈桂芳")));
    let on = |route: &str| json!({ "route": route, "reason": "未见违法，属一般纠纷。" });
    step(town, police, &entry, "handover", on("court")).is(201);
    assert_eq!(tasks(town, mother), ["note_handover"]);
    let second = id(&family.told(json!({ "grounds": ["crime"] })));
    step(town, police, &second, "handover", on("mediation")).is(201);
    let party =
        "SELECT concat(resident_id, ' ', representative_id) FROM mediation_parties WHERE side = 'applicant'";
    assert_eq!(town.text(party), format!("{child} {mother_record}"));
    let case = id(&entry_seen(town, mother, &second)["case"]);
    assert_eq!(case_seen(town, mother, &case)["read_as"], "party");
}

/// Who is the applicant, and who speaks for them in the app.
const APPLICANT: &str =
    "SELECT concat(resident_id, ' ', representation, ' ', representative_id, account_id, phone_sealed)
    FROM mediation_parties WHERE side = 'applicant' ORDER BY id DESC LIMIT 1";

#[test]
fn who_is_guardian_no_more_speaks_for_nobody_when_it_is_mediated_later() {
    let family = Family::new();
    let Family { town, mother, child, .. } = &family;
    let Offices { police, .. } = &Offices::of(town);
    let entry = id(&family.told(json!({ "grounds": ["crime"] })));
    family.end();
    let on = json!({ "route": "mediation", "reason": "未见违法，属一般纠纷。" });
    step(town, police, &entry, "handover", on.clone()).is_problem(422, "mediation-guardian-missing");
    assert_eq!(town.count("SELECT count(*) FROM mediation_parties"), 0);
    // Of 18 they speak for themselves, and are not called by the number of who told it.
    town.execute(&format!("UPDATE residents SET born_on = born_on - 10 * 366 WHERE id = '{child}'"));
    step(town, police, &entry, "handover", on).is(201);
    assert_eq!(town.text(APPLICANT), format!("{child} oneself "));
    let case = town.text("SELECT case_id FROM dispute_entries");
    town.get(&format!("/v1/mediation-cases/{case}")).by(mother).send().is_problem(404, "not-found");
}

#[test]
fn a_guardian_speaks_by_whichever_record_of_theirs_until_the_child_is_of_age() {
    let family = Family::new();
    let Family { town, mother, child, .. } = &family;
    let Offices { police, .. } = &Offices::of(town);
    let here = family.move_in();
    let [first, second] = ["crime"; 2].map(|ground| id(&family.told(json!({ "grounds": [ground] }))));
    let on = json!({ "route": "mediation", "reason": "未见违法，属一般纠纷。" });
    step(town, police, &first, "handover", on.clone()).is(201);
    let spoken_for = format!("{child} guardian {here}{}", mother.account);
    assert!(town.text(APPLICANT).starts_with(&spoken_for));
    assert_eq!(family.copied(), 2);
    town.execute(&format!("UPDATE residents SET born_on = born_on - 10 * 366 WHERE id = '{child}'"));
    step(town, police, &second, "handover", on).is(201);
    assert_eq!(town.text(APPLICANT), format!("{child} oneself "));
}

#[test]
fn a_stranger_learns_nothing_of_the_child_nor_of_what_was_told() {
    let family = Family::new();
    let Family { town, worker, mother, child, .. } = &family;
    let entry = id(&family.told(json!({})));
    let nobody = lilong::kit::id::next().to_string();
    let mut answers = Vec::new();
    for by in [neighbour(town, OWN), town.resident(), town.staff(Role::CityOfficer, OWN)] {
        for named in [child, &nobody] {
            let refused = tell_for(town, &by, named, noise(json!({})));
            refused.is_problem(404, "not-found");
            answers.push(refused.body["detail"].clone());
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "a child of others and nobody at all are one answer: {answers:?}");
    assert_eq!(town.count("SELECT count(*) FROM dispute_entries"), 1);
    let path = format!("/v1/dispute-entries/{entry}");
    town.get(&path).by(&neighbour(town, OWN)).send().is_problem(404, "not-found");
    // Neither for a child and somebody at the counter at once, nor where the child does not live.
    let both = json!({ "division": OWN, "on_behalf": { "name": "赵先生" } });
    tell_for(town, worker, child, noise(both)).is_problem(422, "dispute-entry-person-unfit");
    tell_for(town, mother, child, noise(json!({ "division": PARENT })))
        .is_problem(409, "dispute-entry-residency-missing");
}

#[test]
fn whoever_is_guardian_no_more_reads_it_no_more() {
    let family = Family::new();
    let Family { town, mother, child, .. } = &family;
    let entry = id(&family.told(json!({})));
    assert_eq!(entry_seen(town, mother, &entry)["read_as"], "entrant");
    // The birthday ends that new ones are told for it, not that what was told is read.
    town.execute(&format!("UPDATE residents SET born_on = born_on - 6 * 366 WHERE id = '{child}'"));
    tell_for(town, mother, child, noise(json!({}))).is_problem(404, "not-found");
    assert_eq!(entry_seen(town, mother, &entry)["read_as"], "entrant");
    assert_eq!(family.copied(), 1);
    family.end();
    assert_eq!(family.copied(), 0);
    let is_told_nothing = || {
        let seen = entry_seen(town, mother, &entry);
        assert_eq!((&seen["read_as"], &seen["telling"]), (&json!("overseer"), &json!(null)));
    };
    is_told_nothing();
    // Nor by a post in the committee, since she did not tell it at the counter.
    town.appoint(mother, Role::CommitteeWorker, OWN);
    // Who somebody is, is remembered for 5 s.
    town.clock.advance(chrono::TimeDelta::seconds(6));
    is_told_nothing();
}

#[test]
fn a_key_is_of_the_child_that_it_was_sent_for() {
    let family = Family::new();
    let Family { town, mother, mother_record, child, .. } = &family;
    let send = |whose: &str| {
        let told = town.post(&format!("/v1/dispute-entries?for={whose}"), noise(json!({})));
        told.header("Idempotency-Key", "k").by(mother).send()
    };
    let first = send(child).is(201).text.clone();
    let again = send(child);
    assert_eq!((again.is(201).header("idempotency-replayed"), &again.text), ("true", &first));
    send(mother_record).is_problem(422, "idempotency-key-reused");
    assert_eq!(town.count("SELECT count(*) FROM dispute_entries"), 1);
}
