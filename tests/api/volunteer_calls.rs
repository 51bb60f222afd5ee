//! Calls for volunteers: who writes and sees them, what they ask and tell, their course, and what becomes of who signed up.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::files::png;
use crate::support::petitions::{neighbour, officer, organisation};
use crate::support::volunteering::{
    add_shift, ahead, organiser, own_signups, replay, sign_up, sign_up_with, step,
};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const BASE: &str = "/v1/volunteer-calls";

fn find(town: &Town, by: &Person, call: &str) -> Reply {
    town.get(&format!("{BASE}/{call}")).by(by).send()
}

fn listed(town: &Town, by: &Person) -> Vec<String> {
    let page = town.get(&format!("{BASE}?limit=100")).by(by).send();
    let items = page.is(200).body["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// A building group of 247号 in `OWN`, led by somebody, and a neighbour who lives in it.
struct Group {
    id: Uuid,
    leader: Person,
    inside: Person,
}

fn group(town: &Town) -> Group {
    let [estate, building, dwelling, id] = std::array::from_fn(|_| lilong::kit::id::next());
    let (leader, inside) = (town.staff(Role::GroupLeader, OWN), neighbour(town, OWN));
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
             VALUES ('{building}', '{estate}', {OWN}, '247号', now(), now());
         INSERT INTO dwellings (id, building_id, division, number, created_at, updated_at)
             VALUES ('{dwelling}', '{building}', {OWN}, '502', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, leader_id, created_at, updated_at)
             VALUES ('{id}', '{estate}', {OWN}, '247号楼组', '{}', now(), now());
         INSERT INTO building_group_members (building_group_id, building_id, unit) VALUES ('{id}', '{building}', '');
         UPDATE residents SET home_id = '{dwelling}' WHERE account_id = '{}'",
        leader.account, inside.account
    ));
    Group { id, leader, inside }
}

#[test]
fn a_call_is_written_told_with_its_risks_and_seen_by_its_visibility() {
    let town = Town::new();
    let (us, group) = (organiser(&town), group(&town));
    let (neighbour_, sibling, stranger) = (neighbour(&town, OWN), neighbour(&town, SIBLING), town.resident());
    let street = town.staff(Role::StreetOfficer, PARENT);
    let community = us.call(&town, json!({ "visibility": "community" }));
    let public = us.call(&town, json!({}));
    let of_group = |more: Value| {
        let draft =
            us.draft(json!({ "organiser": { "building_group": group.id }, "visibility": "building_group" }));
        town.post(BASE, crate::support::archive::with(draft, more)).by(&group.leader).send()
    };
    let own = of_group(json!({})).is(201).body["id"].as_str().unwrap().to_owned();
    // Drafts are for who organises.
    for by in [&neighbour_, &sibling, &stranger, &group.inside] {
        assert_eq!(listed(&town, by), [""; 0]);
        find(&town, by, &own).is_problem(404, "not-found");
    }
    assert_eq!(listed(&town, &group.leader), [own.as_str()]);
    find(&town, &group.leader, &community).is_problem(404, "not-found");
    assert_eq!((listed(&town, &us.worker).len(), listed(&town, &street).len()), (3, 3));
    for call in [&community, &public, &own] {
        us.step(&town, call, "publication").is(201);
    }
    assert_eq!(listed(&town, &stranger), [public.as_str()]);
    assert_eq!(listed(&town, &sibling), [public.as_str()]);
    assert_eq!(listed(&town, &neighbour_), [community.as_str(), public.as_str()]);
    assert_eq!(listed(&town, &group.inside), [community.as_str(), public.as_str(), own.as_str()]);
    find(&town, &sibling, &community).is_problem(404, "not-found");
    find(&town, &neighbour_, &own).is_problem(404, "not-found");
    let seen = find(&town, &group.inside, &own);
    assert_eq!(seen.is(200).body["organiser"]["name"], "247号楼组");
    assert_eq!(seen.body["needs"], json!([{ "role": "搬运", "quantity": 6, "filled": 0 }]));
    // A street's call is for all of its committees.
    let office = organisation(&town, "友谊路街道办", "street_office", PARENT);
    let wide = us.draft(
        json!({ "division": PARENT, "organiser": { "organisation": office }, "visibility": "community" }),
    );
    let wide = town.post(BASE, wide).by(&street).send().is(201).body["id"].as_str().unwrap().to_owned();
    step(&town, &street, &wide, "publication").is(201);
    find(&town, &sibling, &wide).is(200);
    find(&town, &neighbour(&town, ELSEWHERE), &wide).is_problem(404, "not-found");
    step(&town, &us.worker, &wide, "closure").is_problem(404, "not-found");
    step(&town, &sibling, &wide, "closure").is_problem(403, "forbidden");
}

#[test]
fn nobody_organises_for_others_or_without_telling_what_may_happen() {
    let town = Town::new();
    let (us, group) = (organiser(&town), group(&town));
    let post = |by: &Person, more: Value| town.post(BASE, us.draft(more)).by(by).send();
    // A leader calls for the own group alone, and a former one for none.
    post(&group.leader, json!({})).is_problem(403, "forbidden");
    let of_group = json!({ "organiser": { "building_group": group.id } });
    post(&town.staff(Role::GroupLeader, OWN), of_group.clone()).is_problem(403, "forbidden");
    post(&group.leader, of_group.clone()).is(201);
    town.execute(&format!("UPDATE posts SET ended_at = now() WHERE account_id = '{}'", group.leader.account));
    post(&group.leader, of_group).is_problem(403, "forbidden");
    post(&town.staff(Role::CommitteeWorker, SIBLING), json!({})).is_problem(403, "forbidden");
    let unfit = "volunteer-call-organiser-unfit";
    let far = organisation(&town, "别处", "residents_committee", ELSEWHERE);
    for organiser in [
        json!({}),
        json!({ "organisation": us.organisation, "building_group": group.id }),
        json!({ "organisation": far }),
        json!({ "organisation": Uuid::from_u128(9) }),
        json!({ "building_group": Uuid::from_u128(9) }),
    ] {
        post(&us.worker, json!({ "organiser": organiser })).is_problem(422, unfit);
    }
    let dangerous = json!({ "is_dangerous": true });
    post(&us.worker, dangerous).is_problem(422, "volunteer-call-risks-untold");
    let ages = json!({ "requirements": { "minimum_age": 60, "maximum_age": 18 } });
    post(&us.worker, ages).is_problem(422, "volunteer-call-ages-reversed");
    post(&us.worker, json!({ "visibility": "building_group" }))
        .is_problem(422, "volunteer-call-visibility-unfit");
    post(&us.worker, json!({ "division": SIBLING })).is_problem(422, unfit);
    let (street, office) =
        (town.staff(Role::StreetOfficer, PARENT), organisation(&town, "街道办", "street_office", PARENT));
    let nowhere = json!({ "division": "310113003999", "organiser": { "organisation": office } });
    post(&us.worker, nowhere.clone()).is_problem(403, "forbidden");
    post(&street, nowhere).is_problem(422, "volunteer-call-division-unknown");
    let call = us.call(&town, json!({}));
    let patch = |more: Value| town.patch(&format!("{BASE}/{call}"), "*", more).by(&us.worker).send();
    patch(json!({ "is_dangerous": true })).is_problem(422, "volunteer-call-risks-untold");
    patch(json!({ "visibility": "building_group" })).is_problem(422, "volunteer-call-visibility-unfit");
    let insured = json!({ "insurer": "人保", "policy": "A-1", "until": "2030-01-01" });
    let changed =
        patch(json!({ "is_dangerous": true, "risks": "高处作业", "insurance": insured, "needs": [] }));
    assert_eq!((&changed.is(200).body["insurance"], &changed.body["needs"]), (&insured, &json!([])));
    assert_eq!(patch(json!({ "insurance": null })).is(200).body["insurance"], Value::Null);
    town.patch(&format!("{BASE}/{call}"), "\"v1\"", json!({}))
        .by(&us.worker)
        .send()
        .is_problem(412, "version-stale");
}

#[test]
fn a_call_is_in_the_name_of_who_writes_it_or_of_whom_they_reach() {
    let town = Town::new();
    let us = organiser(&town);
    let bureau = organisation(&town, "上海市民政局", "department", "310000000000");
    let office = organisation(&town, "友谊路街道办", "street_office", PARENT);
    let company = organisation(&town, "宝钢物业", "property_company", OWN);
    let team = |by: &Person, organisation: Uuid| {
        let name = lilong::kit::id::next().to_string();
        let organiser = json!({ "organisation": organisation });
        let draft = json!({ "division": OWN, "organiser": organiser, "name": name, "kind": "standing" });
        town.post("/v1/volunteer-teams", draft).by(by).send()
    };
    let call = |by: &Person, organisation: Uuid| {
        let organiser = json!({ "organiser": { "organisation": organisation } });
        town.post(BASE, us.draft(organiser)).by(by).send()
    };
    let street = town.staff(Role::StreetOfficer, PARENT);
    // The street's own worker in the committee; and one who has a post of the bureau's, but none that organises.
    let lent = officer(&town, Role::CommitteeWorker, OWN, office);
    let dispatcher = officer(&town, Role::Dispatcher, PARENT, bureau);
    town.appoint(&dispatcher, Role::CommitteeWorker, OWN);
    for (by, organisation, is_theirs) in [
        (&us.worker, us.organisation, true),
        (&us.worker, company, true),
        (&us.worker, office, false),
        (&us.worker, bureau, false),
        (&street, company, true),
        (&street, office, true),
        (&street, bureau, false),
        (&lent, office, true),
        (&dispatcher, bureau, false),
    ] {
        for reply in [call(by, organisation), team(by, organisation)] {
            if is_theirs {
                reply.is(201);
            } else {
                reply.is_problem(422, "volunteer-call-organiser-unfit");
            }
        }
    }
}

#[test]
fn a_poster_is_fetched_by_whoever_sees_the_call() {
    let town = Town::new();
    let (us, inside, stranger) = (organiser(&town), neighbour(&town, OWN), town.resident());
    let file = town.upload("海报.png", &png(30, 20)).by(&us.worker).send().is(201).body["id"].clone();
    let call = us.call(&town, json!({ "visibility": "community", "poster": file }));
    us.call(&town, json!({}));
    let again = us.draft(json!({ "poster": file }));
    town.post(BASE, again).by(&us.worker).send().is_problem(422, "file-unknown");
    let content = format!("/v1/files/{}/content", file.as_str().unwrap());
    town.get(&content).by(&inside).send().is_problem(404, "not-found");
    us.step(&town, &call, "publication").is(201);
    town.get(&content).by(&inside).send().is(200);
    town.get(&content).by(&stranger).send().is_problem(404, "not-found");
    assert_eq!(find(&town, &inside, &call).body["poster"]["id"], file);
}

#[test]
fn who_signed_up_is_told_that_it_is_cancelled_and_sees_it_in_their_list() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let (first, second) = (
        us.shift(&town, &call, json!({ "capacity": 1 })),
        us.shift(&town, &call, json!({ "starts_at": ahead(&town, 3000), "ends_at": ahead(&town, 3060) })),
    );
    let all: Vec<Person> = (0..3).map(|_| neighbour(&town, OWN)).collect();
    for one in &all {
        sign_up(&town, one, &first).is(201);
    }
    sign_up(&town, &all[0], &second).is(201);
    us.step(&town, &call, "cancellation").is(201);
    for shift in [&first, &second] {
        assert_eq!(replay(&town, shift), (0, 0));
    }
    assert_eq!(own_signups(&town, &all[0]).iter().filter(|one| one["state"] == "cancelled").count(), 2);
    assert_eq!(own_signups(&town, &all[2])[0]["call_state"], "cancelled");
    let told = "SELECT sum(jsonb_array_length(payload -> 'signups')) FROM outbox WHERE topic = 'shift_signups.cancelled'";
    assert_eq!(town.count(told), 4);
    // A draft that is cancelled never was for anybody.
    let draft = us.call(&town, json!({}));
    us.step(&town, &draft, "cancellation").is(201);
    find(&town, &all[0], &draft).is_problem(404, "not-found");
    assert!(!listed(&town, &all[0]).contains(&draft));
    sign_up(&town, &neighbour(&town, OWN), &first).is_problem(409, "shift-not-open");
    assert_eq!(find(&town, &all[0], &call).is(200).body["reason"], "当日有暴雨预警");
}

#[test]
fn shifts_are_planned_within_reason_and_a_call_ends_after_them() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let add = |more: Value| add_shift(&town, &us.worker, &call, more);
    for (more, pointer) in [
        (json!({ "starts_at": ahead(&town, -5) }), "/starts_at"),
        (json!({ "ends_at": ahead(&town, 1440) }), "/ends_at"),
        (json!({ "ends_at": ahead(&town, 1440 + 25 * 60) }), "/ends_at"),
        (json!({ "ends_at": null }), "/ends_at"),
        (json!({ "kind": "open_ended" }), "/ends_at"),
        (
            json!({ "starts_at": ahead(&town, 400 * 1440), "ends_at": ahead(&town, 400 * 1440 + 60) }),
            "/starts_at",
        ),
    ] {
        let reply = add(more);
        assert_eq!(reply.is_problem(422, "shift-times-unfit").body["errors"][0]["pointer"], pointer);
    }
    add(json!({ "withdraw_until": ahead(&town, 1500) })).is_problem(422, "shift-deadline-unfit");
    add(json!({ "capacity": 0 })).is_problem(422, "field-invalid");
    add(json!({ "kind": "open_ended", "ends_at": null })).is(201);
    let shift = us.shift(&town, &call, json!({}));
    us.step(&town, &call, "closure").is(201);
    us.step(&town, &call, "completion").is_problem(409, "volunteer-call-not-over");
    town.patch(&format!("/v1/shifts/{shift}"), "*", json!({ "is_cancelled": true }))
        .by(&us.worker)
        .send()
        .is(200);
    us.step(&town, &call, "completion").is(201);
    sign_up_with(&town, &town.resident(), &shift, "", json!({})).is_problem(409, "shift-outside");
}
