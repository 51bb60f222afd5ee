//! The course of a case, walked through HTTP: every pair of a state and a step that has an operation.

use lilong::access::role::Role;
use lilong::matters::mediation_cases::course::{MediationState, MediationStep, after};
use serde_json::json;
use uuid::Uuid;

use crate::support::agreements::{
    annulment, keep, paper, party_of, put_agreement, put_confirmation, put_extension, put_follow_up,
    put_month, put_waiver, refer, sign,
};
use crate::support::archive::with;
use crate::support::disputes::{agree, at_table, kept, put_case, put_hearing, put_party, put_room, put_seat};
use crate::support::{OWN, PARENT, Person, Reply, Town};

struct Cast {
    room: Uuid,
    party: Person,
    justice: Person,
    mediator: Person,
    other: Person,
}

/// A case in that state, with a party, its opponent, a mediator at the table, one who was asked, an objection, and a hearing as such a
/// case has one. Only what is about to be planned or begun is agreed to.
fn prepare(town: &Town, cast: &Cast, (state, step): (MediationState, MediationStep)) -> (String, [Uuid; 4]) {
    use MediationState::{Adjourned, InMediation, Scheduled};
    use MediationStep::{Move, Open, Schedule};
    // What earlier cases hold is free again.
    town.execute(
        "UPDATE mediation_hearings SET state = 'cancelled', begun_at = NULL, holds = false WHERE holds",
    );
    let (case, objection) = (put_case(town, state.as_str()), lilong::kit::id::next());
    refer(town, case);
    put_party(town, case, "applicant", Some(cast.party.account.0));
    let party = put_party(town, case, "respondent", None);
    let seat = put_seat(town, case, "mediator", cast.mediator.account, "accepted");
    let asked = put_seat(town, case, "mediator", cast.other.account, "asked");
    town.execute(&format!(
        "INSERT INTO mediation_objections (id, case_id, seat_id, party_id, reason, created_at)
             VALUES ('{objection}', '{case}', '{asked}', '{party}', 'x', now())"
    ));
    let stands = match state {
        Scheduled => "scheduled",
        Adjourned if step != Schedule => "scheduled",
        InMediation => "in_session",
        _ => "concluded",
    };
    let hearing = put_hearing(town, case, cast.room, stands, town.now());
    if matches!(step, Schedule | Move | Open) {
        agree(town, case);
    }
    (case.to_string(), [seat, asked, objection, hearing])
}

/// Tries a step; none where it has no operation of its own.
fn take(
    town: &Town,
    cast: &Cast,
    (case, [seat, asked, objection, hearing]): &(String, [Uuid; 4]),
    step: MediationStep,
) -> Option<Reply> {
    use MediationStep::*;
    if let Some(reply) = hear(town, cast, (case, hearing, seat), step) {
        return Some(reply);
    }
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
        Schedule | Move | CancelHearing | Serve | Open | Adjourn | Conclude => None,
        _ => settle(town, cast, case, step),
    }
}

/// What comes of it: more time, an agreement, and what follows from that.
fn settle(town: &Town, cast: &Cast, case: &str, step: MediationStep) -> Option<Reply> {
    use MediationStep::*;
    let id: Uuid = case.parse().expect("an id");
    let state = town.text(&format!("SELECT state FROM matters WHERE id = '{case}'"));
    let is_bound = ["agreed", "performing"].contains(&state.as_str());
    let send = |by: &Person, part: &str, body| Some(at_table(town, by, case, part, body));
    let written = |form: &str| json!({ "form": form, "basis": "x", "terms": "x" });
    let parties = ["respondent", "applicant"].map(|side| party_of(town, case, side).parse().expect("an id"));
    let agree = |state: &str, items| put_agreement(town, id, parties, (state, items));
    let today = lilong::kit::clock::local_date(town.now());
    match step {
        Draft => send(&cast.justice, "agreements", written("written")),
        // One and the same request, which is the one or the other by where the case stands.
        Agree if is_bound => None,
        Amend if !is_bound => None,
        Agree | Amend => {
            let oral = with(written("oral"), json!({ "agreed_on": today }));
            send(&cast.justice, "agreements", oral)
        }
        Sign => {
            let (agreement, ..) = agree("signing", 1);
            let sha256 = town.text(&format!(
                "SELECT encode(text_sha256, 'hex') FROM mediation_agreements WHERE id = '{agreement}'"
            ));
            Some(sign(town, &cast.party, case, ("party", &sha256)))
        }
        Perform | Complete | Breach => {
            let (_, _, items) = agree("effective", if step == Complete { 1 } else { 2 });
            let outcome = if step == Breach { "breached" } else { "done" };
            let note = json!({ "note": "x" });
            Some(keep(town, &cast.justice, case, (&items[0].to_string(), outcome), note))
        }
        Reopen => send(&cast.justice, "reopening", json!({ "note": "x" })),
        AskExtension | AnswerExtension | Extend => extend(town, cast, (case, id, parties[0]), step),
        _ => confirm(town, cast, (case, agree("effective", 1).0), step),
    }
}

/// More time: asked, answered by one of two parties, or by the second.
fn extend(
    town: &Town,
    cast: &Cast,
    (case, id, other): (&str, Uuid, Uuid),
    step: MediationStep,
) -> Option<Reply> {
    let state = town.text(&format!("SELECT state FROM matters WHERE id = '{case}'"));
    if ["accepted", "scheduled", "in_mediation", "adjourned"].contains(&state.as_str()) {
        put_month(town, id);
    }
    if step == MediationStep::AskExtension {
        let body = json!({ "amount": 1, "reason": "x" });
        return Some(at_table(town, &cast.justice, case, "extensions", body));
    }
    let asked = put_extension(town, id);
    if step == MediationStep::Extend {
        town.execute(&format!(
            "INSERT INTO mediation_extension_replies SELECT '{asked}', '{other}', true, 'phone', asked_by, now()
                 FROM mediation_extensions WHERE id = '{asked}'"
        ));
    }
    Some(at_table(town, &cast.party, case, "extension-consents", json!({ "is_agreed": true })))
}

/// What is asked of a court, and what is found afterwards.
fn confirm(town: &Town, cast: &Cast, (case, agreement): (&str, Uuid), step: MediationStep) -> Option<Reply> {
    let court = json!({ "court": "上海市宝山区人民法院" });
    let change = |part: &str, body| {
        let path = format!("/v1/mediation-cases/{case}/{part}");
        Some(town.patch(&path, "*", body).by(&cast.justice).send())
    };
    match step {
        MediationStep::JoinConfirmation => Some(at_table(town, &cast.party, case, "confirmation", court)),
        MediationStep::ApplyConfirmation => {
            let body = with(court, json!({ "files": [paper(town, &cast.justice)] }));
            Some(at_table(town, &cast.justice, case, "confirmation", body))
        }
        MediationStep::DecideConfirmation => {
            put_confirmation(town, agreement, "applied");
            let on = lilong::kit::clock::local_date(town.now());
            let body = json!({ "decision": "confirmed", "decided_on": on, "document_number": "x" });
            change("confirmation", body)
        }
        MediationStep::PlanFollowUp => {
            Some(at_table(town, &cast.justice, case, "follow-ups", json!({ "channel": "phone" })))
        }
        MediationStep::FollowUp => {
            let visit = put_follow_up(town, case.parse().expect("an id"));
            change(&format!("follow-ups/{visit}"), json!({ "finding": "kept", "note": "x" }))
        }
        MediationStep::Annul => Some(at_table(town, &cast.justice, case, "annulment", annulment(town))),
        _ => spare(town, cast, case, step),
    }
}

/// That nobody is punished (治安管理处罚法 9).
fn spare(town: &Town, cast: &Cast, case: &str, step: MediationStep) -> Option<Reply> {
    match step {
        MediationStep::AskWaiver => {
            Some(at_table(town, &cast.party, case, "penalty-waivers", json!({ "text": "x" })))
        }
        MediationStep::DecideWaiver => {
            let (police, waiver) = put_waiver(town, case, &cast.party);
            let body = json!({ "is_granted": true, "reason": "x" });
            Some(at_table(town, &police, case, &format!("penalty-waivers/{waiver}/decision"), body))
        }
        _ => None,
    }
}

/// What is done with hearings.
fn hear(
    town: &Town,
    cast: &Cast,
    (case, hearing, seat): (&str, &Uuid, &Uuid),
    step: MediationStep,
) -> Option<Reply> {
    let send = |part: &str, body| Some(at_table(town, &cast.justice, case, part, body));
    let on = |part: &str, body| send(&format!("hearings/{hearing}/{part}"), body);
    let later = |hours| town.now() + chrono::TimeDelta::hours(hours);
    let party = || {
        let of_case = format!("case_id = '{case}' AND side = 'applicant'");
        town.text(&format!("SELECT id FROM mediation_parties WHERE {of_case}"))
    };
    match step {
        MediationStep::Schedule => {
            let body = json!({ "room": cast.room, "begins_at": later(30), "ends_at": later(31) });
            send("hearings", body)
        }
        MediationStep::Move => {
            let path = format!("/v1/mediation-cases/{case}/hearings/{hearing}");
            let body = json!({ "begins_at": later(50), "ends_at": later(51), "seats": [seat], "parties": [party()] });
            Some(town.patch(&path, "*", body).by(&cast.justice).send())
        }
        MediationStep::CancelHearing => on("cancellation", json!({ "reason": "x" })),
        MediationStep::Serve => on("notices", json!({ "party": party(), "means": "phone" })),
        MediationStep::Open => on("opening", json!({ "seats": [seat], "parties": [party()] })),
        MediationStep::Adjourn => on("adjournment", json!({ "minutes": "x", "next_steps": "x" })),
        MediationStep::Conclude => on("conclusion", json!({ "minutes": "x" })),
        _ => None,
    }
}

#[test]
fn every_step_is_possible_in_the_states_of_the_table_and_in_no_other() {
    let town = Town::new();
    let cast = Cast {
        room: put_room(&town),
        party: town.resident(),
        justice: town.staff(Role::JusticeOfficer, PARENT),
        mediator: town.staff(Role::Mediator, PARENT),
        other: town.staff(Role::Mediator, PARENT),
    };
    for state in MediationState::ALL {
        for step in MediationStep::ALL {
            let thing = prepare(&town, &cast, (*state, *step));
            let before = kept(&town, &thing.0);
            let Some(reply) = take(&town, &cast, &thing, *step) else { continue };
            let stands = || town.text(&format!("SELECT state FROM matters WHERE id = '{}'", thing.0));
            match after(*state, *step) {
                Some(next) => {
                    assert!(reply.status < 300, "{state:?} {step:?}: {}", reply.text);
                    assert_eq!(stands(), next.as_str(), "{state:?} {step:?}");
                }
                None => {
                    // Of an application the law itself says when.
                    let is_waiver = *step == MediationStep::AskWaiver;
                    let code = if is_waiver { "mediation-waiver-unfit" } else { "matter-state-unfit" };
                    reply.is_problem(409, code);
                    // The police sit down for their decision alone.
                    let is_put = *step == MediationStep::DecideWaiver;
                    assert!(is_put || kept(&town, &thing.0) == before, "{state:?} {step:?}");
                }
            }
        }
    }
}
