//! What is told to whom of published examples, answers, one's own matter, and of people who left.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::files::png;
use crate::support::petitions::{
    Dispatched, all_read_by, category, dispatched, draft, events, file, filed, id, join, named, neighbour,
    officer, organisation, seen, step,
};
use crate::support::visits::ids;
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

#[test]
fn what_is_published_tells_nothing_but_the_words_that_were_published() {
    let town = Town::new();
    let (chen, worker, head) =
        (neighbour(&town, OWN), town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    named(&town, &chen, "陈小姐");
    named(&town, &worker, "王社工");
    let photo = town.upload("门口.png", &png(3, 2)).by(&chen).send().is(201).body["id"].clone();
    let words = json!({
        "title": "楼上李某夜里敲打", "text": "李某每晚敲打。", "place": "247号502室", "files": [photo],
        "location": { "longitude": 121.489, "latitude": 31.405, "coord_system": "wgs84" }
    });
    let petition = id(&file(&town, &chen, draft(&town, words)).is(201).body);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    let answer = json!({ "outcome": "supported", "text": "已约谈李某。" });
    step(&town, &worker, &petition, "answer", answer).is(200);
    let rating = json!({
        "satisfaction": "satisfied", "is_on_time": true, "is_solved": true, "comment": "李某安静了"
    });
    step(&town, &chen, &petition, "rating", rating).is(200);
    step(&town, &worker, &petition, "closure", json!({ "note": "李某已改" })).is(200);
    step(&town, &head, &petition, "publication", json!({ "title": "夜间噪声", "text": "  " }))
        .is_problem(422, "petition-text-missing");
    let published = json!({ "title": "夜间噪声调处", "text": "经约谈，噪声已停。" });
    step(&town, &head, &petition, "publication", published).is(200);
    let (near, far) = (neighbour(&town, OWN), town.resident());
    for reader in [&near, &far] {
        let view = seen(&town, reader, &petition);
        assert_eq!((&view["title"], &view["text"]), (&json!("夜间噪声调处"), &json!("经约谈，噪声已停。")));
        let read = all_read_by(&town, reader, &petition);
        for secret in ["李某", "502室", "陈小姐", "王社工", "121.4", "门口"] {
            assert!(!read.contains(secret), "{secret}: {read}");
        }
        let photo = format!("/v1/files/{}/content", photo.as_str().unwrap());
        town.get(&photo).by(reader).send().is_problem(404, "not-found");
        let listed = ids(&town.get("/v1/petitions?of=public").by(reader).send());
        assert_eq!(listed, std::slice::from_ref(&petition));
    }
    // No way back from the words for all to those that were written.
    for body in [
        json!({ "reason": "x" }),
        json!({ "reason": "x", "title": "y" }),
        json!({ "reason": "x", "is_hidden": true }),
    ] {
        step(&town, &head, &petition, "moderation", body).is_problem(422, "petition-text-missing");
    }
    let hidden = json!({ "reason": "x", "title": "y", "text": "z", "is_hidden": true });
    step(&town, &head, &petition, "moderation", hidden).is(200);
    town.get(&format!("/v1/petitions/{petition}")).by(&far).send().is_problem(404, "not-found");
    assert_eq!(seen(&town, &chen, &petition)["ratings"][0]["comment"], "李某安静了");
}

#[test]
fn neighbours_read_the_answer_to_a_suggestion_that_is_open_and_to_no_complaint() {
    let town = Town::new();
    let (chen, wang) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let answered = |kind: &str, publicity: Value| {
        let more = json!({
            "kind": kind, "visibility": "community", "category": category(&town, "other"), "facts": {},
            "text": format!("{kind}{publicity}")
        });
        let petition = id(&file(&town, &chen, draft(&town, more)).is(201).body);
        step(&town, &worker, &petition, "acceptance", json!({})).is(200);
        let mut answer = json!({ "outcome": "explained", "text": "602室已整改" });
        if !publicity.is_null() {
            answer["adoption"] = json!("partly");
            answer["publicity"] = publicity;
        }
        step(&town, &worker, &petition, "answer", answer).is(200);
        let view = seen(&town, &wang, &petition);
        assert_eq!(seen(&town, &chen, &petition)["answers"].as_array().unwrap().len(), 1);
        (view["answers"].as_array().unwrap().len(), view["adoption"].clone())
    };
    assert_eq!(answered("complaint", Value::Null), (0, Value::Null));
    assert_eq!(answered("suggestion", json!("open")), (1, json!("partly")));
    assert_eq!(answered("suggestion", json!("on_request")), (0, Value::Null));
    assert_eq!(answered("suggestion", json!("closed")), (0, Value::Null));
}

/// A worker who lives there, and is of the organisation that will hold what they ask: their own petition, and one that a colleague
/// entered for them.
fn of_a_worker(town: &Town, one: &Dispatched) -> (Person, [String; 2]) {
    let wang = neighbour(town, OWN);
    town.appoint(&wang, Role::CommitteeHead, OWN);
    town.appoint(&wang, Role::StreetOfficer, PARENT);
    join(town, &wang, "property_staff", one.organisation);
    let resident = town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", wang.account));
    let behalf = json!({ "resident": resident, "consent_by": "phone", "channel": "counter" });
    let by_colleague = draft(town, json!({ "division": OWN, "on_behalf": behalf, "text": "同事代办" }));
    let entered = id(&file(town, &one.worker, by_colleague).is(201).body);
    let own = filed(town, &wang);
    (wang, [entered, own])
}

/// Nobody reads there what staff note for each other.
fn reads_no_notes(town: &Town, wang: &Person, petition: &str) {
    let mut read = all_read_by(town, wang, petition);
    read.push_str(&seen(town, wang, petition).to_string());
    assert!(!read.contains("内部"), "{read}");
    assert!(!events(town, wang, petition).contains(&"progressed".into()));
}

#[test]
fn staff_read_their_own_matter_as_anybody_and_decide_nothing_over_it() {
    let town = Town::new();
    let one = dispatched(&town);
    let (wang, petitions) = of_a_worker(&town, &one);
    let Dispatched { officer: holder, organisation, worker: colleague, .. } = &one;
    for petition in &petitions {
        let own = |part: &str, body: Value| {
            step(&town, &wang, petition, part, body).is_problem(409, "petition-own-matter");
        };
        own("acceptance", json!({}));
        own("rejection", json!({ "reason": "spam", "note": "x" }));
        own("moderation", json!({ "reason": "x" }));
        own("contact-disclosures", json!({ "reason": "x" }));
        own("merge", json!({ "into": one.petition, "note": "x" }));
        step(&town, colleague, petition, "acceptance", json!({})).is(200);
        let lead = json!({ "organisation": organisation, "role": "lead", "note": "内部派单语" });
        own("dispatches", lead.clone());
        let asked = id(&step(&town, colleague, petition, "dispatches", lead).is(200).body["dispatches"][0]);
        let path = format!("/v1/dispatches/{asked}/acceptance");
        let take = |by: &Person| town.put(&path, "*", json!({})).by(by).send();
        take(&wang).is_problem(409, "petition-own-matter");
        take(holder).is(200);
        let note = json!({ "note": "内部：此人常投诉", "audience": "staff" });
        step(&town, holder, petition, "progress", note).is(200);
        reads_no_notes(&town, &wang, petition);
        let ask = json!({ "clock": "resolution", "amount": 1, "reason": "x" });
        own("extensions", ask.clone());
        step(&town, holder, petition, "extensions", ask).is(200);
        let extension =
            town.text(&format!("SELECT id FROM matter_extensions WHERE matter_id = '{petition}'"));
        let path = format!("/v1/matter-extensions/{extension}/decision");
        town.post(&path, json!({ "decision": "approved" })).by(&wang).send().is_problem(409, "extension-own");
        own("answer", json!({ "outcome": "explained", "text": "x" }));
    }
}

#[test]
fn who_worked_on_it_calls_nobody_any_more_and_who_was_erased_is_not_told() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = neighbour(&town, OWN);
    let resident = town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", chen.account));
    let behalf = json!({
        "resident": resident, "name": "陈女士", "phone": "13900001234", "consent_by": "phone", "channel": "counter"
    });
    let assisted = draft(&town, json!({ "division": OWN, "on_behalf": behalf }));
    let petition = id(&file(&town, &worker, assisted).is(201).body);
    let department = organisation(&town, "城管中队", "department", PARENT);
    let guan = officer(&town, Role::DepartmentOfficer, PARENT, department);
    step(&town, &worker, &petition, "acceptance", json!({})).is(200);
    let lead = json!({ "organisation": department, "role": "lead" });
    step(&town, &worker, &petition, "dispatches", lead).is(200);
    let call =
        |by: &Person| step(&town, by, &petition, "contact-disclosures", json!({ "reason": "先行联系" }));
    assert_eq!(call(&guan).is(200).body["phone"], "+8613900001234");
    step(&town, &chen, &petition, "withdrawal", json!({ "note": "x" })).is(200);
    call(&guan).is_problem(403, "forbidden");
    call(&worker).is(200);
    for status in ["restricted", "erased"] {
        town.execute(&format!("UPDATE residents SET status = '{status}' WHERE id = '{resident}'"));
        let told = seen(&town, &worker, &petition)["petitioner"].clone();
        assert_eq!((&told["name"], &told["phone"]), (&Value::Null, &Value::Null), "{status}");
        call(&worker).is_problem(404, "not-found");
    }
}

#[test]
fn who_moved_away_keeps_what_they_asked_and_reads_no_more_of_the_neighbours() {
    let town = Town::new();
    let (chen, wang) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let own = filed(&town, &chen);
    let open = id(&file(&town, &wang, draft(&town, json!({ "visibility": "community" }))).is(201).body);
    step(&town, &worker, &open, "acceptance", json!({})).is(200);
    let path = format!("/v1/petitions/{open}");
    town.get(&path).by(&chen).send().is(200);
    town.execute(&format!("UPDATE residents SET status = 'departed' WHERE account_id = '{}'", chen.account));
    town.get(&path).by(&chen).send().is_problem(404, "not-found");
    assert_eq!(ids(&town.get("/v1/petitions?of=neighbours").by(&chen).send()), Vec::<String>::new());
    seen(&town, &chen, &own);
    step(&town, &chen, &own, "withdrawal", json!({ "note": "x" })).is(200);
    file(&town, &chen, draft(&town, json!({}))).is_problem(409, "petition-resident-unverified");
    // Whoever closed their account is gone; what they asked is still handled.
    town.execute(&format!(
        "UPDATE accounts SET closed_at = now(), phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
        wang.account
    ));
    seen(&town, &worker, &open);
    events(&town, &worker, &open);
}

#[test]
fn a_cursor_is_its_caller_s_and_its_list_s() {
    let town = Town::new();
    let (chen, wang) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let (worker, sibling) =
        (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, SIBLING));
    let (one, two) = (filed(&town, &chen), filed(&town, &chen));
    step(&town, &worker, &one, "acceptance", json!({})).is(200);
    let cursor = |by: &Person, path: &str| {
        let page = town.get(&format!("{path}limit=1")).by(by).send();
        page.is(200).body["next_cursor"].as_str().expect("more").to_owned()
    };
    let own = cursor(&chen, "/v1/petitions?");
    let range = cursor(&worker, "/v1/petitions?");
    let told = cursor(&worker, &format!("/v1/petitions/{one}/events?"));
    let waiting = cursor(&worker, "/v1/me/inbox?");
    for (by, path) in [
        (&wang, format!("/v1/petitions?cursor={own}")),
        (&chen, format!("/v1/petitions?of=public&cursor={own}")),
        (&sibling, format!("/v1/petitions?cursor={range}")),
        (&worker, format!("/v1/matters?cursor={range}")),
        (&worker, format!("/v1/petitions/{two}/events?cursor={told}")),
        (&chen, format!("/v1/petitions/{one}/events?cursor={told}")),
        (&sibling, format!("/v1/me/inbox?cursor={waiting}")),
    ] {
        town.get(&path).by(by).send().is_problem(400, "cursor-invalid");
    }
}
