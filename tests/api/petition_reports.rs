//! Reports 检举: read by few, never by whom they are about, and by nobody who made it that need not know.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::files::png;
use crate::support::petitions::{
    all_read_by, category, draft, file, id, join, named, neighbour, officer, organisation, step, tasks,
};
use crate::support::{CITY, OWN, PARENT, Person, Town};

const DISTRICT: &str = "310113000000";

/// A report about the street's office, with a photo, by somebody with a name of their own.
struct Reported {
    town: Town,
    whistle: Person,
    petition: String,
    office: Uuid,
    photo: String,
}

fn reported() -> Reported {
    let town = Town::new();
    let whistle = neighbour(&town, OWN);
    named(&town, &whistle, "吹哨人");
    let office = organisation(&town, "友谊路街道办事处", "street_office", PARENT);
    let photo = town.upload("x.png", &png(3, 2)).by(&whistle).send().is(201).body["id"].clone();
    let report = draft(
        &town,
        json!({
            "kind": "report", "category": category(&town, "other"), "facts": {}, "accused": office,
            "title": "街道办收礼", "text": "逢年过节收受礼品。", "place": "办公楼二楼", "files": [photo]
        }),
    );
    let petition = id(&file(&town, &whistle, report).is(201).body);
    Reported { whistle, petition, office, photo: photo.as_str().unwrap().to_owned(), town }
}

/// Those who must not learn of it: whom it is about, at any height and with other posts besides, and who need not know.
fn blind(town: &Town, office: Uuid) -> Vec<Person> {
    let elsewhere = organisation(town, "市纪委", "department", CITY);
    let accused: Vec<Person> = [
        (Role::StreetOfficer, PARENT),
        (Role::DistrictOfficer, DISTRICT),
        (Role::CityOfficer, CITY),
        (Role::Dispatcher, PARENT),
        (Role::PropertyStaff, OWN),
    ]
    .map(|(role, place)| officer(town, role, place, office))
    .into();
    town.appoint(&accused[0], Role::DistrictOfficer, DISTRICT);
    town.appoint(&accused[4], Role::StreetOfficer, PARENT);
    let mut blind = vec![
        neighbour(town, OWN),
        town.staff(Role::CommitteeHead, OWN),
        town.staff(Role::CommitteeWorker, OWN),
        town.staff(Role::Dispatcher, PARENT),
        town.staff(Role::StreetOfficer, "310101002000"),
        town.staff(Role::Auditor, CITY),
        officer(town, Role::DepartmentOfficer, CITY, elsewhere),
    ];
    blind.extend(accused);
    blind
}

impl Reported {
    /// None of them finds it anywhere, opens its photo, or does anything to it.
    fn is_hidden_from(&self, blind: &[Person], stage: &str) {
        let Reported { town, petition, photo, .. } = self;
        for (n, person) in blind.iter().enumerate() {
            let read = all_read_by(town, person, petition);
            for secret in ["收礼", "收受", "吹哨人", "办公楼", petition.as_str()] {
                // The address of the petition is echoed where it is asked for.
                let read = read.replace(&format!("/v1/petitions/{petition}"), "");
                assert!(!read.contains(secret), "{stage}: {n} reads {secret}: {read}");
            }
            town.get(&format!("/v1/files/{photo}/content")).by(person).send().is_problem(404, "not-found");
            let note = json!({ "reason": "x" });
            step(town, person, petition, "contact-disclosures", note).is_problem(404, "not-found");
            let parent = json!({ "parent": null });
            let reply = town.post(&format!("/v1/matters/{petition}/parent"), parent).by(person).send();
            assert!(matches!(reply.status, 403 | 404), "{}", reply.text);
        }
    }
}

#[test]
fn a_report_leaves_no_trace_where_it_is_not_to_be_read() {
    let case = reported();
    let Reported { town, whistle, petition, office, .. } = &case;
    let (street, blind) = (town.staff(Role::StreetOfficer, PARENT), blind(town, *office));
    case.is_hidden_from(&blind, "submitted");
    assert_eq!(tasks(town, &street), ["accept"]);
    step(town, &street, petition, "acceptance", json!({})).is(200);
    case.is_hidden_from(&blind, "accepted");
    town.execute("UPDATE matter_clocks SET escalations = 2 WHERE stopped_at IS NULL");
    step(town, &street, petition, "progress", json!({ "note": "x", "audience": "staff" })).is(200);
    case.is_hidden_from(&blind, "late");
    step(town, &street, petition, "answer", json!({ "outcome": "explained", "text": "收礼一事已查" }))
        .is(200);
    case.is_hidden_from(&blind, "answered");
    assert_eq!(tasks(town, whistle), ["rate"]);
    step(town, whistle, petition, "closure", json!({ "note": "x" })).is(200);
    case.is_hidden_from(&blind, "closed");
    step(town, &street, petition, "publication", json!({ "title": "x", "text": "x" }))
        .is_problem(409, "matter-state-unfit");
}

#[test]
fn who_investigates_a_report_does_not_learn_who_made_it() {
    let Reported { town, whistle, petition, office, .. } = reported();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let watch = organisation(&town, "街道纪工委", "department", PARENT);
    let other = organisation(&town, "区纪委监委", "department", DISTRICT);
    let (guan, double) = (
        officer(&town, Role::DepartmentOfficer, PARENT, watch),
        officer(&town, Role::DepartmentOfficer, PARENT, watch),
    );
    // One of them has a post where it is about, too.
    join(&town, &double, "lawyer", office);
    step(&town, &whistle, &petition, "confirmation", json!({})).is_problem(409, "matter-state-unfit");
    town.patch(&format!("/v1/petitions/{petition}"), "*", json!({ "title": "街道办收礼二" }))
        .by(&whistle)
        .send()
        .is(200);
    step(&town, &street, &petition, "acceptance", json!({})).is(200);
    for role in ["lead", "assist"] {
        let body = json!({ "organisation": office, "role": role });
        step(&town, &street, &petition, "dispatches", body).is_problem(422, "dispatch-to-accused");
    }
    let body = json!({ "organisation": watch, "role": "lead" });
    let dispatch = id(&step(&town, &street, &petition, "dispatches", body).is(200).body["dispatches"][0]);
    let read = all_read_by(&town, &guan, &petition);
    assert!(read.contains("收礼"));
    let resident = town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", whistle.account));
    let account = whistle.account.0.to_string();
    for secret in
        ["吹哨人", "陈桂芳", whistle.phone.trim_start_matches("+86"), account.as_str(), resident.as_str()]
    {
        assert!(!read.contains(secret), "{secret}: {read}");
    }
    step(&town, &guan, &petition, "contact-disclosures", json!({ "reason": "x" }))
        .is_problem(404, "not-found");
    let read = all_read_by(&town, &double, &petition).replace(&format!("/v1/petitions/{petition}"), "");
    assert!(!read.contains("收礼") && !read.contains(&petition), "{read}");
    assert!(all_read_by(&town, &street, &petition).contains("吹哨人"));
    // Given back, it teaches the map nothing that many read.
    let back = json!({ "reason": "not_responsible", "note": "x", "suggestion": other });
    town.post(&format!("/v1/dispatches/{dispatch}/return"), back).by(&guan).send().is(204);
    assert_eq!(town.count("SELECT count(*) FROM responsibility_proposals"), 0);
    let read = all_read_by(&town, &guan, &petition).replace(&format!("/v1/petitions/{petition}"), "");
    assert!(!read.contains("收礼") && !read.contains(&petition), "{read}");
}

#[test]
fn the_committee_enters_no_report_for_somebody() {
    let town = Town::new();
    let office = organisation(&town, "友谊路街道办事处", "street_office", PARENT);
    let behalf = json!({ "name": "王小明", "consent_by": "in_person", "channel": "counter" });
    let report = |accused: Value| {
        let more = json!({
            "kind": "report", "category": category(&town, "other"), "facts": {}, "division": OWN, "on_behalf": behalf,
            "accused": accused
        });
        draft(&town, more)
    };
    for by in [
        town.staff(Role::CommitteeHead, OWN),
        town.staff(Role::Dispatcher, PARENT),
        officer(&town, Role::StreetOfficer, PARENT, office),
    ] {
        file(&town, &by, report(json!(office))).is_problem(409, "petition-report-elsewhere");
    }
    let street = town.staff(Role::StreetOfficer, PARENT);
    file(&town, &street, report(json!(Uuid::from_u128(7)))).is_problem(422, "petition-accused-unknown");
    file(&town, &street, report(json!(office))).is(201);
}
