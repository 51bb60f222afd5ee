//! 解纷一件事: a dispute is told once, goes where it belongs, and comes back.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::disputes::{at_table, case_seen};
use crate::support::entries::{Offices, entry_seen, listed, noise, step, tell};
use crate::support::petitions::{id, key, neighbour, officer, organisation, tasks};
use crate::support::{CITY, ELSEWHERE, OWN, Person, SIBLING, Town};

/// A dispute that became a case, told by 赵.
struct Mediated {
    head: Person,
    zhao: Person,
    committee: String,
    entry: String,
    case: String,
}

fn mediated(town: &Town) -> Mediated {
    let committee = organisation(town, "宝钢五村居委会", "residents_committee", OWN);
    let (head, zhao) = (officer(town, Role::CommitteeHead, OWN, committee), neighbour(town, OWN));
    let key = key();
    let send = || {
        town.post("/v1/dispute-entries", noise(json!({}))).header("Idempotency-Key", &key).by(&zhao).send()
    };
    let told = send();
    assert_eq!(send().is(201).body, told.body, "told twice, it is one");
    let view = &told.is(201).body;
    assert_eq!((&view["route"], &view["state"]), (&json!("mediation"), &json!("mediated")));
    assert!(view["telling"]["legal_basis"].as_str().unwrap().contains("人民调解法"));
    let (entry, case) = (id(view), id(&view["case"]));
    Mediated { head, zhao, committee: committee.to_string(), entry, case }
}

#[test]
fn what_is_mediated_is_a_case_at_once_without_being_told_again() {
    let town = Town::new();
    let Mediated { head, zhao, committee, case, .. } = mediated(&town);
    assert_eq!(town.count("SELECT count(*) FROM mediation_cases"), 1);
    assert_eq!(town.text("SELECT coalesce(first_receiver_id::text, 'nobody') FROM matters"), "nobody");
    let of_head = case_seen(&town, &head, &case);
    assert_eq!((&of_head["read_as"], &of_head["source"]), (&json!("office"), &json!("dispute_entry")));
    assert_eq!((&of_head["office"]["id"], &of_head["claims"]), (&json!(committee), &json!("晚十点后安静。")));
    assert_eq!(of_head["facts"], "楼上深夜拖动家具。\n地点：247号502室");
    let parties = of_head["parties"].as_array().unwrap();
    assert_eq!((&parties[0]["name"], &parties[0]["side"]), (&json!("陈桂芳"), &json!("applicant")));
    assert_eq!(
        (&parties[1]["name"], &parties[1]["phone"]),
        (&json!("楼上钱先生"), &json!("+86 138****0166"))
    );
    assert!(parties[0]["phone"].as_str().unwrap().contains("****"));
    assert_eq!(case_seen(&town, &zhao, &case)["read_as"], "party");
    assert_eq!(tasks(&town, &zhao), ["consent"]);
    assert_eq!(tasks(&town, &head), ["accept"]);
}

#[test]
fn the_entrant_sees_how_the_case_goes_and_nobody_else_what_it_is_about() {
    let town = Town::new();
    let Mediated { head, zhao, entry, case, .. } = mediated(&town);
    let path = format!("/v1/dispute-entries/{entry}");
    let seen = town.get(&path).by(&zhao).send().is(200).header("etag").to_owned();
    at_table(&town, &head, &case, "acceptance", json!({})).is(200);
    let moved = town.get(&path).header("If-None-Match", &seen).by(&zhao).send();
    assert_eq!(
        (&moved.is(200).body["case"]["state"], &moved.body["read_as"]),
        (&json!("accepted"), &json!("entrant"))
    );
    assert_eq!(moved.body["case"]["routes"], json!([]));
    at_table(&town, &zhao, &case, "consents", json!({ "is_agreed": false })).is(200);
    // Refused, its other ways are those of the case: one place says them.
    let ended = entry_seen(&town, &zhao, &entry);
    assert_eq!(ended["case"]["routes"], case_seen(&town, &zhao, &case)["routes"]);
    assert!(ended["case"]["routes"].as_array().unwrap().contains(&json!("litigation")));
    // A case is refused in its own place, never handed on here.
    step(&town, &head, &entry, "handover", json!({ "route": "court", "reason": "x" }))
        .is_problem(403, "forbidden");
    let over = town.get(&path).by(&head).send();
    assert_eq!((&over.is(200).body["read_as"], &over.body["telling"]), (&json!("overseer"), &json!(null)));
    let list = town.get("/v1/dispute-entries").by(&town.staff(Role::CityOfficer, CITY)).send();
    assert!(list.is(200).text.contains(&entry));
    for text in [&over.text, &list.text] {
        assert!(!text.contains("拖动") && !text.contains("钱先生"));
    }
    let strangers = [
        neighbour(&town, OWN),
        town.staff(Role::CommitteeHead, SIBLING),
        town.staff(Role::Mediator, OWN),
        town.staff(Role::DistrictOfficer, ELSEWHERE),
    ];
    for nobody in strangers {
        town.get(&path).by(&nobody).send().is_problem(404, "not-found");
        for of in ["own", "range", "received"] {
            assert_eq!(listed(&town, &nobody, &format!("of={of}")), [""; 0]);
        }
    }
    assert_eq!(listed(&town, &zhao, ""), [entry.as_str()]);
    assert_eq!(listed(&town, &head, "route=mediation"), [entry.as_str()]);
    assert_eq!(listed(&town, &head, "route=police"), [""; 0]);
}

/// One that went to legal aid, one to a court that is not on the map, one to the police.
fn sent(town: &Town, offices: &Offices) -> [String; 3] {
    let ways = [
        (json!({ "grounds": ["no_means"], "dispute_type": "labour" }), "legal_aid", json!(offices.office)),
        (json!({ "grounds": ["no_means", "sued"] }), "court", json!(null)),
        (json!({ "grounds": ["sued", "violence", "violence"] }), "police", json!(offices.station)),
    ];
    ways.map(|(more, route, to)| {
        let view = tell(town, &offices.zhao, noise(more)).is(201).body.clone();
        assert_eq!((&view["route"], &view["organisation"]["id"]), (&json!(route), &to));
        assert_eq!(view["state"], "sent");
        id(&view)
    })
}

#[test]
fn what_is_not_for_mediation_goes_to_who_it_is_for() {
    let town = Town::new();
    let offices = Offices::of(&town);
    let [_, _, danger] = sent(&town, &offices);
    assert_eq!(town.count("SELECT count(*) FROM mediation_cases"), 0);
    // Where there is no court, the street looks after it.
    for by in [&offices.police, &offices.justice, &offices.street] {
        assert_eq!(tasks(&town, by), ["answer_entry"]);
    }
    assert_eq!(listed(&town, &offices.police, "of=received"), [danger.as_str()]);
    assert_eq!(listed(&town, &offices.police, "of=range"), [""; 0]);
    let whole = entry_seen(&town, &offices.police, &danger);
    let telling = &whole["telling"];
    assert_eq!((&whole["read_as"], &telling["facts"]), (&json!("receiver"), &json!("楼上深夜拖动家具。")));
    assert_eq!(telling["grounds"], json!(["sued", "violence"]));
    assert_eq!(telling["whose"]["name"], "陈桂芳");
    assert_eq!(telling["other"]["phone"], "+86 138****0166");
}

#[test]
fn who_received_it_answers_it_and_the_entrant_reads_the_outcome() {
    let town = Town::new();
    let offices = Offices::of(&town);
    let [aid, court, danger] = sent(&town, &offices);
    let Offices { police, justice, street, zhao, .. } = &offices;
    let answer = json!({ "outcome": "已出警，双方已分开。" });
    for (by, entry, status, code) in [
        (justice, &danger, 403, "forbidden"),
        (street, &danger, 403, "forbidden"),
        (zhao, &danger, 403, "forbidden"),
        (police, &aid, 404, "not-found"),
        (police, &court, 404, "not-found"),
    ] {
        step(&town, by, entry, "answer", answer.clone()).is_problem(status, code);
    }
    assert_eq!(step(&town, police, &danger, "acceptance", json!({})).is(201).body["state"], "accepted");
    step(&town, police, &danger, "acceptance", json!({})).is_problem(409, "dispute-entry-state-unfit");
    step(&town, police, &danger, "answer", answer.clone()).is(201);
    let on = json!({ "route": "court", "reason": "x" });
    let over: [(&str, Value); 3] = [("answer", answer.clone()), ("handover", on), ("acceptance", json!({}))];
    for (part, body) in over {
        step(&town, police, &danger, part, body).is_problem(409, "dispute-entry-state-unfit");
    }
    let back = entry_seen(&town, zhao, &danger);
    assert_eq!((&back["state"], &back["telling"]["outcome"]), (&json!("answered"), &answer["outcome"]));
    assert_eq!(tasks(&town, police), [""; 0]);
    let over = entry_seen(&town, street, &danger);
    assert_eq!((&over["state"], &over["telling"]), (&json!("answered"), &json!(null)));
    // The street answers for the court that is not on the map.
    step(&town, street, &court, "answer", answer).is(201);
}

fn on(route: &str) -> Value {
    json!({ "route": route, "reason": "未见违法，属一般纠纷。" })
}

#[test]
fn what_is_not_theirs_is_handed_on_once_and_the_entrant_is_told() {
    let town = Town::new();
    let Offices { office, police, justice, zhao, .. } = &Offices::of(&town);
    let entry = id(&tell(&town, zhao, noise(json!({ "grounds": ["crime"] }))).is(201).body);
    step(&town, police, &entry, "handover", on("police")).is_problem(422, "dispute-entry-route-same");
    step(&town, police, &entry, "acceptance", json!({})).is(201);
    let handed = step(&town, police, &entry, "handover", on("legal_aid"));
    assert_eq!(handed.is(201).body["organisation"]["id"], json!(office));
    assert_eq!(handed.body["state"], "sent");
    assert!(!handed.text.contains("拖动"), "whoever handed it on reads it no more");
    town.get(&format!("/v1/dispute-entries/{entry}")).by(police).send().is_problem(404, "not-found");
    let seen = entry_seen(&town, zhao, &entry);
    let handover = &seen["telling"]["handover"];
    assert_eq!((&handover["from"], &seen["telling"]["accepted_at"]), (&json!("police"), &json!(null)));
    assert_eq!(handover["reason"], "未见违法，属一般纠纷。");
    assert_eq!(tasks(&town, zhao), ["note_handover"]);
    assert_eq!(tasks(&town, justice), ["answer_entry"]);
    step(&town, justice, &entry, "handover", on("mediation")).is_problem(409, "dispute-entry-handed-already");
    step(&town, justice, &entry, "acceptance", json!({})).is(201);
    assert_eq!(tasks(&town, zhao), [""; 0]);
}

#[test]
fn handed_to_mediation_by_many_at_once_it_is_one_case() {
    let town = Town::with(|settings| settings.seats = 4);
    let Offices { police, zhao, .. } = &Offices::of(&town);
    let entry = id(&tell(&town, zhao, noise(json!({ "grounds": ["crime"] }))).is(201).body);
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let hand = || step(&town, police, &entry, "handover", on("mediation")).status;
        let tries: Vec<_> = (0..4).map(|_| scope.spawn(hand)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 201).count(), 1, "{codes:?}");
    assert_eq!(town.count("SELECT count(*) FROM mediation_cases"), 1);
    let case = id(&entry_seen(&town, zhao, &entry)["case"]);
    assert_eq!(case_seen(&town, zhao, &case)["read_as"], "party");
    assert_eq!(town.count("SELECT count(*) FROM mediation_parties WHERE phone_sealed IS NOT NULL"), 2);
    assert_eq!(tasks(&town, zhao), ["consent"]);
    // Whoever handed it on is told that there is a case, as who referred it.
    assert_eq!(case_seen(&town, police, &case)["read_as"], "overseer");
}
