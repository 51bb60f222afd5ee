//! The course of a call, walked through HTTP: every pair of a state and a step.

use lilong::access::actor::{AccountId, SessionId};
use lilong::activities::volunteer_calls::course::{VolunteerCallState, VolunteerCallStep, after};
use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::volunteering::{Organiser, add_shift, decide, organiser, sign_up, withdraw, written};
use crate::support::{OWN, Person, Reply, Town};

/// A call in some state, with a shift to come and one sign-up that waits for a decision.
struct Prepared {
    call: String,
    shift: String,
    signup: Value,
}

fn prepare(town: &Town, us: &Organiser, state: VolunteerCallState) -> Prepared {
    let call = us.published(town, json!({}));
    let shift = us.shift(town, &call, json!({ "needs_approval": true }));
    let signup = sign_up(town, &neighbour(town, OWN), &shift).is(201).body.clone();
    let ended = if state.is_over() { "now()" } else { "NULL" };
    let reason = if state == VolunteerCallState::Cancelled { "'x'" } else { "NULL" };
    town.execute(&format!(
        "UPDATE volunteer_calls SET state = '{0}', ended_at = {ended}, reason = {reason} WHERE id = '{call}';
         UPDATE shifts SET is_open = {1} WHERE call_id = '{call}'",
        state.as_str(),
        state == VolunteerCallState::Published
    ));
    Prepared { call, shift, signup }
}

/// Its shift is over; answers the stay that is noted of the one who had a place.
fn past(town: &Town, thing: &Prepared, is_noted: bool) -> String {
    let (shift, signup) = (&thing.shift, thing.signup["id"].as_str().unwrap());
    let stay = lilong::kit::id::next();
    town.execute(&format!(
        "UPDATE shifts SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour', taken = 1 WHERE id = '{shift}';
         UPDATE shift_signups SET state = 'held' WHERE id = '{signup}';
         INSERT INTO attendances (id, signup_id, shift_id, resident_id, division, kind, break_minutes, source, reason, created_at, updated_at)
             SELECT '{stay}', id, shift_id, resident_id, {OWN}, 'no_show', 0, 'completion', '', now(), now()
             FROM shift_signups WHERE id = '{signup}' AND {is_noted}"
    ));
    stay.to_string()
}

fn signed_in(town: &Town, signup: &Value) -> Person {
    let id = signup["id"].as_str().unwrap();
    let account = town.text(&format!("SELECT account_id FROM shift_signups WHERE id = '{id}'"));
    let session = town.text(&format!("SELECT id FROM sessions WHERE account_id = '{account}' LIMIT 1"));
    let (account, session) = (AccountId(account.parse().unwrap()), SessionId(session.parse().unwrap()));
    let token = town.gate.tokens().sign(account, session, town.now()).unwrap();
    Person { account, session, phone: String::new(), token }
}

fn take(town: &Town, us: &Organiser, thing: &Prepared, step: VolunteerCallStep) -> Reply {
    use VolunteerCallStep::*;
    let (call, shift) = (&thing.call, &thing.shift);
    let patch = |path: String, body: Value| town.patch(&path, "*", body).by(&us.worker).send();
    match step {
        Update => patch(format!("/v1/volunteer-calls/{call}"), json!({ "title": "y" })),
        Publish => us.step(town, call, "publication"),
        Close => us.step(town, call, "closure"),
        Cancel => us.step(town, call, "cancellation"),
        Complete => {
            past(town, thing, true);
            us.step(town, call, "completion")
        }
        AddShift => add_shift(town, &us.worker, call, json!({})),
        ChangeShift => patch(format!("/v1/shifts/{shift}"), json!({ "place": "y" })),
        SignUp => sign_up(town, &neighbour(town, OWN), shift),
        Withdraw => withdraw(town, &signed_in(town, &thing.signup), shift),
        Decide => decide(town, &us.worker, &thing.signup, json!({ "decision": "approved" })),
        NoteAttendance => {
            past(town, thing, false);
            let at = written(town.now() - chrono::TimeDelta::hours(2));
            let body = json!({ "signup": thing.signup["id"], "event": "arrival", "at": at, "reason": "x" });
            town.post(&format!("/v1/shifts/{shift}/attendances"), body).by(&us.worker).send()
        }
        CorrectAttendance => {
            let path = format!("/v1/attendances/{}/corrections", past(town, thing, true));
            town.post(&path, json!({ "kind": "no_show", "reason": "x" })).by(&us.worker).send()
        }
    }
}

#[test]
fn every_step_is_possible_in_the_states_of_the_table_and_in_no_other() {
    let town = Town::new();
    let us = organiser(&town);
    let mut moved = 0;
    for state in VolunteerCallState::ALL.iter().copied() {
        for step in VolunteerCallStep::ALL.iter().copied() {
            let thing = prepare(&town, &us, state);
            let reply = take(&town, &us, &thing, step);
            let now = town.text(&format!("SELECT state FROM volunteer_calls WHERE id = '{}'", thing.call));
            let what = format!("{step:?} in {state:?}: {} {}", reply.status, reply.text);
            match after(state, step) {
                Some(next) => {
                    assert!(matches!(reply.status, 200 | 201 | 204), "{what}");
                    assert_eq!(now, next.as_str(), "{what}");
                    moved += 1;
                }
                None => {
                    let code = match (state, step) {
                        (VolunteerCallState::Draft, VolunteerCallStep::SignUp) => "not-found",
                        (_, VolunteerCallStep::SignUp) => "shift-not-open",
                        _ => "volunteer-call-state-unfit",
                    };
                    assert_eq!((reply.code(), now.as_str()), (code, state.as_str()), "{what}");
                }
            }
        }
    }
    assert!(moved > 20, "{moved} pairs are possible");
}
