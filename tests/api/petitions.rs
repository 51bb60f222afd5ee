//! Petitions, from a neighbour's word to an answered, rated, closed matter; and who sees what of them.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::invariants::all_hold;
use crate::support::petitions::{
    category, dispatched, draft, events, file, filed, id, neighbour, officer, organisation, seen, step, take,
    tasks,
};
use crate::support::visits::ids;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

fn give_back(town: &Town, by: &Person, dispatch: &str, body: Value) -> crate::support::Reply {
    town.post(&format!("/v1/dispatches/{dispatch}/return"), body).by(by).send()
}

/// The second half of its course.
fn is_answered_rated_and_closed(
    town: &Town,
    petition: &str,
    (chen, worker, guan): (&Person, &Person, &Person),
) {
    step(town, guan, petition, "first-contact", json!({ "note": "已电话联系" })).is(200);
    step(town, guan, petition, "progress", json!({ "note": "内部意见", "audience": "office" })).is(200);
    let answer = json!({ "outcome": "supported", "text": "已责令整改。" });
    assert_eq!(step(town, guan, petition, "answer", answer).is(200).body["state"], "resolved");
    assert_eq!(tasks(town, chen), ["rate"]);
    step(town, worker, petition, "closure", json!({ "note": "办结" })).is_problem(409, "petition-not-rated");
    let rating =
        json!({ "satisfaction": "satisfied", "is_on_time": true, "is_solved": true, "comment": "谢谢" });
    step(town, chen, petition, "rating", rating.clone()).is(200);
    step(town, chen, petition, "rating", rating).is_problem(409, "petition-rated-already");
    assert_eq!(tasks(town, worker), ["close"]);
    assert_eq!(
        step(town, worker, petition, "closure", json!({ "note": "办结" })).is(200).body["state"],
        "closed"
    );
}

#[test]
fn a_neighbour_s_word_is_taken_dispatched_returned_dispatched_again_answered_rated_and_closed() {
    let town = Town::new();
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let property = organisation(&town, "五村物业公司", "property_company", OWN);
    let enforcement = organisation(&town, "友谊路街道城管中队", "department", PARENT);
    let (ma, guan) = (
        officer(&town, Role::PropertyStaff, OWN, property),
        officer(&town, Role::DepartmentOfficer, PARENT, enforcement),
    );
    let petition = filed(&town, &chen);
    assert_eq!(tasks(&town, &worker), ["accept"]);
    let accepted = step(&town, &worker, &petition, "acceptance", json!({ "note": "已受理" }));
    assert_eq!(accepted.is(200).body["state"], "accepted");
    // 首问负责: who received it answers for it, and who asked sees who that is.
    let mine = seen(&town, &chen, &petition);
    assert_eq!(mine["first_receiver"]["display_name"], "陈阿姨");
    let running: Vec<&str> =
        mine["clocks"].as_array().unwrap().iter().map(|one| one["clock"].as_str().unwrap()).collect();
    assert_eq!(running, ["acceptance", "first_contact", "resolution"]);
    let body = json!({ "organisation": property, "role": "lead", "note": "请核查" });
    let first = id(&step(&town, &worker, &petition, "dispatches", body).is(200).body["dispatches"][0]);
    assert_eq!((tasks(&town, &ma), tasks(&town, &worker)), (vec!["take_dispatch".to_owned()], vec![]));
    let back = json!({ "reason": "not_responsible", "note": "查处不属物业", "suggestion": enforcement });
    give_back(&town, &ma, &first, back).is(204);
    // Whoever gave it back does not see it any more.
    town.get(&format!("/v1/petitions/{petition}")).by(&ma).send().is_problem(404, "not-found");
    let body = json!({ "organisation": enforcement, "role": "lead" });
    let second = id(&step(&town, &worker, &petition, "dispatches", body).is(200).body["dispatches"][1]);
    take(&town, &guan, &second).is(200);
    let held = seen(&town, &chen, &petition);
    assert_eq!(
        (&held["holder"]["name"], &held["first_receiver"]),
        (&json!("友谊路街道城管中队"), &Value::Null)
    );
    is_answered_rated_and_closed(&town, &petition, (&chen, &worker, &guan));
    let told = events(&town, &chen, &petition);
    let whole = "submitted accepted dispatched dispatch_returned dispatched dispatch_accepted contacted answered rated closed";
    assert_eq!(told.join(" "), whole);
    // What the office noted for itself is read by the office alone; what came back with words, by staff.
    assert!(events(&town, &guan, &petition).contains(&"progressed".into()));
    let staff = events(&town, &worker, &petition);
    assert!(staff.contains(&"return_noted".into()) && !staff.contains(&"progressed".into()));
    assert_eq!(town.count("SELECT count(*) FROM inbox_items"), 0);
    assert_eq!(town.count("SELECT count(*) FROM matter_clocks WHERE stopped_at IS NULL"), 0);
    all_hold(&town, "the whole course");
    // What came back proposes a correction of the map, and changes nothing by itself.
    assert_eq!(town.count("SELECT count(*) FROM responsibility_proposals WHERE status = 'pending'"), 1);
    assert_eq!(town.count("SELECT count(*) FROM responsibilities"), 0);
}

#[test]
fn who_has_nothing_to_do_with_it_is_told_that_there_is_none() {
    let town = Town::new();
    let chen = neighbour(&town, OWN);
    let petition = filed(&town, &chen);
    let path = format!("/v1/petitions/{petition}");
    let strangers = [
        neighbour(&town, OWN),
        town.resident(),
        town.staff(Role::CommitteeWorker, SIBLING),
        town.staff(Role::StreetOfficer, ELSEWHERE),
        town.staff(Role::PropertyStaff, OWN),
        town.staff(Role::DepartmentOfficer, PARENT),
        town.staff(Role::Auditor, "310000000000"),
        town.staff(Role::SystemAdmin, "310000000000"),
    ];
    for stranger in &strangers {
        town.get(&path).by(stranger).send().is_problem(404, "not-found");
        town.get(&format!("{path}/events")).by(stranger).send().is_problem(404, "not-found");
    }
    for insider in [
        town.staff(Role::CommitteeWorker, OWN),
        town.staff(Role::StreetOfficer, PARENT),
        town.staff(Role::DistrictOfficer, "310113000000"),
    ] {
        assert_eq!(seen(&town, &insider, &petition)["petitioner"]["name"], "陈桂芳");
        assert_eq!(ids(&town.get("/v1/petitions").by(&insider).send()), std::slice::from_ref(&petition));
        assert_eq!(ids(&town.get("/v1/matters").by(&insider).send()), std::slice::from_ref(&petition));
    }
    assert_eq!(ids(&town.get("/v1/petitions").by(&chen).send()), [petition]);
}

#[test]
fn neighbours_read_what_is_open_to_them_without_who_asked_once_it_is_taken() {
    let town = Town::new();
    let (chen, wang, elsewhere) = (neighbour(&town, OWN), neighbour(&town, OWN), neighbour(&town, SIBLING));
    let head = town.staff(Role::CommitteeHead, OWN);
    let open = file(&town, &chen, draft(&town, json!({ "visibility": "community" })));
    let petition = id(&open.is(201).body);
    let path = format!("/v1/petitions/{petition}");
    town.get(&path).by(&wang).send().is_problem(404, "not-found");
    step(&town, &head, &petition, "acceptance", json!({})).is(200);
    let read = seen(&town, &wang, &petition);
    assert_eq!(
        (&read["petitioner"], &read["dispatches"], &read["clocks"]),
        (&Value::Null, &json!([]), &json!([]))
    );
    town.get(&format!("{path}/events")).by(&wang).send().is_problem(403, "forbidden");
    town.get(&path).by(&elsewhere).send().is_problem(404, "not-found");
    let listed = |by: &Person| ids(&town.get("/v1/petitions?of=neighbours").by(by).send());
    assert_eq!((listed(&wang), listed(&elsewhere)), (vec![petition.clone()], vec![]));
    // Other words for neighbours; those as written stay for who handles it.
    let other = json!({ "title": "夜间噪声", "text": "夜间有敲打声。", "reason": "隐去门牌" });
    step(&town, &head, &petition, "moderation", other).is(200);
    assert_eq!(seen(&town, &wang, &petition)["text"], "夜间有敲打声。");
    assert_eq!(seen(&town, &chen, &petition)["text"], "每晚十一点以后还在敲打。");
    step(&town, &head, &petition, "moderation", json!({ "is_hidden": true, "reason": "涉隐私" })).is(200);
    town.get(&path).by(&wang).send().is_problem(404, "not-found");
    assert_eq!(listed(&wang), Vec::<String>::new());
}

#[test]
fn a_report_goes_past_the_committee_and_never_to_whom_it_is_about() {
    let town = Town::new();
    let chen = neighbour(&town, OWN);
    let street_office = organisation(&town, "友谊路街道办事处", "street_office", PARENT);
    let department = organisation(&town, "宝山区纪委监委", "department", "310113000000");
    let (accused, street, district) = (
        officer(&town, Role::StreetOfficer, PARENT, street_office),
        town.staff(Role::StreetOfficer, PARENT),
        officer(&town, Role::DistrictOfficer, "310113000000", department),
    );
    let report = draft(
        &town,
        json!({ "kind": "report", "category": category(&town, "other"), "facts": {}, "accused": street_office }),
    );
    let petition = id(&file(&town, &chen, report).is(201).body);
    let path = format!("/v1/petitions/{petition}");
    for blind in [
        town.staff(Role::CommitteeHead, OWN),
        town.staff(Role::CommitteeWorker, OWN),
        town.staff(Role::Dispatcher, PARENT),
        accused.clone(),
    ] {
        town.get(&path).by(&blind).send().is_problem(404, "not-found");
        assert_eq!(ids(&town.get("/v1/petitions").by(&blind).send()), Vec::<String>::new());
        assert_eq!(ids(&town.get("/v1/matters").by(&blind).send()), Vec::<String>::new());
    }
    assert_eq!(ids(&town.get("/v1/petition-reports").by(&accused).send()), Vec::<String>::new());
    assert_eq!(ids(&town.get("/v1/petition-reports").by(&street).send()), std::slice::from_ref(&petition));
    step(&town, &street, &petition, "acceptance", json!({})).is(200);
    let to_accused = json!({ "organisation": street_office, "role": "lead" });
    step(&town, &street, &petition, "dispatches", to_accused).is_problem(422, "dispatch-to-accused");
    let lead = json!({ "organisation": department, "role": "lead" });
    step(&town, &street, &petition, "dispatches", lead).is(200);
    assert_eq!(seen(&town, &district, &petition)["petitioner"]["name"], "陈桂芳");
    // Nobody is told of it by what waits on them, either.
    assert_eq!(crate::support::petitions::tasks(&town, &accused), Vec::<String>::new());
}

#[test]
fn staff_file_for_somebody_who_confirms_it_later_and_a_number_of_another_system_counts_once() {
    let town = Town::new();
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let resident = town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", chen.account));
    let behalf = json!({
        "resident": resident, "phone": "13900001234", "consent_by": "phone", "channel": "hotline",
        "external_id": "SH20261126-000123"
    });
    let assisted = draft(&town, json!({ "division": OWN, "on_behalf": behalf }));
    let first = file(&town, &worker, assisted.clone());
    let petition = id(&first.is(201).body);
    assert_eq!(id(&file(&town, &worker, assisted.clone()).is(201).body), petition);
    assert_eq!(first.body["petitioner"]["phone"], "+86 139****1234");
    // Another committee may not learn of it by its number.
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let mut theirs = assisted.clone();
    theirs["division"] = json!(SIBLING);
    theirs["on_behalf"]["resident"] = Value::Null;
    theirs["on_behalf"]["name"] = json!("王小明");
    file(&town, &sibling, theirs).is_problem(422, "petition-external-id-unfit");
    assert!(tasks(&town, &chen).contains(&"confirm".into()));
    step(&town, &chen, &petition, "confirmation", json!({})).is(200);
    step(&town, &chen, &petition, "confirmation", json!({})).is_problem(409, "matter-state-unfit");
    // The whole number is read by who works on it, and that shows.
    let looked = step(&town, &worker, &petition, "contact-disclosures", json!({ "reason": "先行联系" }));
    assert_eq!(looked.is(200).body["phone"], "+8613900001234");
    let shown = town.get("/v1/me/disclosures").by(&chen).send();
    assert_eq!(shown.is(200).body["items"][0]["purpose"], "petition");
    assert!(events(&town, &chen, &petition).contains(&"contact_disclosed".into()));
    let handler = dispatched(&town);
    step(&town, &handler.officer, &handler.petition, "contact-disclosures", json!({ "reason": "x" }))
        .is_problem(403, "forbidden");
}
