//! 三所联动: each reads what is for them, and a stranger nothing.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::agreements::{party_of, put_agreement, put_confirmation, put_follow_up};
use crate::support::disputes::{at_table, case_seen};
use crate::support::petitions::neighbour;
use crate::support::table::{Cast, cast, registered, seated};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, Town};

/// What stands in a case, and who of those who may look at it reads it: the parties 赵 and 钱, the mediator 周, 周's colleague 吴, the
/// lawyer, the street.
const READERS: [(&str, &str); 12] = [
    ("拖动家具", "赵 钱 周 吴 lawyer"),
    ("推搡", "周 吴 lawyer"),
    ("310113202603020231", "周 吴 lawyer"),
    ("陈桂芳", "赵 钱 周 吴 lawyer"),
    ("律师自记", "lawyer"),
    ("席间记录", "周 吴 lawyer"),
    ("共同记录", "赵 钱 周 吴 lawyer"),
    ("赵只示调解员", "赵 周"),
    ("赵示各席", "赵 周 吴 lawyer"),
    ("钱示众人", "赵 钱 周 吴 lawyer"),
    ("警方记录", "周 吴 lawyer"),
    ("****0155", "周 吴"),
];

/// What is never handed over.
const SECRETS: [&str; 8] =
    ["推搡", "律师自记", "席间记录", "共同记录", "赵只示调解员", "赵示各席", "警方记录", "****0155"];

/// Each writes down something for some.
fn told(town: &Town, cast: &Cast) -> String {
    let case = registered(town, cast);
    at_table(town, &cast.zhou, &case, "acceptance", json!({})).is(200);
    for (role, whom) in [("police", &cast.police), ("lawyer", &cast.lawyer), ("mediator", &cast.zhou)] {
        seated(town, cast, &case, role, whom);
    }
    let add = |by: &Person, part: &str, body: Value| {
        at_table(town, by, &case, part, body).is(201);
    };
    let note = |text: &str, audience: &str| json!({ "text": text, "audience": audience });
    add(&cast.lawyer, "notes", note("律师自记", "seat"));
    add(&cast.zhou, "notes", note("席间记录", "table"));
    add(&cast.zhou, "notes", note("共同记录", "everybody"));
    let shown = |title: &str, audience: &str| json!({ "title": title, "text": "x", "audience": audience });
    add(&cast.zhao, "evidence", shown("赵只示调解员", "mediators"));
    add(&cast.zhao, "evidence", shown("赵示各席", "table"));
    add(&cast.qian, "evidence", shown("钱示众人", "everybody"));
    add(&cast.police, "evidence", shown("警方记录", "table"));
    case
}

#[test]
fn each_reads_what_is_for_them_and_a_stranger_nothing() {
    let town = Town::new();
    let cast = cast(&town);
    let case = told(&town, &cast);
    let all = |by: &Person| -> [Reply; 4] {
        ["", "/notes", "/evidence", "/events"]
            .map(|part| town.get(&format!("/v1/mediation-cases/{case}{part}")).by(by).send())
    };
    let readers = [
        ("赵", &cast.zhao),
        ("钱", &cast.qian),
        ("周", &cast.zhou),
        ("吴", &cast.wu),
        ("lawyer", &cast.lawyer),
        ("street", &cast.street),
    ];
    for (name, person) in readers {
        let text: String = all(person).iter().map(|reply| reply.text.clone()).collect();
        for (word, who) in READERS {
            assert_eq!(text.contains(word), who.split(' ').any(|one| one == name), "{name} reads {word}");
        }
    }
    // The street is told that there is one.
    assert_eq!(case_seen(&town, &cast.street, &case)["read_as"], "overseer");
    for reply in &all(&cast.street)[1..] {
        reply.is_problem(403, "forbidden");
    }
    let (auditor, stranger) = (town.staff(Role::Auditor, CITY), neighbour(&town, ELSEWHERE));
    for nobody in [&auditor, &stranger, &town.staff(Role::Mediator, PARENT)] {
        for reply in all(nobody) {
            reply.is_problem(404, "not-found");
        }
        assert!(!town.get("/v1/mediation-cases?of=own").by(nobody).send().text.contains(&case));
    }
    // Lists of all kinds call it by its type.
    let listed = town.get(&format!("/v1/matters?division={OWN}")).by(&cast.street).send();
    assert!(listed.is(200).text.contains("邻里纠纷") && !listed.text.contains("噪声"));
}

/// The case moves to that state, whatever led there.
fn put_state(town: &Town, case: &str, state: &str) {
    town.execute(&format!("UPDATE matters SET state = '{state}' WHERE id = '{case}'"));
}

/// They agreed, asked the court, and will be visited.
fn put_settled(town: &Town, case: &str) {
    let id = case.parse().expect("an id");
    let parties = ["respondent", "applicant"].map(|side| party_of(town, case, side).parse().expect("an id"));
    let (agreement, ..) = put_agreement(town, id, parties, ("effective", 1));
    put_confirmation(town, agreement, "applied");
    put_follow_up(town, id);
    put_state(town, case, "agreed");
}

#[test]
fn what_comes_after_is_read_by_the_parties_and_the_table_and_handed_over_without_what_is_confidential() {
    let town = Town::new();
    let cast = cast(&town);
    let case = told(&town, &cast);
    put_settled(&town, &case);
    let (auditor, stranger) = (town.staff(Role::Auditor, CITY), neighbour(&town, ELSEWHERE));
    let elsewhere = town.staff(Role::JusticeOfficer, ELSEWHERE);
    // Who reads what was agreed and what came of it, and who the package that is handed over.
    let readers = [
        (&cast.zhao, 200, 200),
        (&cast.qian, 200, 200),
        (&cast.zhou, 200, 200),
        (&cast.wu, 200, 200),
        (&cast.justice, 200, 200),
        (&cast.lawyer, 200, 403),
        (&cast.police, 200, 403),
        (&cast.street, 403, 403),
        (&auditor, 404, 404),
        (&stranger, 404, 404),
        (&elsewhere, 404, 404),
    ];
    let look =
        |by: &Person, part: &str| town.get(&format!("/v1/mediation-cases/{case}/{part}")).by(by).send();
    for (n, (by, status, _)) in readers.iter().enumerate() {
        for part in ["agreements", "confirmation", "follow-ups", "performances", "penalty-waivers"] {
            let reply = look(by, part);
            assert_eq!(reply.status, *status, "{n} {part}: {}", reply.text);
        }
    }
    // While it is mediated or kept nothing is handed over, and whoever would not get it is not told that.
    for (n, (by, _, status)) in readers.iter().enumerate() {
        let expected = if *status == 200 { 409 } else { *status };
        assert_eq!(look(by, "hand-over?to=court").status, expected, "{n}");
    }
    for (state, to) in
        [("failed", "court"), ("breached", "arbitration"), ("failed", "legal_aid"), ("breached", "street")]
    {
        put_state(&town, &case, state);
        for (n, (by, _, status)) in readers.iter().enumerate() {
            let reply = look(by, &format!("hand-over?to={to}"));
            assert_eq!(reply.status, *status, "{n} {state}: {}", reply.text);
            let shown = |word: &str| reply.text.contains(word);
            assert_eq!(shown("拖动家具") && shown("钱示众人"), *status == 200, "{n}");
            assert!(!SECRETS.into_iter().any(shown), "{n} {state}: {}", reply.text);
        }
    }
}

#[test]
fn what_the_table_has_read_is_not_the_same_to_whoever_reads_less() {
    let town = Town::new();
    let cast = cast(&town);
    let case = told(&town, &cast);
    let path = format!("/v1/mediation-cases/{case}");
    let see = |by: &Person, tag: &str| town.get(&path).header("If-None-Match", tag).by(by).send();
    let table = see(&cast.zhou, "\"v0\"");
    see(&cast.zhou, table.is(200).header("etag")).is(304);
    assert_eq!(see(&cast.street, table.header("etag")).is(200).body["read_as"], "overseer");
}
