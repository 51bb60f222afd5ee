//! 解纷一件事 at the counter: staff tell a dispute for somebody; the other side learns nothing; what can't be is refused.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::entries::{entry_seen, listed, noise, tell};
use crate::support::petitions::{again, at, id, neighbour, officer, organisation};
use crate::support::table::resident_of;
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

fn told_for(resident: &str, more: Value) -> Value {
    with(noise(json!({ "division": OWN, "on_behalf": { "resident": resident } })), more)
}

fn desk(town: &Town) -> (Person, Person, String) {
    let (worker, li) = (town.staff(Role::CommitteeWorker, OWN), neighbour(town, OWN));
    let resident = resident_of(town, &li);
    (worker, li, resident)
}

#[test]
fn staff_tell_it_for_somebody_and_the_other_side_learns_nothing() {
    let town = Town::new();
    let company = organisation(&town, "友谊物业", "property_company", OWN);
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let boss = officer(&town, Role::PropertyStaff, OWN, company);
    let accused = officer(&town, Role::CommitteeHead, OWN, committee);
    let (worker, li, resident) = desk(&town);
    let more = json!({ "grounds": ["crime"], "other": { "organisation": company } });
    let entry = id(&tell(&town, &worker, told_for(&resident, more)).is(201).body);
    // Whose it is sees it as if they had told it; who told it, too.
    for by in [&li, &worker] {
        let seen = entry_seen(&town, by, &entry);
        assert_eq!(
            (&seen["read_as"], &seen["telling"]["other"]["name"]),
            (&json!("entrant"), &json!("友谊物业"))
        );
    }
    town.get(&format!("/v1/dispute-entries/{entry}")).by(&boss).send().is_problem(404, "not-found");
    // The committee itself is the other side: it does not mediate that, nor is it told.
    let more = json!({ "other": { "organisation": committee } });
    let against = id(&tell(&town, &worker, told_for(&resident, more)).is(201).body);
    assert_eq!(town.count("SELECT count(*) FROM matters WHERE holder_id IS NULL"), 1);
    town.get(&format!("/v1/dispute-entries/{against}")).by(&accused).send().is_problem(404, "not-found");
    assert_eq!(listed(&town, &accused, "of=range"), [entry.as_str()]);
    let trail = town.text("SELECT string_agg(detail::text, '') FROM audit_events");
    assert!(trail.contains("police") && !trail.contains("拖动") && !trail.contains("友谊物业"));
}

#[test]
fn what_can_not_be_is_refused() {
    let town = Town::new();
    let company = organisation(&town, "友谊物业", "property_company", OWN);
    let (worker, li, resident) = desk(&town);
    for (more, code) in [
        (json!({ "division": null }), "dispute-entry-division-not-committee"),
        (json!({ "on_behalf": {} }), "dispute-entry-person-unfit"),
        (json!({ "on_behalf": { "resident": resident, "name": "x" } }), "dispute-entry-person-unfit"),
        (json!({ "on_behalf": { "resident": lilong::kit::id::next() } }), "mediation-resident-unknown"),
        (json!({ "other": {} }), "dispute-entry-other-unfit"),
        (json!({ "other": { "name": "x", "organisation": company } }), "dispute-entry-other-unfit"),
        (json!({ "other": { "organisation": lilong::kit::id::next() } }), "mediation-organisation-unknown"),
    ] {
        tell(&town, &worker, told_for(&resident, more)).is_problem(422, code);
    }
    // Whoever may not look into the archive names somebody by name.
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    let by_justice = |more: Value| tell(&town, &justice, told_for(&resident, more));
    by_justice(json!({})).is_problem(422, "mediation-resident-unknown");
    by_justice(json!({ "on_behalf": { "name": "路人", "phone": "13800000199" } })).is(201);
    let elsewhere = town.staff(Role::CommitteeWorker, SIBLING);
    for by in [&elsewhere, &li] {
        tell(&town, by, told_for(&resident, json!({}))).is_problem(403, "forbidden");
    }
    // One tells it where one lives.
    tell(&town, &town.resident(), noise(json!({}))).is_problem(409, "dispute-entry-residency-missing");
    tell(&town, &li, noise(json!({ "division": SIBLING })))
        .is_problem(409, "dispute-entry-residency-missing");
}

#[test]
fn nobody_floods_the_offices_and_a_minor_is_spoken_for() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let li = neighbour(&town, OWN);
    for _ in 0..5 {
        tell(&town, &li, noise(json!({ "grounds": ["sued"] }))).is(201);
    }
    tell(&town, &li, noise(json!({}))).is_problem(429, "dispute-entry-too-many");
    at(&town, "2026-03-03T02:00:00Z");
    let li = again(&town, &li);
    tell(&town, &li, noise(json!({}))).is(201);
    // But not to call the police.
    let boy = neighbour(&town, OWN);
    let born = format!("UPDATE residents SET born_on = '2010-01-01' WHERE account_id = '{}'", boy.account);
    town.execute(&born);
    tell(&town, &boy, noise(json!({}))).is_problem(422, "mediation-guardian-missing");
    tell(&town, &boy, noise(json!({ "grounds": ["violence"] }))).is(201);
    town.execute("DELETE FROM dispute_route_rules WHERE route = 'mediation'");
    tell(&town, &li, noise(json!({}))).is_problem(409, "dispute-entry-route-unknown");
}
