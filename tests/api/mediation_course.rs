//! The course of a case, walked through HTTP: every pair of a state and a step that has an operation.

use lilong::access::role::Role;
use lilong::matters::mediation_cases::course::{MediationState, MediationStep, after};
use serde_json::json;
use uuid::Uuid;

use crate::support::disputes::{at_table, put_case, put_party, put_seat};
use crate::support::{OWN, PARENT, Person, Reply, Town};

struct Cast {
    party: Person,
    justice: Person,
    mediator: Person,
    other: Person,
}

/// A case in that state, with a party, its opponent, a mediator at the table, one who was asked, and an objection.
fn prepare(town: &Town, cast: &Cast, state: MediationState) -> (String, [Uuid; 3]) {
    let (case, objection) = (put_case(town, state.as_str()), lilong::kit::id::next());
    put_party(town, case, "applicant", Some(cast.party.account.0));
    let party = put_party(town, case, "respondent", None);
    let seat = put_seat(town, case, "mediator", cast.mediator.account, "accepted");
    let asked = put_seat(town, case, "mediator", cast.other.account, "asked");
    town.execute(&format!(
        "INSERT INTO mediation_objections (id, case_id, seat_id, party_id, reason, created_at)
             VALUES ('{objection}', '{case}', '{asked}', '{party}', 'x', now())"
    ));
    (case.to_string(), [seat, asked, objection])
}

/// Tries a step; none where it has no operation of its own.
fn take(
    town: &Town,
    cast: &Cast,
    (case, [seat, asked, objection]): &(String, [Uuid; 3]),
    step: MediationStep,
) -> Option<Reply> {
    use MediationStep::*;
    let send = |by: &Person, part: &str, body| Some(at_table(town, by, case, part, body));
    let end = |reason: &str| json!({ "reason": reason, "note": "x" });
    match step {
        Accept => send(&cast.justice, "acceptance", json!({})),
        Decline => send(&cast.justice, "refusal", end("not_mediable")),
        Change => {
            let path = format!("/v1/mediation-cases/{case}");
            Some(town.patch(&path, "*", json!({ "subject": "y" })).by(&cast.justice).send())
        }
        AddParty => send(&cast.justice, "parties", json!({ "side": "third", "name": "孙先生" })),
        Consent => send(&cast.party, "consents", json!({ "is_agreed": true })),
        Refuse => send(&cast.party, "consents", json!({ "is_agreed": false })),
        AskSeat => {
            let whom = town.staff(Role::Mediator, OWN).account;
            send(&cast.justice, "seats", json!({ "role": "mediator", "account": whom }))
        }
        TakeSeat => send(&cast.other, &format!("seats/{asked}/reply"), json!({ "is_accepted": true })),
        DeclineSeat => {
            let body = json!({ "is_accepted": false, "reason": "x" });
            send(&cast.other, &format!("seats/{asked}/reply"), body)
        }
        Object => send(&cast.party, "objections", json!({ "seat": seat, "reason": "x" })),
        DecideObjection => {
            let body = json!({ "decision": "overruled", "reason": "x" });
            send(&cast.justice, &format!("objections/{objection}/decision"), body)
        }
        Note => send(&cast.mediator, "notes", json!({ "text": "x", "audience": "table" })),
        AddEvidence => {
            send(&cast.party, "evidence", json!({ "title": "x", "text": "x", "audience": "table" }))
        }
        Fail => send(&cast.justice, "failure", end("no_agreement")),
        Withdraw => send(&cast.party, "withdrawal", json!({ "note": "x" })),
        Close => send(&cast.justice, "closure", json!({ "note": "x" })),
        Schedule | Open | Adjourn | Extend | Agree | Perform | Complete | Breach | Reopen => None,
    }
}

/// Everything that is kept of a case.
fn kept(town: &Town, case: &str) -> String {
    town.text(&format!(
        "SELECT concat((SELECT m::text FROM matters m WHERE id = '{case}'), (SELECT c::text FROM mediation_cases c WHERE id = '{case}'),
                (SELECT string_agg(p::text, '') FROM mediation_parties p WHERE case_id = '{case}'),
                (SELECT string_agg(s::text, '') FROM mediation_seats s WHERE case_id = '{case}'),
                (SELECT string_agg(o::text, '') FROM mediation_objections o WHERE case_id = '{case}'),
                (SELECT string_agg(n::text, '') FROM mediation_notes n WHERE case_id = '{case}'),
                (SELECT string_agg(e::text, '') FROM mediation_evidence e WHERE case_id = '{case}'),
                (SELECT string_agg(k::text, '') FROM matter_clocks k WHERE matter_id = '{case}'),
                (SELECT string_agg(t::text, '') FROM matter_events t WHERE matter_id = '{case}'))"
    ))
}

#[test]
fn every_step_is_possible_in_the_states_of_the_table_and_in_no_other() {
    let town = Town::new();
    let cast = Cast {
        party: town.resident(),
        justice: town.staff(Role::JusticeOfficer, PARENT),
        mediator: town.staff(Role::Mediator, PARENT),
        other: town.staff(Role::Mediator, PARENT),
    };
    for state in MediationState::ALL {
        for step in MediationStep::ALL {
            let thing = prepare(&town, &cast, *state);
            let before = kept(&town, &thing.0);
            let Some(reply) = take(&town, &cast, &thing, *step) else { continue };
            let stands = || town.text(&format!("SELECT state FROM matters WHERE id = '{}'", thing.0));
            match after(*state, *step) {
                Some(next) => {
                    assert!(reply.status < 300, "{state:?} {step:?}: {}", reply.text);
                    assert_eq!(stands(), next.as_str(), "{state:?} {step:?}");
                }
                None => {
                    reply.is_problem(409, "matter-state-unfit");
                    assert_eq!(kept(&town, &thing.0), before, "{state:?} {step:?}");
                }
            }
        }
    }
}
