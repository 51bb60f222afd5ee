//! Categories of petitions: data that each level adds to, with questions that petitions answer.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::tags::{codes, id};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const BASE: &str = "/v1/petition-categories";

fn draft(code: &str) -> Value {
    json!({
        "division": PARENT, "code": code, "name": format!("类别 {code}"),
        "questions": [
            { "code": "is_under_way", "label": "是否正在进行", "datatype": "choice", "choices": ["是", "否"], "is_required": true },
            { "code": "floor", "label": "在几层", "datatype": "number", "is_required": false }
        ]
    })
}

fn create(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post(BASE, draft).by(by).send()
}

#[test]
fn a_town_begins_with_the_default_categories_for_everybody_signed_in() {
    let town = Town::new();
    let anybody = town.resident();
    let all = town.get(&format!("{BASE}?limit=100")).by(&anybody).send();
    let found = codes(&all);
    assert_eq!(found.len(), 13, "{found:?}");
    assert!(found.is_sorted());
    let items = all.body["items"].as_array().unwrap();
    let thrown = items.iter().find(|item| item["code"] == "high_altitude_throwing").unwrap();
    assert_eq!((&thrown["name"], &thrown["is_evidence_asked"]), (&json!("高空抛物"), &json!(true)));
    let asked: Vec<&Value> = thrown["questions"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(asked, ["happened_on", "time_of_day", "thrown", "suspected_floor"]);
    assert_eq!(thrown["questions"][1]["choices"][0], "清晨");
    let one = town.get(&format!("{BASE}/{}", thrown["id"].as_str().unwrap())).by(&anybody).send();
    assert_eq!(&one.is(200).body, thrown);
    town.get(BASE).send().is_problem(401, "unauthenticated");
    // Page by page it is the same list.
    let (mut paged, mut next) = (Vec::new(), format!("{BASE}?limit=5"));
    loop {
        let page = town.get(&next).by(&anybody).send();
        paged.extend(codes(&page));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        next = format!("{BASE}?limit=5&cursor={cursor}");
    }
    assert_eq!(paged, found);
}

#[test]
fn each_level_adds_its_own_and_they_apply_below() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    create(&town, &street, draft("lane_market")).is(201);
    create(&town, &street, with(draft("lane_shop"), json!({ "division": OWN }))).is(201);
    let own = |division: &str| {
        let list = town.get(&format!("{BASE}?division={division}&limit=100")).by(&town.resident()).send();
        codes(&list).into_iter().filter(|code| code.starts_with("lane_")).collect::<Vec<_>>()
    };
    assert_eq!(own(OWN), ["lane_market", "lane_shop"]);
    assert_eq!(own(SIBLING), ["lane_market"]);
    assert_eq!(own(PARENT), ["lane_market"]);
    assert!(own(ELSEWHERE).is_empty() && own(CITY).is_empty());
    // The code is used once in the city, whoever asks second.
    let other = town.staff(Role::StreetOfficer, "310101002000");
    let twice = with(draft("lane_market"), json!({ "division": "310101002000" }));
    create(&town, &other, twice).is_problem(409, "petition-category-code-taken");
    create(&town, &other, draft("lane_x")).is_problem(403, "forbidden");
    create(&town, &street, with(draft("lane_x"), json!({ "division": CITY }))).is_problem(403, "forbidden");
    create(&town, &town.staff(Role::CommitteeHead, OWN), draft("lane_x")).is_problem(403, "forbidden");
    create(&town, &street, with(draft("lane_x"), json!({ "division": "310113003999" })))
        .is_problem(422, "petition-category-division-unknown");
    assert_eq!(town.count("SELECT count(*) FROM petition_categories"), 15);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'create_petition_category'"), 2);
}

#[test]
fn questions_that_could_not_be_asked_are_refused_and_leave_nothing() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let ask =
        |questions: Value| create(&town, &street, with(draft("lane_x"), json!({ "questions": questions })));
    let question = json!({ "code": "pet", "label": "什么宠物", "datatype": "choice", "choices": ["犬"], "is_required": true });
    let refused = |questions: Value, code: &str, pointer: &str| {
        let reply = ask(questions);
        assert_eq!(reply.is_problem(422, code).body["errors"][0]["pointer"], pointer);
    };
    refused(json!([question, question]), "petition-question-code-twice", "/questions/1/code");
    let unfit = "petition-question-choices-unfit";
    refused(json!([with(question.clone(), json!({ "choices": [] }))]), unfit, "/questions/0/choices");
    refused(
        json!([with(question.clone(), json!({ "choices": ["犬", "犬"] }))]),
        unfit,
        "/questions/0/choices",
    );
    refused(json!([with(question.clone(), json!({ "datatype": "text" }))]), unfit, "/questions/0/choices");
    refused(json!([with(question.clone(), json!({ "code": "Pet" }))]), "field-invalid", "/questions/0/code");
    let many: Vec<Value> =
        (0..21).map(|n| with(question.clone(), json!({ "code": format!("pet_{n}") }))).collect();
    refused(json!(many), "field-invalid", "/questions");
    assert_eq!(town.count("SELECT count(*) FROM petition_categories WHERE code LIKE 'lane%'"), 0);
    ask(json!(many[..20])).is(201);
}

#[test]
fn a_change_replaces_all_questions_or_none_and_the_second_writer_is_told() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let made = create(&town, &street, draft("lane_market"));
    let (path, version) = (format!("{BASE}/{}", id(&made)), made.header("etag").to_owned());
    let change = |by: &Person, version: &str, body: Value| town.patch(&path, version, body).by(by).send();
    let renamed = change(&street, &version, json!({ "name": "马路菜场", "is_fast": true }));
    assert_eq!(renamed.is(200).body["questions"].as_array().unwrap().len(), 2);
    assert_eq!((&renamed.body["name"], &renamed.body["is_fast"]), (&json!("马路菜场"), &json!(true)));
    change(&street, &version, json!({ "name": "马路集市" })).is_problem(412, "version-stale");
    let asked = json!([{ "code": "since", "label": "从哪天开始", "datatype": "date", "is_required": false }]);
    let replaced = change(&street, renamed.header("etag"), json!({ "questions": asked }));
    assert_eq!(replaced.is(200).body["questions"][0]["code"], "since");
    assert_eq!(replaced.body["version"], 3);
    let twice = json!({ "name": "别名", "questions": [asked[0], asked[0]] });
    change(&street, "*", twice).is_problem(422, "petition-question-code-twice");
    let kept = town.get(&path).by(&street).send();
    assert_eq!((&kept.is(200).body["name"], &kept.body["version"]), (&json!("马路菜场"), &json!(3)));
    assert!(
        change(&street, "*", json!({ "questions": [] })).is(200).body["questions"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    // What is used no more stays, and is left out of a form.
    change(&street, "*", json!({ "is_active": false })).is(200);
    let used = town.get(&format!("{BASE}?division={OWN}&is_active=true&limit=100")).by(&street).send();
    assert!(!codes(&used).contains(&"lane_market".to_owned()));
    change(&street, "*", json!({ "code": "lane_y" })).is_problem(422, "field-invalid");
    change(&town.staff(Role::StreetOfficer, "310101002000"), "*", json!({})).is_problem(403, "forbidden");
    change(&town.resident(), "*", json!({})).is_problem(403, "forbidden");
}
