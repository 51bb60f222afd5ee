//! Consents: given to a version of the notice, one purpose at a time, withdrawn as easily as given.

use lilong::access::act::Look;
use lilong::access::caller::{Origin, Ticket};
use lilong::kit::problem::Result;
use lilong::people::consents::{self, ConsentPurpose};
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with};
use crate::support::petitions::organisation;
use crate::support::rights::bind;
use crate::support::{ELSEWHERE, OWN, Person, Reply, Town};
use lilong::access::role::Role;

fn agree(town: &Town, person: &Person, purpose: &str, is_separate: bool) -> Reply {
    let draft = json!({ "purpose": purpose, "notice_version": 1, "is_separate": is_separate });
    town.post("/v1/me/consents", draft).by(person).send()
}

fn listed(town: &Town, person: &Person) -> Vec<Value> {
    town.get("/v1/me/consents").by(person).send().is(200).body["items"].as_array().unwrap().clone()
}

/// What a feature is told that needs the consent.
fn has(town: &Town, person: &Person, purpose: ConsentPurpose) -> Result<()> {
    let origin = Origin { request_id: "test".into(), address: "127.0.0.1".parse().unwrap(), believed: None };
    let ticket = Ticket { principal: Some(person.principal()), origin, key: None };
    let account = person.account;
    let asked = town.gate.fetch(ticket, move |look: &mut Look<'_>| consents::require(look, account, purpose));
    actix_web::rt::System::new().block_on(asked)
}

#[test]
fn a_consent_counts_until_it_is_withdrawn_and_stays_as_history() {
    let town = Town::new();
    let person = town.resident();
    let missing = has(&town, &person, ConsentPurpose::Volunteering).unwrap_err();
    assert_eq!(missing.rule().code, "consent-missing");
    let given = agree(&town, &person, "volunteering", false);
    assert_eq!(given.is(201).body["withdrawn_at"], Value::Null);
    has(&town, &person, ConsentPurpose::Volunteering).unwrap();
    assert!(has(&town, &person, ConsentPurpose::Notifications).is_err());
    agree(&town, &person, "volunteering", false).is_problem(409, "consent-given");
    // There is no address to read one alone.
    assert_eq!(given.header("location"), "");
    let path = format!("/v1/me/consents/{}", given.body["id"].as_str().unwrap());
    town.call("DELETE", &path).by(&town.resident()).send().is_problem(404, "not-found");
    town.call("DELETE", &path).by(&person).send().is(204);
    town.call("DELETE", &path).by(&person).send().is_problem(404, "not-found");
    assert!(has(&town, &person, ConsentPurpose::Volunteering).is_err());
    agree(&town, &person, "volunteering", false).is(201);
    has(&town, &person, ConsentPurpose::Volunteering).unwrap();
    let all = listed(&town, &person);
    assert_eq!(all.iter().map(|one| one["withdrawn_at"].is_null()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(listed(&town, &town.resident()), Vec::<Value>::new());
}

#[test]
fn sensitive_purposes_need_a_consent_of_their_own_and_the_notice_must_be_the_current_one() {
    let town = Town::new();
    let person = town.resident();
    for purpose in ["health", "movement_track", "publication"] {
        agree(&town, &person, purpose, false).is_problem(422, "consent-not-separate");
        agree(&town, &person, purpose, true).is(201);
    }
    agree(&town, &person, "third_party_sharing", false).is_problem(422, "consent-not-separate");
    let stale = json!({ "purpose": "volunteering", "notice_version": 2 });
    town.post("/v1/me/consents", stale).by(&person).send().is_problem(409, "consent-notice-stale");
    agree(&town, &person, "everything", true).is_problem(422, "field-invalid");
}

#[test]
fn what_was_agreed_to_under_an_older_notice_is_agreed_to_anew() {
    let town = Town::new();
    let person = town.resident();
    agree(&town, &person, "volunteering", false).is(201);
    town.execute("UPDATE consents SET notice_version = 0");
    agree(&town, &person, "volunteering", false).is(201);
    assert_eq!(town.count("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL"), 1);
}

/// Agrees to be shown to an organisation.
fn agree_to(town: &Town, person: &Person, recipient: &str) -> Reply {
    let draft = json!({
        "purpose": "third_party_sharing", "notice_version": 1, "is_separate": true, "recipient": recipient
    });
    town.post("/v1/me/consents", draft).by(person).send()
}

#[test]
fn what_is_given_to_others_is_agreed_to_by_recipient_and_nothing_else_is() {
    let town = Town::new();
    let person = town.resident();
    let of_kind = |kind: &str| organisation(&town, "宝钢物业", kind, ELSEWHERE).to_string();
    let (company, closed) = (of_kind("property_company"), of_kind("law_firm"));
    town.execute(&format!("UPDATE organisations SET closed_on = '2026-01-01' WHERE id = '{closed}'"));
    agree(&town, &person, "third_party_sharing", true).is_problem_at(
        422,
        "consent-recipient-missing",
        "/recipient",
    );
    for purpose in ["volunteering", "publication"] {
        let draft =
            json!({ "purpose": purpose, "notice_version": 1, "is_separate": true, "recipient": company });
        let refused = town.post("/v1/me/consents", draft).by(&person).send();
        refused.is_problem_at(422, "consent-recipient-unfit", "/recipient");
    }
    let nobody = uuid::Uuid::nil().to_string();
    agree_to(&town, &person, &nobody).is_problem_at(422, "consent-recipient-unknown", "/recipient");
    agree_to(&town, &person, &closed).is_problem_at(409, "organisation-closed", "/recipient");
    assert_eq!(town.count("SELECT count(*) FROM consents"), 0);
    assert_eq!(agree_to(&town, &person, &company).is(201).body["recipient"], json!(company));
    assert_eq!(agree(&town, &person, "publication", true).is(201).body["recipient"], Value::Null);
    let noted =
        "SELECT detail->>'recipient' FROM audit_events WHERE detail->>'purpose' = 'third_party_sharing'";
    assert_eq!(town.text(noted), company);
}

#[test]
fn recipients_are_agreed_to_side_by_side_and_each_once() {
    let town = Town::new();
    let person = town.resident();
    let of_kind = |kind: &str| organisation(&town, "宝钢物业", kind, ELSEWHERE).to_string();
    let (company, firm) = (of_kind("property_company"), of_kind("law_firm"));
    let given = agree_to(&town, &person, &company);
    agree_to(&town, &person, &firm).is(201);
    for again in [&company, &firm] {
        agree_to(&town, &person, again).is_problem(409, "consent-given");
    }
    let path = format!("/v1/me/consents/{}", given.is(201).body["id"].as_str().unwrap());
    town.call("DELETE", &path).by(&person).send().is(204);
    let counting = || {
        let all = listed(&town, &person).into_iter().filter(|one| one["withdrawn_at"].is_null());
        all.map(|one| one["recipient"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(counting(), [firm.as_str()]);
    agree_to(&town, &person, &company).is(201);
    // What is agreed to anew under another notice is that recipient's alone.
    town.execute("UPDATE consents SET notice_version = 0");
    agree_to(&town, &person, &company).is(201);
    let versions =
        "SELECT string_agg(notice_version::text, ' ' ORDER BY id) FROM consents WHERE withdrawn_at IS NULL";
    assert_eq!((counting(), town.text(versions).as_str()), (vec![company, firm], "0 1"));
}

#[test]
fn consents_at_once_are_one() {
    let town = Town::with(|settings| settings.seats = 4);
    let person = town.resident();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| agree(&town, &person, "volunteering", false));
        }
    });
    assert_eq!(town.count("SELECT count(*) FROM consents"), 1);
}

#[test]
fn a_child_does_not_agree_for_itself() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let child = enter(&town, &worker, with(draft("王小明"), json!({ "born_on": "2015-06-01" })));
    let person = town.resident();
    bind(&town, &person, &child);
    agree(&town, &person, "volunteering", false).is_problem(403, "consent-guardian-needed");
    let named = format!("/v1/me/consents?for={}", child["id"].as_str().unwrap());
    let draft = json!({ "purpose": "volunteering", "notice_version": 1 });
    town.post(&named, draft).by(&person).send().is_problem(403, "consent-guardian-needed");
    assert_eq!(town.count("SELECT count(*) FROM consents"), 0);
}

#[test]
fn the_notice_is_public_and_in_both_languages() {
    let town = Town::new();
    let notice = town.get("/v1/privacy-notice").send();
    assert_eq!(notice.is(200).body["version"], 1);
    assert!(notice.body["zh"].as_str().unwrap().contains("第四十七条"));
    assert!(notice.body["en"].as_str().unwrap().contains("art. 47"));
}
