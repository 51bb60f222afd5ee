//! Two at once: of two steps that exclude each other one is done, the other is refused, and what is kept agrees.

use std::thread;

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::invariants::all_hold;
use crate::support::petitions::{
    Dispatched, category, dispatched, draft, file, filed, id, key, neighbour, officer, organisation, step,
};
use crate::support::{OWN, PARENT, Person, Town};

/// Sends all of them at the same moment; their statuses in order.
fn at_once(town: &Town, calls: &[(&Person, &str, String, Value)]) -> Vec<(u16, String)> {
    thread::scope(|scope| {
        let begun: Vec<_> = calls
            .iter()
            .map(|(by, method, path, body)| {
                scope.spawn(move || {
                    let call = match *method {
                        "PUT" => town.put(path, "*", body.clone()),
                        _ => town.post(path, body.clone()),
                    };
                    let reply = call.header("Idempotency-Key", &key()).by(by).send();
                    (reply.status, reply.code().to_owned())
                })
            })
            .collect();
        begun.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}

/// How many were done; the others must be refused by a rule.
#[track_caller]
fn done(town: &Town, replies: &[(u16, String)]) -> usize {
    for (status, code) in replies {
        assert!(matches!(status, 200 | 201 | 204 | 404 | 409 | 422), "{status} {code}");
    }
    all_hold(town, "a race");
    replies.iter().filter(|(status, _)| *status < 300).count()
}

fn at(petition: &str, part: &str) -> String {
    format!("/v1/petitions/{petition}/{part}")
}

#[test]
fn of_two_workers_who_accept_and_two_leads_one_is_first() {
    let town = Town::new();
    let (chen, street) = (neighbour(&town, OWN), town.staff(Role::StreetOfficer, PARENT));
    let workers = [town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, OWN)];
    let asked: Vec<Uuid> =
        (0..4).map(|n| organisation(&town, &format!("单位{n}"), "department", PARENT)).collect();
    for _ in 0..4 {
        let petition = filed(&town, &chen);
        let accept = |by| (by, "POST", at(&petition, "acceptance"), json!({}));
        let replies = at_once(&town, &[accept(&workers[0]), accept(&workers[1]), accept(&street)]);
        assert_eq!(done(&town, &replies), 1, "{replies:?}");
        let lead = |n: usize| json!({ "organisation": asked[n], "role": "lead" });
        let dispatch = |by, n| (by, "POST", at(&petition, "dispatches"), lead(n));
        let replies =
            at_once(&town, &[dispatch(&workers[0], 0), dispatch(&workers[1], 1), dispatch(&street, 2)]);
        assert_eq!(done(&town, &replies), 1, "{replies:?}");
    }
}

#[test]
fn a_dispatch_is_taken_or_given_back_once() {
    let town = Town::new();
    for _ in 0..4 {
        let Dispatched { petition: _, organisation, officer: first, dispatch, .. } = dispatched(&town);
        let second = officer(&town, Role::PropertyStaff, OWN, organisation);
        let take = |by| (by, "PUT", format!("/v1/dispatches/{dispatch}/acceptance"), json!({}));
        let back = json!({ "reason": "not_responsible", "note": "x" });
        let give = |by| (by, "POST", format!("/v1/dispatches/{dispatch}/return"), back.clone());
        let replies = at_once(&town, &[take(&first), give(&second), take(&second), give(&first)]);
        assert_eq!(done(&town, &replies), 1, "{replies:?}");
    }
}

#[test]
fn an_answer_and_a_withdrawal_at_once_leave_one_of_both() {
    let town = Town::new();
    for _ in 0..4 {
        let one = dispatched(&town);
        one.take(&town);
        let answer = json!({ "outcome": "explained", "text": "x" });
        let replies = at_once(
            &town,
            &[
                (&one.officer, "POST", at(&one.petition, "answer"), answer),
                (&one.petitioner, "POST", at(&one.petition, "withdrawal"), json!({ "note": "x" })),
            ],
        );
        assert_eq!(done(&town, &replies), 1, "{replies:?}");
    }
}

#[test]
fn merging_both_ways_at_once_leaves_one_and_a_circle_of_parts_is_none() {
    let town = Town::new();
    let (chen, street) = (neighbour(&town, OWN), town.staff(Role::StreetOfficer, PARENT));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = || filed(&town, &chen);
    for _ in 0..3 {
        let (one, two, three) = (file(), file(), file());
        let merge = |by, from: &str, into: &str| {
            (by, "POST", at(from, "merge"), json!({ "into": into, "note": "x" }))
        };
        let replies = at_once(
            &town,
            &[merge(&street, &one, &two), merge(&worker, &two, &one), merge(&worker, &two, &three)],
        );
        // Of a circle of two one is left; both may go into the third.
        let merged = done(&town, &replies);
        assert!((1..=2).contains(&merged), "{replies:?}");
        town.execute(&format!(
            "UPDATE petitions SET created_at = created_at - interval '2 days' WHERE account_id = '{}'",
            chen.account
        ));
    }
    let (one, two, three) = (file(), file(), file());
    let part = |of: &str, whole: &str| {
        (&street, "POST", format!("/v1/matters/{of}/parent"), json!({ "parent": whole }))
    };
    let replies = at_once(&town, &[part(&one, &two), part(&two, &three), part(&three, &one)]);
    assert_eq!(done(&town, &replies), 1, "{replies:?}");
    let whole = town.text("SELECT parent_id FROM matters WHERE parent_id IS NOT NULL");
    // The whole waits for its parts: it is neither answered nor made another.
    step(&town, &street, &whole, "acceptance", json!({})).is(200);
    let answer = json!({ "outcome": "explained", "text": "x" });
    step(&town, &street, &whole, "answer", answer).is_problem(409, "petition-parts-open");
    let other = file();
    step(&town, &street, &whole, "merge", json!({ "into": other, "note": "x" }))
        .is_problem(409, "petition-parts-open");
    let loop_to_itself = json!({ "parent": whole });
    town.post(&format!("/v1/matters/{whole}/parent"), loop_to_itself)
        .by(&street)
        .send()
        .is_problem(422, "matter-parent-unfit");
}

#[test]
fn a_rating_an_extension_and_its_decision_count_once() {
    let town = Town::new();
    let one = dispatched(&town);
    one.take(&town);
    let ask = json!({ "clock": "resolution", "amount": 1, "reason": "x" });
    let asked = (&one.officer, "POST", at(&one.petition, "extensions"), ask);
    let replies = at_once(&town, &[asked.clone(), asked.clone(), asked]);
    assert_eq!(done(&town, &replies), 1, "{replies:?}");
    let extension = town.text("SELECT id FROM matter_extensions");
    let streets = [town.staff(Role::StreetOfficer, PARENT), town.staff(Role::StreetOfficer, PARENT)];
    let decide = |by, decision: &str| {
        let path = format!("/v1/matter-extensions/{extension}/decision");
        (by, "POST", path, json!({ "decision": decision }))
    };
    let replies = at_once(&town, &[decide(&streets[0], "approved"), decide(&streets[1], "refused")]);
    assert_eq!(done(&town, &replies), 1, "{replies:?}");
    step(&town, &one.officer, &one.petition, "answer", json!({ "outcome": "explained", "text": "x" }))
        .is(200);
    let rating = json!({ "satisfaction": "satisfied", "is_on_time": true, "is_solved": true });
    let rate = (&one.petitioner, "POST", at(&one.petition, "rating"), rating);
    let replies = at_once(&town, &[rate.clone(), rate.clone(), rate]);
    assert_eq!(done(&town, &replies), 1, "{replies:?}");
}

#[test]
fn the_caps_of_a_day_hold_however_many_are_filed_at_once() {
    let town = Town::new();
    let (chen, wang) = (neighbour(&town, OWN), neighbour(&town, OWN));
    let write =
        |by, text: String| (by, "POST", "/v1/petitions".to_owned(), draft(&town, json!({ "text": text })));
    let many: Vec<_> = (0..14).map(|n| write(&chen, format!("第{n}件"))).collect();
    assert_eq!(done(&town, &at_once(&town, &many)), 10);
    // The same letters, whatever stands between them.
    let alike: Vec<_> = (0..5).map(|n| write(&wang, format!("敲打{}声", " ".repeat(n + 1)))).collect();
    assert_eq!(done(&town, &at_once(&town, &alike)), 2);
}

#[test]
fn one_number_of_another_system_is_one_petition_however_often_it_comes_at_once() {
    let town = Town::new();
    let worker = town.staff(Role::Dispatcher, PARENT);
    let behalf = json!({
        "name": "王小明", "consent_by": "phone", "channel": "hotline", "external_id": "SH20261126-1"
    });
    let body = json!({
        "kind": "request", "category": category(&town, "other"), "division": OWN, "title": "x", "text": "x",
        "on_behalf": behalf
    });
    let call = (&worker, "POST", "/v1/petitions".to_owned(), body.clone());
    let replies = at_once(&town, &[call.clone(), call.clone(), call]);
    assert_eq!(done(&town, &replies), 3, "{replies:?}");
    assert_eq!(town.count("SELECT count(*) FROM petitions"), 1);
    // The same number of another channel is another petition, and the same key is the same answer.
    let mut message = body.clone();
    message["on_behalf"]["channel"] = json!("message");
    let (first, again) = (file(&town, &worker, message.clone()), file(&town, &worker, message));
    assert_eq!(id(&first.is(201).body), id(&again.is(201).body));
    assert_eq!(town.count("SELECT count(*) FROM petitions"), 2);
    let send =
        || town.post("/v1/petitions", body.clone()).header("Idempotency-Key", "hotline-1").by(&worker).send();
    let (first, again) = (send(), send());
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
}
