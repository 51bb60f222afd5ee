//! The course of a petition, walked through HTTP: every pair of a state and a step.

use lilong::access::role::Role;
use lilong::matters::petitions::course::{PetitionState, PetitionStep, after};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::petitions::{events, filed, neighbour, officer, organisation, step};
use crate::support::{OWN, PARENT, Person, Reply, Town};

/// Who takes part, and what the steps need.
struct Cast {
    petitioner: Person,
    street: Person,
    asked: Person,
    organisation: Uuid,
    other: Uuid,
}

/// A petition in that state, with everything that any step could need.
struct Prepared {
    petition: Uuid,
    dispatch: Uuid,
    extension: Uuid,
}

fn prepare(town: &Town, cast: &Cast, state: PetitionState, step: PetitionStep) -> Prepared {
    let [petition, dispatch, extension, clock] = std::array::from_fn(|_| lilong::kit::id::next());
    let (account, street, organisation) = (cast.petitioner.account, cast.street.account, cast.organisation);
    let receipt = format!("{:012}", petition.as_u128() % 1_000_000_000_000);
    let (state, is_open) = (state.as_str(), state.is_open());
    let role =
        if matches!(step, PetitionStep::TakeAssist | PetitionStep::ReturnAssist) { "assist" } else { "lead" };
    town.execute(&format!(
        "INSERT INTO matters (id, kind, division, receipt, title, category_id, state, grade, level, is_open, returns, created_at, updated_at)
             VALUES ('{petition}', 'petition', {OWN}, '{receipt}', 'x', (SELECT id FROM petition_categories WHERE code = 'other'),
                     '{state}', 'normal', 'committee', {is_open}, 0, now(), now());
         INSERT INTO petitions (id, kind, channel, account_id, filed_by, consent_by, text, text_hash, is_hidden, place, visibility,
                                answer_state, deliberation, created_at)
             VALUES ('{petition}', 'complaint', 'counter', '{account}', '{street}', 'phone', 'x', '', false, '', 'private', 'none', 'none', now());
         INSERT INTO petition_answers (id, petition_id, outcome, text, law, account_id, created_at)
             VALUES ('{clock}', '{petition}', 'explained', 'x', '', '{account}', now())"
    ));
    let takes = matches!(
        step,
        PetitionStep::Take | PetitionStep::TakeAssist | PetitionStep::Return | PetitionStep::ReturnAssist
    );
    if takes {
        town.execute(&format!(
            "INSERT INTO dispatches (id, matter_id, division, organisation_id, role, state, hop, note, dispatched_by, dispatched_at)
                 VALUES ('{dispatch}', '{petition}', {OWN}, '{organisation}', '{role}', 'pending', 1, '', '{street}', now())"
        ));
    }
    if matches!(
        step,
        PetitionStep::AskExtension | PetitionStep::ApproveExtension | PetitionStep::RefuseExtension
    ) {
        town.execute(&format!(
            "INSERT INTO matter_clocks (id, matter_id, division, clock, unit, started_at, anchor_on, amount, extended_by, due_on, due_at, is_provisional, escalations)
                 VALUES ('{clock}', '{petition}', {OWN}, 'resolution', 'working_day', now(), current_date, 5, 0, current_date + 9, now() + interval '9 days', false, 0)"
        ));
    }
    if matches!(step, PetitionStep::ApproveExtension | PetitionStep::RefuseExtension) {
        town.execute(&format!(
            "INSERT INTO matter_extensions (id, matter_id, clock_id, division, amount, reason, status, asked_by, created_at, note)
                 VALUES ('{extension}', '{petition}', '{clock}', {OWN}, 1, 'x', 'pending', '{account}', now(), '')"
        ));
    }
    if step == PetitionStep::AnswerReview {
        town.execute(&format!(
            "INSERT INTO petition_reviews (id, petition_id, stage, reason, created_at) VALUES ('{clock}', '{petition}', 'review', 'x', now())"
        ));
    }
    Prepared { petition, dispatch, extension }
}

fn take(town: &Town, cast: &Cast, thing: &Prepared, step: PetitionStep) -> Reply {
    use PetitionStep::*;
    let note = || json!({ "note": "x" });
    let dispatch = |role: &str| json!({ "organisation": cast.other, "role": role });
    let send = |by: &Person, path: String, body: Value| town.post(&path, body).by(by).send();
    let at = |part: &str| format!("/v1/petitions/{}/{part}", thing.petition);
    let on = |part: &str| format!("/v1/dispatches/{}/{part}", thing.dispatch);
    let back = || json!({ "reason": "not_responsible", "note": "x" });
    match step {
        Accept => send(&cast.street, at("acceptance"), json!({})),
        Reject => send(&cast.street, at("rejection"), json!({ "reason": "not_competent", "note": "x" })),
        Withdraw => send(&cast.petitioner, at("withdrawal"), note()),
        Dispatch => send(&cast.street, at("dispatches"), dispatch("lead")),
        DispatchAssist => send(&cast.street, at("dispatches"), dispatch("assist")),
        Take | TakeAssist => town.put(&on("acceptance"), "*", json!({})).by(&cast.asked).send(),
        Return | ReturnAssist => send(&cast.asked, on("return"), back()),
        Contact => send(&cast.street, at("first-contact"), note()),
        Progress => send(&cast.street, at("progress"), json!({ "note": "x", "audience": "citizen" })),
        Suspend => send(&cast.street, at("suspension"), json!({ "reason": "awaiting_expert", "note": "x" })),
        Resume => send(&cast.street, at("resumption"), note()),
        AskExtension => {
            let body = json!({ "clock": "resolution", "amount": 1, "reason": "x" });
            send(&cast.street, at("extensions"), body)
        }
        ApproveExtension | RefuseExtension => {
            let decision = if step == ApproveExtension { "approved" } else { "refused" };
            let path = format!("/v1/matter-extensions/{}/decision", thing.extension);
            send(&cast.street, path, json!({ "decision": decision }))
        }
        Answer => send(&cast.street, at("answer"), json!({ "outcome": "explained", "text": "x" })),
        Rate => {
            let body = json!({ "satisfaction": "dissatisfied", "is_on_time": true, "is_solved": false });
            send(&cast.petitioner, at("rating"), body)
        }
        Reopen => send(&cast.petitioner, at("reopening"), json!({ "reason": "x" })),
        Close => send(&cast.petitioner, at("closure"), note()),
        Merge => {
            let into = prepare(town, cast, PetitionState::Accepted, PetitionStep::Merge).petition;
            send(&cast.street, at("merge"), json!({ "into": into, "note": "x" }))
        }
        AskReview => send(&cast.petitioner, at("reviews"), json!({ "stage": "review", "reason": "x" })),
        AnswerReview => {
            send(&cast.street, at("reviews/review/answer"), json!({ "conclusion": "upheld", "text": "x" }))
        }
        Confirm => send(&cast.petitioner, at("confirmation"), json!({})),
    }
}

/// Everything that is kept of a petition, for seeing that nothing changed.
fn kept(town: &Town, petition: Uuid) -> String {
    town.text(&format!(
        "SELECT concat((SELECT m::text FROM matters m WHERE id = '{petition}'), (SELECT p::text FROM petitions p WHERE id = '{petition}'),
                (SELECT string_agg(d::text, '') FROM dispatches d WHERE matter_id = '{petition}'),
                (SELECT string_agg(c::text, '') FROM matter_clocks c WHERE matter_id = '{petition}'),
                (SELECT string_agg(x::text, '') FROM matter_extensions x WHERE matter_id = '{petition}'),
                (SELECT string_agg(e::text, '') FROM matter_events e WHERE matter_id = '{petition}'),
                (SELECT string_agg(r::text, '') FROM petition_ratings r WHERE petition_id = '{petition}'),
                (SELECT string_agg(w::text, '') FROM petition_reviews w WHERE petition_id = '{petition}'),
                (SELECT string_agg(a::text, '') FROM petition_answers a WHERE petition_id = '{petition}'))"
    ))
}

#[test]
fn every_step_is_possible_in_the_states_of_the_table_and_in_no_other() {
    let town = Town::new();
    let (organisation_id, other) = (
        organisation(&town, "五村物业公司", "property_company", OWN),
        organisation(&town, "城管中队", "department", PARENT),
    );
    let cast = Cast {
        petitioner: neighbour(&town, OWN),
        street: town.staff(Role::StreetOfficer, PARENT),
        asked: officer(&town, Role::PropertyStaff, OWN, organisation_id),
        organisation: organisation_id,
        other,
    };
    let mut moved = 0;
    for state in PetitionState::ALL.iter().copied() {
        for step in PetitionStep::ALL.iter().copied() {
            let thing = prepare(&town, &cast, state, step);
            let before = kept(&town, thing.petition);
            let reply = take(&town, &cast, &thing, step);
            let what = format!("{step:?} in {state:?}: {} {}", reply.status, reply.text);
            let now = town.text(&format!("SELECT state FROM matters WHERE id = '{}'", thing.petition));
            match after(state, step) {
                Some(next) => {
                    assert!(matches!(reply.status, 200 | 204), "{what}");
                    assert_eq!(now, next.as_str(), "{what}");
                    moved += 1;
                }
                None => {
                    assert_eq!(
                        (reply.status, &reply.body["code"]),
                        (409, &json!("matter-state-unfit")),
                        "{what}"
                    );
                    assert_eq!(kept(&town, thing.petition), before, "{what}");
                }
            }
        }
    }
    assert!(moved > 50, "{moved} pairs are possible");
}

#[test]
fn nobody_reviews_what_they_answered_and_what_joins_a_whole_says_so() {
    let town = Town::new();
    let (chen, street, other) = (
        neighbour(&town, OWN),
        town.staff(Role::StreetOfficer, PARENT),
        town.staff(Role::StreetOfficer, PARENT),
    );
    let (petition, whole) = (filed(&town, &chen), filed(&town, &neighbour(&town, OWN)));
    let send = |by: &Person, part: &str, body: Value| step(&town, by, &petition, part, body);
    send(&street, "acceptance", json!({})).is(200);
    let join = |parent: Value| {
        town.post(&format!("/v1/matters/{petition}/parent"), json!({ "parent": parent })).by(&street).send()
    };
    join(json!(whole)).is(200);
    join(Value::Null).is(200);
    send(&street, "answer", json!({ "outcome": "explained", "text": "已说明。" })).is(200);
    send(&chen, "reviews", json!({ "stage": "review", "reason": "未说明依据" })).is(200);
    let upheld = || json!({ "conclusion": "upheld", "text": "予以维持。" });
    send(&street, "reviews/review/answer", upheld()).is_problem(409, "petition-review-own");
    send(&other, "reviews/review/answer", upheld()).is(200);
    let told = events(&town, &street, &petition);
    assert_eq!(
        told,
        ["submitted", "accepted", "joined", "left", "answered", "review_asked", "review_answered"]
    );
}
