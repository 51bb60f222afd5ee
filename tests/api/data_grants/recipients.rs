//! To whom people agree to be shown: to one recipient and no other, and each person reads who asks and who reads.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::bases::Scene;
use super::{BUREAU, STATION, grant, path, staff_of};
use crate::support::archive::{draft, enter, person, with};
use crate::support::petitions::organisation;
use crate::support::rights::bind;
use crate::support::volunteering::guard;
use crate::support::{CITY, ELSEWHERE, OWN, Person, SIBLING};

/// Another company, and somebody who reads for it.
fn second(scene: &Scene) -> (Uuid, Person) {
    let firm = organisation(&scene.town, "友谊物业", "property_company", ELSEWHERE);
    (firm, staff_of(&scene.town, Role::PropertyStaff, ELSEWHERE, firm))
}

/// The grants that somebody reads of themselves or, with `?for=`, of a child.
fn own(scene: &Scene, by: &Person, of: &str) -> Vec<Value> {
    let list = scene.town.get(&format!("/v1/me/data-grants{of}")).by(by).send();
    list.is(200).body["items"].as_array().unwrap().clone()
}

/// What they say of whether one agreed.
fn agreed(scene: &Scene, by: &Person, of: &str) -> Vec<Value> {
    own(scene, by, of).iter().map(|one| one["agreed"].clone()).collect()
}

#[test]
fn agreeing_to_one_grantee_shows_one_to_no_other() {
    let scene = Scene::new();
    let (firm, clerk) = second(&scene);
    let chen = scene.neighbour("陈桂芳");
    let to_company = scene.granted();
    let to_firm = grant(&scene.town, &scene.street, json!({ "grantee": firm, "basis": "consent" }));
    let read = || (scene.read(&to_company), scene.read_by(&clerk, &to_firm));
    let (nobody, herself) = (Vec::<String>::new(), vec!["陈桂芳".to_owned()]);
    assert_eq!(read(), (nobody.clone(), nobody.clone()));
    let consent = scene.agree(&chen, "");
    assert_eq!(read(), (herself.clone(), nobody.clone()));
    scene.agree_to(firm, &chen, "");
    assert_eq!(read(), (herself.clone(), herself.clone()));
    scene.withdraw(&chen, &consent);
    assert_eq!(read(), (nobody, herself));
}

#[test]
fn a_guardian_agrees_for_the_child_to_one_grantee_and_reads_who_asks() {
    let scene = Scene::new();
    let (firm, clerk) = second(&scene);
    let parent = scene.neighbour("王建国");
    let child = enter(&scene.town, &scene.worker, with(draft("王小明"), json!({ "born_on": "2016-06-01" })));
    let of = format!("?for={}", child["id"].as_str().unwrap());
    let list = format!("/v1/me/data-grants{of}");
    scene.town.get(&list).by(&parent).send().is_problem(404, "not-found");
    guard(&scene.town, &scene.worker, &parent, child["id"].as_str().unwrap());
    let to_company = scene.granted();
    let to_firm = grant(&scene.town, &scene.street, json!({ "grantee": firm, "basis": "consent" }));
    scene.agree(&parent, &of);
    assert_eq!(scene.read(&to_company), ["王小明"]);
    assert_eq!(scene.read_by(&clerk, &to_firm), Vec::<String>::new());
    assert_eq!(agreed(&scene, &parent, &of), [true, false]);
    assert_eq!(agreed(&scene, &parent, ""), [false, false]);
    let stranger = scene.neighbour("李四");
    for other in [&stranger, &scene.town.resident(), &scene.worker] {
        scene.town.get(&list).by(other).send().is_problem(404, "not-found");
    }
}

#[test]
fn of_two_records_of_one_person_each_recipient_counts_once() {
    let scene = Scene::new();
    let (firm, _) = second(&scene);
    let [from, into] = ["陈桂芳", "陈桂芬"].map(|name| person(&scene.town, &scene.worker, name));
    for (record, recipient) in [(&from, scene.company), (&from, firm), (&into, scene.company)] {
        scene.town.execute(&format!(
            "INSERT INTO consents (id, account_id, resident_id, purpose, recipient_id, notice_version, is_separate, given_at)
                 VALUES (gen_random_uuid(), '{}', '{record}', 'third_party_sharing', '{recipient}', 1, true, now())",
            scene.worker.account
        ));
    }
    let merge = json!({ "from": from, "into": into, "reason": "同一人" });
    scene.town.post("/v1/resident-merges", merge).by(&scene.worker).send().is(201);
    let of = |rest: String| {
        scene.town.count(&format!("SELECT count(*) FROM consents WHERE resident_id = '{into}' {rest}"))
    };
    for recipient in [scene.company, firm] {
        assert_eq!(of(format!("AND withdrawn_at IS NULL AND recipient_id = '{recipient}'")), 1);
    }
    assert_eq!(of(String::new()), 3);
    assert_eq!(scene.read(&scene.granted()), ["陈桂芬"]);
}

#[test]
fn everybody_reads_which_grants_count_for_them_and_whether_they_agreed() {
    let scene = Scene::new();
    let Scene { town, street, company, .. } = &scene;
    let chen = scene.neighbour("陈桂芳");
    let by_consent = json!({ "grantee": company, "basis": "consent", "fields": ["name", "phone"] });
    town.execute(&format!("UPDATE organisations SET phones = '{{021-56780000}}' WHERE id = '{company}'"));
    let city = town.staff(Role::CityOfficer, CITY);
    let of_city = grant(town, &city, json!({ "division": CITY, "grantee": STATION }));
    let of_street = grant(town, street, by_consent.clone());
    let of_committee = grant(town, street, json!({ "division": OWN, "grantee": BUREAU }));
    // None of these: of neighbours, withdrawn, expired, and to a company that has closed.
    grant(town, street, with(by_consent.clone(), json!({ "division": SIBLING }))).is(201);
    let withdrawn = grant(town, street, by_consent.clone());
    town.call("DELETE", &path(&withdrawn, "")).by(street).send().is(204);
    let expiring = json!({ "expires_at": town.now() + TimeDelta::minutes(5) });
    grant(town, street, with(by_consent.clone(), expiring)).is(201);
    let (firm, _) = second(&scene);
    grant(town, street, with(by_consent, json!({ "grantee": firm }))).is(201);
    town.execute(&format!("UPDATE organisations SET closed_on = '2026-01-01' WHERE id = '{firm}'"));
    town.clock.advance(TimeDelta::minutes(5));
    let listed = own(&scene, &chen, "");
    let ids: Vec<&Value> = listed.iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, [&of_city.body["id"], &of_street.body["id"], &of_committee.body["id"]]);
    let expected = json!({
        "id": of_street.body["id"], "grantee": company, "grantee_name": "宝钢物业", "grantee_phones": ["021-56780000"],
        "fields": ["name", "phone"], "purpose": "service", "basis": "consent", "reason": "高龄津贴核对",
        "expires_at": of_street.body["expires_at"], "agreed": false
    });
    assert_eq!(listed[1], expected);
    let consent = scene.agree(&chen, "");
    assert_eq!(agreed(&scene, &chen, ""), [Value::Null, json!(true), Value::Null]);
    scene.withdraw(&chen, &consent);
    // To another, who asks for nothing.
    scene.agree_to(STATION, &chen, "");
    assert_eq!(agreed(&scene, &chen, ""), [Value::Null, json!(false), Value::Null]);
    assert_eq!(own(&scene, &town.resident(), ""), Vec::<Value>::new(), "without a record");
    let rest = town.follow_link("/v1/me/data-grants?limit=2", &chen);
    assert_eq!(rest.body["items"][0]["id"], of_committee.body["id"]);
}

#[test]
fn what_is_agreed_to_for_a_record_counts_where_that_record_is_kept() {
    let scene = Scene::new();
    let chen = scene.neighbour("陈桂芳");
    let next = scene.town.staff(Role::CommitteeWorker, SIBLING);
    let there = enter(&scene.town, &next, with(draft("陈桂芳"), json!({ "division": SIBLING })));
    bind(&scene.town, &chen, &there);
    // As a guardian did before they were 14.
    scene.town.execute(&format!(
        "INSERT INTO consents (id, account_id, resident_id, purpose, recipient_id, notice_version, is_separate, given_at)
             VALUES (gen_random_uuid(), '{}', '{}', 'third_party_sharing', '{}', 1, true, now())",
        scene.worker.account,
        there["id"].as_str().unwrap(),
        scene.company
    ));
    for division in [OWN, SIBLING] {
        let asked = json!({ "grantee": scene.company, "basis": "consent", "division": division });
        grant(&scene.town, &scene.street, asked).is(201);
    }
    assert_eq!(agreed(&scene, &chen, ""), [false, true]);
    let of = format!("?for={}", there["id"].as_str().unwrap());
    assert_eq!(agreed(&scene, &chen, &of), [true]);
}
