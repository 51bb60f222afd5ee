//! An agreement that a court revoked or found void: it holds no more, and everybody who must know is told.

use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::agreements::{annulment, keep, paper, party_of, put_agreement, put_confirmation};
use crate::support::archive::with;
use crate::support::disputes::{at_table, case_events, case_seen, put_case, put_party, put_seat};
use crate::support::petitions::{neighbour, tasks};
use crate::support::{OWN, PARENT, Person, Reply, Town};

/// A case of two with accounts, in that state, and what they agreed on.
struct Bound {
    case: String,
    zhao: Person,
    qian: Person,
    zhou: Person,
    justice: Person,
    number: String,
    items: Vec<Uuid>,
}

fn bound(town: &Town, state: &str) -> Bound {
    let id = put_case(town, state);
    let (zhao, qian, zhou) = (town.resident(), town.resident(), town.staff(Role::Mediator, PARENT));
    let parties = [("respondent", &qian), ("applicant", &zhao)]
        .map(|(side, who)| put_party(town, id, side, Some(who.account.0)));
    put_seat(town, id, "mediator", zhou.account, "accepted");
    let (_, number, items) = put_agreement(town, id, parties, ("effective", 2));
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    Bound { case: id.to_string(), zhao, qian, zhou, justice, number, items }
}

impl Bound {
    /// Notes what a court did.
    #[track_caller]
    fn annul(&self, town: &Town, by: &Person, more: Value) -> Reply {
        at_table(town, by, &self.case, "annulment", with(annulment(town), more))
    }

    /// What anybody is told of the number.
    #[track_caller]
    fn verified(&self, town: &Town) -> Value {
        let path = format!("/v1/mediation-agreement-verifications/{}", self.number);
        town.get(&path).send().is(200).body.clone()
    }
}

#[test]
fn what_a_court_revoked_is_kept_by_nobody_and_the_parties_are_told() {
    let town = Town::new();
    let case = bound(&town, "performing");
    let Bound { zhao, qian, zhou, justice, .. } = &case;
    keep(&town, zhao, &case.case, (&case.items[0].to_string(), "partly"), json!({ "amount_fen": 100 }))
        .is(201);
    assert!(tasks(&town, qian).contains(&"perform".to_owned()));
    assert_eq!(case.verified(&town)["state"], "effective");
    let today = local_date(town.now());
    for (by, status) in
        [(zhao, 403), (&town.staff(Role::StreetOfficer, PARENT), 403), (&neighbour(&town, OWN), 404)]
    {
        let code = if status == 403 { "forbidden" } else { "not-found" };
        case.annul(&town, by, json!({})).is_problem(status, code);
    }
    for day in [today.succ_opt(), today.pred_opt()] {
        let unfit = case.annul(&town, justice, json!({ "decided_on": day.expect("a day") }));
        unfit.is_problem(422, "mediation-annulment-day-unfit");
    }
    let shown = json!({ "files": [paper(&town, justice)] });
    let view = case.annul(&town, justice, shown).is(201).body.clone();
    assert_eq!((&view["kind"], &view["files"][0]["name"]), (&json!("revoked"), &json!("scan.csv")));
    for by in [zhao, qian, zhou] {
        let path = format!("/v1/mediation-cases/{}/annulment", case.case);
        assert_eq!(town.get(&path).by(by).send().is(200).body, view);
        let seen = case_seen(&town, by, &case.case);
        let told = (&seen["state"], &seen["end_reason"], &seen["end_note"]);
        assert_eq!(told, (&json!("failed"), &json!("agreement_annulled"), &view["reason"]));
        assert!(seen["routes"].as_array().expect("routes").contains(&json!("litigation")));
        assert!(case_events(&town, by, &case.case).contains(&"agreement_annulled".to_owned()));
    }
    let told = "SELECT count(*) FROM outbox WHERE topic = 'mediation_case.agreement_annulled'";
    assert_eq!(town.count(told), 1);
    assert_eq!(tasks(&town, qian), [""; 0]);
    case.annul(&town, justice, json!({})).is_problem(409, "mediation-annulment-no-agreement");
    keep(&town, zhao, &case.case, (&case.items[0].to_string(), "done"), json!({}))
        .is_problem(409, "matter-state-unfit");
    // What was said of it in confidence is in no trail.
    let trail = town.text("SELECT string_agg(detail::text, '') FROM audit_events");
    assert!(!trail.contains("显失公平") && !trail.contains("民初"), "{trail}");
}

#[test]
fn whoever_has_the_number_reads_that_it_holds_no_more() {
    let town = Town::new();
    let case = bound(&town, "agreed");
    case.annul(&town, &case.justice, json!({ "kind": "void" })).is(201);
    let told = case.verified(&town);
    let today = local_date(town.now()).to_string();
    assert_eq!((&told["state"], &told["ended_on"]), (&json!("annulled"), &json!(today)));
    let path = format!("/v1/mediation-agreement-verifications/{}", case.number);
    let page = town.get(&path).header("Accept", "text/html").send();
    let text = &page.is(200).text;
    assert!(text.contains("不再有效"), "{text}");
    assert!(!text.contains("显失公平") && !text.contains("民初"), "nothing of what the court said: {text}");
}

#[test]
fn what_was_filed_and_paid_for_stays_filed_and_paid_for() {
    let town = Town::new();
    let case = bound(&town, "performed");
    let Bound { zhao, zhou, justice, .. } = &case;
    at_table(&town, zhou, &case.case, "closure", json!({ "note": "x" })).is(200);
    let ledger = || {
        let lines = "SELECT string_agg(s::text, '' ORDER BY id) FROM mediation_subsidies s";
        (town.count("SELECT count(*) FROM mediation_subsidies"), town.text(lines))
    };
    let filed = || {
        let of_case = format!("FROM matters WHERE id = '{}'", case.case);
        town.text(&format!("SELECT concat(state, is_open, closed_at) {of_case}"))
    };
    let (paid, stood) = (ledger(), filed());
    assert!(paid.0 == 1 && stood.starts_with("closed"), "{paid:?} {stood}");
    case.annul(&town, justice, json!({ "kind": "void" })).is(201);
    assert_eq!((ledger(), filed()), (paid, stood));
    assert_eq!(case.verified(&town)["state"], "annulled");
    case.annul(&town, justice, json!({})).is_problem(409, "mediation-annulment-no-agreement");
    at_table(&town, zhou, &case.case, "closure", json!({ "note": "x" }))
        .is_problem(409, "matter-state-unfit");
    // Whoever goes to court now takes along what the dispute was, without the agreement.
    let path = format!("/v1/mediation-cases/{}/hand-over?to=court", case.case);
    let package = town.get(&path).by(zhao).send();
    assert_eq!(
        (&package.is(200).body["agreement"], &package.body["end_reason"]),
        (&Value::Null, &json!("agreement_annulled"))
    );
}

#[test]
fn what_was_broken_may_be_mediated_once_more_and_nobody_notes_it_of_their_own() {
    let town = Town::new();
    let case = bound(&town, "breached");
    let party = town.staff(Role::JusticeOfficer, PARENT);
    put_party(&town, case.case.parse().expect("an id"), "third", Some(party.account.0));
    case.annul(&town, &party, json!({})).is_problem(409, "mediation-own-case");
    case.annul(&town, &case.zhou, json!({})).is(201);
    assert_eq!(case_seen(&town, &case.zhao, &case.case)["state"], "breached");
    at_table(&town, &case.zhou, &case.case, "reopening", json!({ "note": "x" })).is(200);
    let seen = case_seen(&town, &case.zhao, &case.case);
    assert_eq!((&seen["state"], &seen["end_reason"]), (&json!("accepted"), &Value::Null));
}

#[test]
fn what_is_mediated_once_more_goes_on_or_ends_for_its_own_reason() {
    let town = Town::new();
    let case = bound(&town, "breached");
    let Bound { zhao, zhou, justice, .. } = &case;
    at_table(&town, zhou, &case.case, "reopening", json!({ "note": "x" })).is(200);
    let id: Uuid = case.case.parse().expect("an id");
    let parties =
        ["respondent", "applicant"].map(|side| party_of(&town, &case.case, side).parse().expect("an id"));
    let (text, ..) = put_agreement(&town, id, parties, ("signing", 1));
    case.annul(&town, justice, json!({})).is(201);
    let seen = case_seen(&town, zhao, &case.case);
    assert_eq!(
        (&seen["state"], &seen["end_reason"], &seen["routes"]),
        (&json!("accepted"), &Value::Null, &json!([]))
    );
    assert_eq!(case.verified(&town)["state"], "annulled");
    // What is being signed would have replaced it, and does without it.
    let stands = format!("SELECT state FROM mediation_agreements WHERE id = '{text}'");
    assert_eq!(town.text(&stands), "signing");
    // So it is when that did not succeed, either: it failed for its own reason.
    let case = bound(&town, "breached");
    at_table(&town, &case.zhou, &case.case, "reopening", json!({ "note": "x" })).is(200);
    let failed = json!({ "reason": "no_agreement", "note": "x" });
    at_table(&town, &case.justice, &case.case, "failure", failed).is(200);
    case.annul(&town, &case.justice, json!({})).is(201);
    let seen = case_seen(&town, &case.zhao, &case.case);
    assert_eq!((&seen["state"], &seen["end_reason"]), (&json!("failed"), &json!("no_agreement")));
}

#[test]
fn what_was_performed_is_handed_over_at_once_and_paid_for_when_it_is_filed() {
    let town = Town::new();
    let case = bound(&town, "performed");
    let path = format!("/v1/mediation-cases/{}/hand-over?to=court", case.case);
    town.get(&path).by(&case.zhao).send().is_problem(409, "mediation-not-ended");
    case.annul(&town, &case.justice, json!({})).is(201);
    let package = town.get(&path).by(&case.zhao).send();
    assert_eq!(package.is(200).body["end_reason"], "agreement_annulled");
    at_table(&town, &case.zhou, &case.case, "closure", json!({ "note": "x" })).is(200);
    assert_eq!(town.count("SELECT count(*) FROM mediation_subsidies"), 1);
}

#[test]
fn a_court_that_was_asked_to_confirm_still_answers_and_nothing_comes_of_it() {
    let town = Town::new();
    let case = bound(&town, "agreed");
    let path = format!("/v1/mediation-cases/{}/confirmation", case.case);
    let decision =
        json!({ "decision": "refused", "decided_on": local_date(town.now()), "document_number": "x" });
    let decide = || town.patch(&path, "*", decision.clone()).by(&case.justice).send();
    let agreement =
        town.text(&format!("SELECT id FROM mediation_agreements WHERE case_id = '{}'", case.case));
    put_confirmation(&town, agreement.parse().expect("an id"), "applied");
    case.annul(&town, &case.justice, json!({})).is(201);
    assert_eq!(decide().is(200).body["state"], "refused");
    assert_eq!(case_seen(&town, &case.zhao, &case.case)["state"], "failed");
    decide().is_problem(409, "mediation-confirmation-not-applied");
}
