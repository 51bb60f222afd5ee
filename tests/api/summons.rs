//! Summons: an organisation is called, replies, comes and answers; every step follows from where it stands, or is refused.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::power::{category, organisation, returned, speaker};
use crate::support::summons::{BASE, call};
use crate::support::tags::id;
use crate::support::visits::ids;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply};

const OTHER_STREET: &str = "310101002000";

/// The steps, with what each sends.
const STEPS: [&str; 5] = ["acceptance", "refusal", "attendance", "answer", "withdrawal"];

/// Where a summons can stand, and which steps follow from there.
const STANDS: [(&str, bool, bool, &[&str]); 9] = [
    ("pending", false, false, &["acceptance", "refusal", "attendance", "withdrawal"]),
    ("accepted", false, false, &["attendance", "answer", "withdrawal"]),
    ("accepted", false, true, &["attendance"]),
    ("accepted", true, false, &["answer"]),
    ("accepted", true, true, &[]),
    ("pending", true, false, &["answer"]),
    ("pending", true, true, &[]),
    ("declined", false, false, &[]),
    ("withdrawn", false, false, &[]),
];

#[test]
fn every_step_follows_from_where_it_stands_or_changes_nothing() {
    let call = call();
    for (state, is_noted, is_answered, allowed) in STANDS {
        for step in STEPS {
            let summons = call.stand(state, is_noted, is_answered);
            let before = call.row(&summons);
            let events = || call.town.count("SELECT count(*) FROM audit_events");
            let seen = events();
            let what = format!("{step} when {state}, noted {is_noted}, answered {is_answered}");
            let reply = call.own_step(&summons, step);
            if allowed.contains(&step) {
                assert_eq!(reply.status, 201, "{what}: {}", reply.text);
                assert_eq!((reply.body["version"].as_i64(), events()), (Some(2), seen + 1), "{what}");
                // And no second time.
                let after = call.row(&summons);
                call.own_step(&summons, step).is_problem(409, "summons-state-changed");
                assert_eq!(call.row(&summons), after, "{what}, twice");
            } else {
                reply.is_problem(409, "summons-state-changed");
                assert_eq!((call.row(&summons), events()), (before, seen), "{what}");
            }
        }
    }
}

#[test]
fn a_department_is_called_comes_and_answers_and_its_record_shows_it() {
    let call = call();
    let made = call.create(&call.street, json!({}));
    let summons = id(&made);
    assert_eq!(
        (&made.body["state"], &made.body["organisation"]["name"]),
        (&json!("pending"), &json!("房管局"))
    );
    call.step(&call.street, &summons, "attendance").is_problem(409, "summons-not-met");
    assert_eq!(call.step(&call.bureau, &summons, "acceptance").is(201).body["state"], "accepted");
    call.step(&call.street, &summons, "attendance").is_problem(409, "summons-not-met");
    call.town.clock.advance(TimeDelta::days(3));
    assert_eq!(call.step(&call.street, &summons, "attendance").is(201).body["attendance"], "represented");
    assert_eq!(call.step(&call.bureau, &summons, "answer").is(201).body["answer"], "本周清理");
    // Another is refused, another never replied to, and one taken back.
    call.step(&call.bureau, &id(&call.create(&call.street, json!({}))), "refusal").is(201);
    call.step(&call.street, &id(&call.create(&call.street, json!({}))), "withdrawal").is(201);
    let silent = json!({ "meets_at": null, "reply_on": call.day(0) });
    call.create(&call.street, silent).is(201);
    let records = |by: &Person, query: &str| {
        let by = call.town.later(by);
        call.town.get(&format!("/v1/summons-records{query}")).by(&by).send().is(200).body["items"].clone()
    };
    let expected = |unanswered: i64| {
        json!([{
            "organisation": { "id": call.organisation, "name": "房管局" }, "called": 3, "accepted": 1, "declined": 1,
            "unanswered": unanswered, "attended": 0, "represented": 1, "absent": 0, "answered": 1
        }])
    };
    assert_eq!(records(&call.street, ""), expected(0));
    call.town.clock.advance(TimeDelta::days(1));
    assert_eq!(records(&call.street, ""), expected(1));
    assert_eq!(records(&call.street, &format!("?division={OWN}")), json!([]));
    assert_eq!(records(&call.town.staff(Role::StreetOfficer, OTHER_STREET), ""), json!([]));
    assert_eq!(records(&call.town.staff(Role::CityOfficer, CITY), ""), expected(1));
    call.town
        .get("/v1/summons-records")
        .by(&call.town.later(&call.bureau))
        .send()
        .is_problem(403, "forbidden");
}

#[test]
fn only_who_speaks_for_the_organisation_replies_and_only_the_caller_notes() {
    let call = call();
    let summons = call.stand("accepted", false, false);
    let pending = call.stand("pending", false, false);
    let rival = organisation(&call.town, "department", "规资局", "310113000000");
    let strangers = [
        speaker(&call.town, Role::DepartmentOfficer, "310113000000", &rival),
        call.town.staff(Role::DepartmentOfficer, CITY),
        call.town.staff(Role::PropertyStaff, PARENT),
        // A post in the organisation that speaks for nobody, beside one that speaks for somebody else.
        speaker(&call.town, Role::GroupLeader, OWN, &call.organisation),
    ];
    call.town.appoint(&strangers[3], Role::DepartmentOfficer, "310113000000");
    for stranger in &strangers {
        for step in ["acceptance", "refusal", "answer"] {
            let reply = call.step(stranger, &pending, step);
            assert!(matches!(reply.status, 403 | 404), "{step}: {}", reply.text);
        }
        assert!(ids(&call.town.get(BASE).by(stranger).send()).is_empty());
    }
    // The caller does not reply for who is called, nor the other way round.
    call.step(&call.street, &pending, "acceptance").is_problem(403, "forbidden");
    call.step(&call.street, &summons, "answer").is_problem(403, "forbidden");
    call.step(&call.bureau, &summons, "attendance").is_problem(403, "forbidden");
    call.step(&call.bureau, &pending, "withdrawal").is_problem(403, "forbidden");
    let other = call.town.staff(Role::StreetOfficer, OTHER_STREET);
    call.step(&other, &pending, "withdrawal").is_problem(404, "not-found");
    call.town.get(&format!("{BASE}/{pending}")).by(&other).send().is_problem(404, "not-found");
    call.town.get(BASE).by(&call.town.resident()).send().is_problem(403, "forbidden");
    assert_eq!(call.town.count("SELECT count(*) FROM summons WHERE version > 1"), 0);
}

#[test]
fn a_street_office_that_is_called_replies_though_it_lies_elsewhere() {
    let call = call();
    let office = organisation(&call.town, "street_office", "外街道办事处", OTHER_STREET);
    let officer = speaker(&call.town, Role::StreetOfficer, OTHER_STREET, &office);
    let district = call.town.staff(Role::DistrictOfficer, "310113000000");
    let called = id(&call.create(&district, json!({ "division": "310113000000", "organisation": office })));
    let own = id(&call.create(&officer, json!({ "division": OTHER_STREET })));
    let list = |query: &str| ids(&call.town.get(&format!("{BASE}{query}")).by(&officer).send()).join(" ");
    assert_eq!(list(""), format!("{own} {called}"));
    assert_eq!(list("?role=called"), called);
    assert_eq!(list("?role=caller"), own);
    assert_eq!(list("?division=310113000000"), called);
    assert_eq!(list("?state=accepted"), "");
    assert_eq!(list(&format!("?organisation={}", call.organisation)), own);
    call.step(&officer, &called, "acceptance").is(201);
    assert_eq!(list("?state=accepted"), called);
    // The street below does not see what its district called.
    assert!(ids(&call.town.get(BASE).by(&call.street).send()).is_empty());
    assert_eq!(ids(&call.town.get(BASE).by(&call.bureau).send()), [own]);
}

#[test]
fn what_can_not_be_called_is_refused_at_its_field() {
    let call = call();
    let refused = |more: Value, code: &str, pointer: &str| {
        let reply = call.create(&call.street, more);
        assert_eq!(reply.is_problem(422, code).body["errors"][0]["pointer"], pointer);
    };
    refused(json!({ "reply_on": call.day(-1) }), "summons-reply-unfit", "/reply_on");
    refused(json!({ "reply_on": call.day(4) }), "summons-reply-unfit", "/reply_on");
    refused(json!({ "meets_at": call.at(-1) }), "summons-meeting-unfit", "/meets_at");
    refused(json!({ "meets_at": call.at(400) }), "summons-meeting-unfit", "/meets_at");
    refused(json!({ "meets_at": null, "reply_on": call.day(400) }), "summons-reply-unfit", "/reply_on");
    refused(json!({ "meets_at": null, "question": " " }), "summons-empty", "/question");
    refused(
        json!({ "organisation": lilong::kit::id::next() }),
        "summons-organisation-unknown",
        "/organisation",
    );
    let closed = organisation(&call.town, "department", "已撤销", CITY);
    call.town.execute(&format!("UPDATE organisations SET closed_on = '2020-01-01' WHERE id = '{closed}'"));
    refused(json!({ "organisation": closed }), "summons-organisation-unknown", "/organisation");
    let noise = category(&call.town, "noise");
    let matter = |division: &str| returned(&call.town, division, &noise, &call.organisation).0;
    refused(json!({ "matter": matter(ELSEWHERE) }), "summons-matter-unknown", "/matter");
    refused(json!({ "subject": "" }), "field-invalid", "/subject");
    call.create(&call.street, json!({ "division": OTHER_STREET })).is_problem(403, "forbidden");
    call.create(&call.town.staff(Role::CommitteeHead, OWN), json!({ "division": OWN }))
        .is_problem(403, "forbidden");
    assert_eq!(call.town.count("SELECT count(*) FROM summons"), 0);
    let about = matter(OWN);
    assert_eq!(call.create(&call.street, json!({ "matter": about })).is(201).body["matter"], json!(about));
    let summons = id(&call.create(&call.street, json!({})));
    let send = |step: &str, body: Value| {
        call.town.post(&format!("{BASE}/{summons}/{step}"), body).by(&call.bureau).send()
    };
    send("refusal", json!({ "reason": " " })).is_problem(422, "field-invalid");
    send("answer", json!({ "answer": " " })).is_problem(422, "summons-answer-missing");
}

#[test]
fn one_of_two_replies_at_once_counts() {
    let call = call();
    for _ in 0..5 {
        let summons = id(&call.create(&call.street, json!({})));
        let replies: Vec<Reply> = std::thread::scope(|scope| {
            let tries = ["acceptance", "refusal", "withdrawal"].map(|step| {
                let (call, summons) = (&call, &summons);
                scope.spawn(move || call.own_step(summons, step))
            });
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let won = replies.iter().filter(|reply| reply.status == 201).count();
        // Who accepts may be followed by who withdraws.
        let is_followed = won == 2 && replies[0].status == 201 && replies[2].status == 201;
        assert!(won == 1 || is_followed, "{replies:?}");
        let lost = replies.iter().filter(|reply| reply.code() == "summons-state-changed").count();
        assert_eq!(won + lost, 3, "{replies:?}");
    }
}

#[test]
fn what_waits_is_in_the_inboxes_of_both_sides() {
    let call = call();
    let tasks = |whose: &str| {
        let tasks = call.town.text(&format!(
            "SELECT coalesce(string_agg(task, ' ' ORDER BY task), '') FROM inbox_items WHERE {whose}"
        ));
        tasks.split_whitespace().map(ToOwned::to_owned).collect::<Vec<String>>()
    };
    let bureau = || tasks(&format!("organisation_id = '{}'", call.organisation));
    let street = || tasks(&format!("level = 'street' AND division = {PARENT}"));
    let summons = id(&call.create(&call.street, json!({})));
    assert_eq!((bureau(), street()), (vec!["reply_summons".into()], vec!["note_attendance".into()]));
    call.step(&call.bureau, &summons, "acceptance").is(201);
    assert_eq!(bureau(), ["reply_summons"], "the question waits for its answer");
    call.step(&call.bureau, &summons, "answer").is(201);
    assert!(bureau().is_empty());
    call.town.clock.advance(TimeDelta::days(3));
    call.step(&call.street, &summons, "attendance").is(201);
    assert!(street().is_empty());
    let other = id(&call.create(&call.street, json!({})));
    call.step(&call.bureau, &other, "refusal").is(201);
    assert!(street().is_empty() && bureau().is_empty());
}
