//! What is not possible, and how clearly it is said: what is wrong with a petition, with a dispatch, with a step.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::files::png;
use crate::support::invariants::all_hold;
use crate::support::petitions::{
    Dispatched, category, dispatched, draft, file, filed, id, key, neighbour, officer, organisation, seen,
    step, take, tasks,
};
use crate::support::visits::home;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn give_back(town: &Town, by: &Person, dispatch: &str) -> Reply {
    let body = json!({ "reason": "not_responsible", "note": "x" });
    town.post(&format!("/v1/dispatches/{dispatch}/return"), body).by(by).send()
}

fn dispatch(town: &Town, by: &Person, petition: &str, organisation: Uuid, role: &str) -> Reply {
    step(town, by, petition, "dispatches", json!({ "organisation": organisation, "role": role }))
}

/// The newest hop.
fn newest(view: &Reply) -> String {
    id(view.is(200).body["dispatches"].as_array().unwrap().last().unwrap())
}

#[test]
fn what_is_wrong_with_a_petition_is_said_at_its_field() {
    let town = Town::new();
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let elsewhere = home(&town, SIBLING);
    let stranger = town.upload("x.png", &png(3, 2)).by(&worker).send().is(201).body["id"].clone();
    let wrong = |more: Value| file(&town, &chen, draft(&town, more));
    for (more, code) in [
        (json!({ "text": "长".repeat(4001) }), "field-invalid"),
        (json!({ "text": "有\u{0}零" }), "field-invalid"),
        (json!({ "text": "  " }), "petition-text-missing"),
        (json!({ "title": "" }), "field-invalid"),
        (json!({ "facts": { "source": "邻里", "time_of_day": "三点" } }), "petition-fact-invalid"),
        (json!({ "facts": { "source": "邻里", "time_of_day": 3 } }), "field-invalid"),
        (json!({ "facts": { "source": "邻里", "time_of_day": "深夜", "x": "y" } }), "petition-fact-unknown"),
        (json!({ "facts": {} }), "petition-fact-missing"),
        (json!({ "files": [stranger] }), "file-unknown"),
        (json!({ "files": [Uuid::from_u128(9)] }), "file-unknown"),
        (json!({ "home": elsewhere }), "petition-place-unknown"),
        (json!({ "home": Uuid::from_u128(9) }), "petition-place-unknown"),
        (json!({ "building_group": Uuid::from_u128(9) }), "petition-place-unknown"),
        (json!({ "visibility": "building_group" }), "petition-building-group-missing"),
        (json!({ "category": Uuid::from_u128(9) }), "petition-category-unfit"),
        (json!({ "accused": Uuid::from_u128(9) }), "petition-report-unfit"),
        (json!({ "closes_on": "2026-12-31" }), "petition-joint-unfit"),
        (json!({ "kind": "joint_petition" }), "petition-joint-unfit"),
        (json!({ "kind": "report", "visibility": "public" }), "petition-report-unfit"),
        (json!({ "kind": "report", "accused": Uuid::from_u128(9) }), "petition-accused-unknown"),
        (json!({ "state": "closed" }), "field-unknown"),
    ] {
        let told = more.to_string();
        let reply = wrong(more);
        assert_eq!(reply.status, 422, "{told}: {}", reply.text);
        let codes = format!("{} {}", reply.code(), reply.body["errors"][0]["code"]);
        assert!(codes.contains(code) || code.starts_with("field"), "{told}: {}", reply.text);
        assert!(reply.body["errors"][0]["pointer"].is_string(), "{told}: {}", reply.text);
    }
    assert_eq!(town.count("SELECT count(*) FROM matters"), 0);
}

#[test]
fn what_is_no_petition_at_all_is_refused_before_it_is_read() {
    let town = Town::new();
    let (chen, noise) = (neighbour(&town, OWN), category(&town, "noise"));
    let wrong = |more: Value| file(&town, &chen, draft(&town, more));
    let huge = vec![b'x'; 10 << 20];
    let reply = town
        .call("POST", "/v1/petitions")
        .bytes("application/json", huge)
        .header("Idempotency-Key", &key())
        .by(&chen)
        .send();
    reply.is_problem(413, "body-too-large");
    town.upload("x.jpg", b"no photo at all").by(&chen).send().is_problem(422, "file-kind-unsupported");
    town.post("/v1/petitions", draft(&town, json!({})))
        .by(&chen)
        .send()
        .is_problem(400, "idempotency-key-missing");
    // Where one does not live, and a category of another district.
    wrong(json!({ "division": SIBLING })).is_problem(409, "petition-resident-unverified");
    town.execute(&format!("UPDATE petition_categories SET division = 310101000000 WHERE id = '{noise}'"));
    wrong(json!({})).is_problem(422, "petition-category-unfit");
    assert_eq!(town.count("SELECT count(*) FROM matters"), 0);
    assert_eq!(town.count("SELECT count(*) FROM inbox_items"), 0);
}

#[test]
fn what_is_wrong_with_what_staff_enter_is_said_at_its_field() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let far = neighbour(&town, SIBLING);
    let far = town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", far.account));
    let wrong = |more: Value| {
        let behalf = json!({ "name": "王小明", "consent_by": "phone", "channel": "counter" });
        let behalf = crate::support::archive::with(behalf, more);
        file(&town, &worker, draft(&town, json!({ "division": OWN, "on_behalf": behalf })))
    };
    wrong(json!({ "channel": "app" })).is_problem(422, "petition-external-id-unfit");
    wrong(json!({ "resident": far })).is_problem(422, "petition-petitioner-unknown");
    wrong(json!({ "name": null })).is_problem(422, "petition-petitioner-unknown");
    wrong(json!({ "visit_finding": Uuid::from_u128(9) })).is_problem(422, "petition-visit-finding-unknown");
    let body = |division: &str| {
        let behalf = json!({ "name": "王小明", "consent_by": "phone", "channel": "counter" });
        draft(&town, json!({ "division": division, "on_behalf": behalf }))
    };
    file(&town, &worker, body(SIBLING)).is_problem(403, "forbidden");
    file(&town, &worker, body(ELSEWHERE)).is_problem(403, "forbidden");
    let street = town.staff(Role::StreetOfficer, PARENT);
    file(&town, &street, body(PARENT)).is_problem(422, "petition-division-not-committee");
    assert_eq!(town.count("SELECT count(*) FROM matters"), 0);
}

#[test]
fn one_names_one_s_own_home_and_changes_a_petition_until_it_is_taken() {
    let town = Town::new();
    let (chen, worker) = (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let dwelling = home(&town, OWN);
    file(&town, &chen, draft(&town, json!({ "home": dwelling }))).is_problem(422, "petition-place-unknown");
    town.execute(&format!(
        "UPDATE residents SET home_id = '{dwelling}' WHERE account_id = '{}'",
        chen.account
    ));
    let view = file(&town, &chen, draft(&town, json!({ "home": dwelling })));
    let petition = id(&view.is(201).body);
    assert_eq!(view.body["home"], json!(dwelling));
    let path = format!("/v1/petitions/{petition}");
    let patch = |by: &Person, version: &str, body: Value| town.patch(&path, version, body).by(by).send();
    let changed = patch(&chen, view.header("etag"), json!({ "title": "只改标题" }));
    assert_eq!(changed.is(200).body["title"], "只改标题");
    patch(&chen, view.header("etag"), json!({ "title": "x" })).is_problem(412, "version-stale");
    patch(&chen, "*", json!({ "text": " " })).is_problem(422, "petition-text-missing");
    patch(&chen, "*", json!({ "visibility": "building_group" }))
        .is_problem(422, "petition-building-group-missing");
    patch(&worker, "*", json!({ "title": "x" })).is_problem(403, "forbidden");
    patch(&chen, "*", json!({})).is(200);
    // A reason that hides nothing is a reason, too.
    let other = filed(&town, &chen);
    step(&town, &worker, &other, "rejection", json!({ "reason": "not_competent", "note": "x" })).is(200);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    patch(&chen, "*", json!({ "title": "y" })).is_problem(409, "petition-change-late");
    all_hold(&town, "changes");
}

#[test]
fn a_dispatch_goes_to_another_in_range_and_is_taken_by_whom_it_came_to() {
    let town = Town::new();
    let one = dispatched(&town);
    let petition = filed(&town, &one.petitioner);
    let own = organisation(&town, "五村居委会", "department", OWN);
    let worker = officer(&town, Role::CommitteeWorker, OWN, own);
    let (far, closed) = (
        organisation(&town, "老西门城管", "department", "310101002000"),
        organisation(&town, "旧物业", "property_company", OWN),
    );
    town.execute(&format!("UPDATE organisations SET closed_on = '2026-01-01' WHERE id = '{closed}'"));
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    let to = |organisation, role| dispatch(&town, &worker, &petition, organisation, role);
    to(own, "lead").is_problem(422, "dispatch-to-oneself");
    to(far, "lead").is_problem(422, "dispatch-outside-range");
    to(closed, "lead").is_problem(422, "dispatch-organisation-unknown");
    to(Uuid::from_u128(9), "lead").is_problem(422, "dispatch-organisation-unknown");
    let unnamed = json!({ "role": "lead" });
    step(&town, &worker, &petition, "dispatches", unnamed).is_problem(422, "dispatch-organisation-unknown");
    to(one.organisation, "assist").is_problem(409, "matter-state-unfit");
    let asked = newest(&to(one.organisation, "lead"));
    let other = organisation(&town, "另一物业", "property_company", OWN);
    let other = officer(&town, Role::PropertyStaff, OWN, other);
    take(&town, &other, &asked).is_problem(404, "not-found");
    give_back(&town, &other, &asked).is_problem(404, "not-found");
    take(&town, &worker, &asked).is_problem(403, "forbidden");
    take(&town, &one.petitioner, &asked).is_problem(403, "forbidden");
    take(&town, &one.officer, &Uuid::from_u128(9).to_string()).is_problem(404, "not-found");
    to(one.organisation, "assist").is_problem(409, "dispatch-taken");
    // Whoever was asked has decided nothing before they accept.
    let note = json!({ "note": "x" });
    step(&town, &one.officer, &petition, "first-contact", note.clone())
        .is_problem(409, "petition-held-elsewhere");
    take(&town, &one.officer, &asked).is(200);
    take(&town, &one.officer, &asked).is_problem(409, "matter-state-unfit");
    give_back(&town, &one.officer, &asked).is_problem(409, "matter-state-unfit");
    step(&town, &worker, &petition, "first-contact", note).is_problem(409, "petition-held-elsewhere");
    all_hold(&town, "dispatches");
}

#[test]
fn whoever_assists_reads_and_notes_and_does_not_answer() {
    let town = Town::new();
    let Dispatched { petition, worker, officer: lead, dispatch: asked, .. } = dispatched(&town);
    let helper = organisation(&town, "市场监管所", "department", PARENT);
    let assists = officer(&town, Role::DepartmentOfficer, PARENT, helper);
    let assist = newest(&dispatch(&town, &worker, &petition, helper, "assist"));
    take(&town, &assists, &assist).is(200);
    give_back(&town, &lead, &asked).is(204);
    all_hold(&town, "a lead that went");
    let answer = json!({ "outcome": "explained", "text": "x" });
    let note = json!({ "note": "x" });
    step(&town, &assists, &petition, "answer", answer.clone()).is_problem(409, "petition-held-elsewhere");
    step(&town, &assists, &petition, "first-contact", note).is_problem(409, "petition-held-elsewhere");
    step(&town, &worker, &petition, "answer", answer.clone()).is(200);
    step(&town, &assists, &petition, "answer", answer).is_problem(409, "petition-held-elsewhere");
    all_hold(&town, "an answer");
}

#[test]
fn ping_pong_goes_up_the_line_and_the_lower_level_decides_no_more() {
    let town = Town::new();
    let Dispatched { petition, worker, officer: first, organisation: company, dispatch: asked, .. } =
        dispatched(&town);
    let (street, department) =
        (town.staff(Role::StreetOfficer, PARENT), organisation(&town, "城管中队", "department", PARENT));
    let second = officer(&town, Role::DepartmentOfficer, PARENT, department);
    give_back(&town, &first, &asked).is(204);
    dispatch(&town, &worker, &petition, company, "lead").is_problem(409, "dispatch-returned-before");
    let asked = newest(&dispatch(&town, &worker, &petition, department, "lead"));
    give_back(&town, &second, &asked).is(204);
    dispatch(&town, &worker, &petition, company, "lead").is_problem(409, "petition-level-above");
    assert_eq!((tasks(&town, &worker), tasks(&town, &street)), (vec![], vec!["dispatch".to_owned()]));
    let asked = newest(&dispatch(&town, &street, &petition, company, "lead"));
    give_back(&town, &first, &asked).is(204);
    let asked = newest(&dispatch(&town, &street, &petition, department, "lead"));
    give_back(&town, &second, &asked).is(204);
    dispatch(&town, &street, &petition, company, "lead").is_problem(409, "petition-level-above");
    assert_eq!(seen(&town, &worker, &petition)["level"], "district");
    all_hold(&town, "ping-pong");
}

#[test]
fn nobody_rates_but_who_asked_and_not_whoever_handled_it() {
    let town = Town::new();
    let rating = json!({ "satisfaction": "satisfied", "is_on_time": true, "is_solved": true });
    let one = dispatched(&town);
    town.execute(&format!("UPDATE petitions SET visibility = 'community' WHERE id = '{}'", one.petition));
    one.take(&town);
    let answer = json!({ "outcome": "explained", "text": "x" });
    step(&town, &one.officer, &one.petition, "answer", answer.clone()).is(200);
    let rate = |by: &Person, petition: &str| step(&town, by, petition, "rating", rating.clone());
    rate(&town.resident(), &one.petition).is_problem(404, "not-found");
    rate(&neighbour(&town, OWN), &one.petition).is_problem(403, "forbidden");
    rate(&one.officer, &one.petition).is_problem(403, "forbidden");
    rate(&one.worker, &one.petition).is_problem(403, "forbidden");
    rate(&town.staff(Role::StreetOfficer, PARENT), &one.petition).is_problem(409, "petition-rating-own");
    // Somebody without an account is called back, but not by whoever handled it.
    let office = organisation(&town, "街道城建办", "department", PARENT);
    let holder = officer(&town, Role::StreetOfficer, PARENT, office);
    let behalf = json!({ "name": "王小明", "consent_by": "phone", "channel": "counter" });
    let called = draft(&town, json!({ "division": OWN, "on_behalf": behalf }));
    let petition = id(&file(&town, &one.worker, called).is(201).body);
    step(&town, &one.worker, &petition, "acceptance", json!({})).is(200);
    let asked = newest(&dispatch(&town, &one.worker, &petition, office, "lead"));
    take(&town, &holder, &asked).is(200);
    step(&town, &holder, &petition, "answer", answer).is(200);
    rate(&holder, &petition).is_problem(409, "petition-rating-by-holder");
    rate(&town.staff(Role::Dispatcher, PARENT), &petition).is(200);
    all_hold(&town, "ratings");
}

#[test]
fn a_request_for_more_time_ends_with_the_answer_and_a_review_outlives_the_closure() {
    let town = Town::new();
    let one = dispatched(&town);
    let (street, reviewer) =
        (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::StreetOfficer, PARENT));
    one.take(&town);
    let ask = json!({ "clock": "resolution", "amount": 1, "reason": "x" });
    step(&town, &one.officer, &one.petition, "extensions", ask).is(200);
    let extension = town.text("SELECT id FROM matter_extensions");
    assert_eq!(tasks(&town, &street), ["decide_extension"]);
    step(&town, &one.officer, &one.petition, "answer", json!({ "outcome": "explained", "text": "x" }))
        .is(200);
    all_hold(&town, "an answer before the decision");
    let path = format!("/v1/matter-extensions/{extension}/decision");
    town.post(&path, json!({ "decision": "approved" }))
        .by(&street)
        .send()
        .is_problem(409, "extension-decided");
    assert!(tasks(&town, &street).is_empty());
    let review = json!({ "stage": "review", "reason": "x" });
    step(&town, &one.petitioner, &one.petition, "reviews", review.clone()).is(200);
    step(&town, &one.petitioner, &one.petition, "reviews", review)
        .is_problem(409, "petition-reviewed-already");
    step(&town, &one.petitioner, &one.petition, "reopening", json!({ "reason": "x" }))
        .is_problem(409, "petition-review-pending");
    step(&town, &one.petitioner, &one.petition, "closure", json!({ "note": "x" })).is(200);
    all_hold(&town, "closed while a review waits");
    assert_eq!(tasks(&town, &reviewer), ["review"]);
    let answer = json!({ "conclusion": "upheld", "text": "x" });
    step(&town, &reviewer, &one.petition, "reviews/review/answer", answer.clone()).is(200);
    step(&town, &reviewer, &one.petition, "reviews/review/answer", answer)
        .is_problem(409, "petition-review-absent");
    all_hold(&town, "a review answered");
}
