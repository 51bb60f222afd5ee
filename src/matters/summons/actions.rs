//! Calling an organisation, and what follows.

use chrono::Days;
use serde_json::json;

use super::model::{Attendance, NewSummons, SummonsChange, SummonsId, SummonsRow, SummonsState};
use super::rules::{
    ANSWER_MISSING, EMPTY, MATTER_UNKNOWN, ORGANISATION_UNKNOWN, Step, may_follow, must_be_ahead,
};
use super::wire::{
    SummonsAnswerDraft, SummonsAttendanceDraft, SummonsDraft, SummonsRefusalDraft, SummonsView,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::AccountId;
use crate::kit::clock::{local_date, start_of};
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::matters::inbox::{self, About, Item, Task, Whose};
use crate::matters::policies::Level;
use crate::places::organisations;

/// Calls an organisation.
pub fn create(act: &mut Act<'_>, draft: SummonsDraft) -> Result<SummonsView> {
    let new = NewSummons {
        id: SummonsId::new(),
        division: draft.division,
        organisation_id: draft.organisation,
        matter_id: draft.matter,
        subject: draft.subject.into_inner(),
        question: draft.question.into_inner(),
        meets_at: draft.meets_at,
        place: draft.place.into_inner(),
        reply_on: draft.reply_on.get(),
        state: SummonsState::Pending,
        created_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    if new.meets_at.is_none() && new.question.is_empty() {
        return Err(EMPTY.at("/question"));
    }
    must_be_ahead(new.meets_at, new.reply_on, act.now)?;
    let called = organisations::store::find(act, new.organisation_id)
        .or_refuse(&ORGANISATION_UNKNOWN, "/organisation")?;
    if called.closed_on.is_some_and(|day| day <= local_date(act.now)) {
        return Err(ORGANISATION_UNKNOWN.at("/organisation"));
    }
    if let Some(matter) = new.matter_id
        && !store::has_matter(act, matter)?
    {
        return Err(MATTER_UNKNOWN.at("/matter"));
    }
    let row = store::insert(act, &new)?;
    tell(act, Action::Create, &row)
}

/// The organisation agrees to come, or to answer.
pub fn accept(act: &mut Act<'_>, id: SummonsId) -> Result<SummonsView> {
    step(act, id, (Action::Accept, Step::Accept), |act, by| SummonsChange {
        state: Some(SummonsState::Accepted),
        replied_by: Some(by),
        replied_at: Some(act.now),
        ..SummonsChange::default()
    })
}

/// The organisation refuses, and says why.
pub fn refuse(act: &mut Act<'_>, id: SummonsId, draft: SummonsRefusalDraft) -> Result<SummonsView> {
    step(act, id, (Action::Refuse, Step::Refuse), |act, by| SummonsChange {
        state: Some(SummonsState::Declined),
        reason: Some(draft.reason.into_inner()),
        replied_by: Some(by),
        replied_at: Some(act.now),
        ..SummonsChange::default()
    })
}

/// The caller writes down who came.
pub fn note_attendance(
    act: &mut Act<'_>,
    id: SummonsId,
    draft: &SummonsAttendanceDraft,
) -> Result<SummonsView> {
    step(act, id, (Action::NoteAttendance, Step::NoteAttendance), |_, _| SummonsChange {
        attendance: Some(draft.attendance),
        ..SummonsChange::default()
    })
}

/// The organisation answers.
pub fn answer(act: &mut Act<'_>, id: SummonsId, draft: SummonsAnswerDraft) -> Result<SummonsView> {
    if draft.answer.is_empty() {
        return Err(ANSWER_MISSING.at("/answer"));
    }
    step(act, id, (Action::Answer, Step::Answer), |act, by| SummonsChange {
        answer: Some(draft.answer.into_inner()),
        answered_by: Some(by),
        answered_at: Some(act.now),
        ..SummonsChange::default()
    })
}

/// The caller takes it back.
pub fn withdraw(act: &mut Act<'_>, id: SummonsId) -> Result<SummonsView> {
    step(act, id, (Action::Withdraw, Step::Withdraw), |_, _| SummonsChange {
        state: Some(SummonsState::Withdrawn),
        ..SummonsChange::default()
    })
}

fn step(
    act: &mut Act<'_>,
    id: SummonsId,
    (action, step): (Action, Step),
    change: impl FnOnce(&Act<'_>, AccountId) -> SummonsChange,
) -> Result<SummonsView> {
    let row = store::lock(act, id)?;
    let row: Permit<SummonsRow> = act.permit(action, row)?;
    may_follow(step, &row, act.now)?;
    let change = change(act, act.actor.account()?);
    let row = store::update(act, &row, &change)?;
    tell(act, action, &row)
}

/// Records what happened, tells who listens and who has to do with it, and answers.
fn tell(act: &mut Act<'_>, action: Action, row: &SummonsRow) -> Result<SummonsView> {
    inbox::clear(act, About::Summons(row.id.0))?;
    inbox::put(act, About::Summons(row.id.0), (row.division, &row.subject), waiting(row))?;
    let detail = json!({
        "organisation": row.organisation_id, "state": row.state.as_str(), "version": row.version,
        "attendance": row.attendance.map(Attendance::as_str), "is_answered": row.answer.is_some()
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    act.announce("summons.changed", json!({ "summons": row.id, "state": row.state.as_str() }))?;
    store::find(act, row.id).map(SummonsView::from)
}

/// What waits on whom: a reply and an answer on the organisation, attendance on the level that called.
fn waiting(row: &SummonsRow) -> Vec<Item> {
    let is_open = matches!(row.state, SummonsState::Pending | SummonsState::Accepted);
    let lacks_reply = row.state == SummonsState::Pending && row.attendance.is_none();
    let lacks_answer =
        row.state == SummonsState::Accepted && !row.question.is_empty() && row.answer.is_none();
    let mut items = Vec::new();
    if lacks_reply || lacks_answer {
        let ends = row.reply_on.checked_add_days(Days::new(1)).map(start_of);
        items.push(Item::new(Task::ReplySummons, Whose::Organisation(row.organisation_id), ends));
    }
    if is_open && row.meets_at.is_some() && row.attendance.is_none() {
        let level = match row.division.above().count() {
            0 => Level::City,
            1 => Level::District,
            _ => Level::Street,
        };
        items.push(Item::new(Task::NoteAttendance, Whose::Level(level), row.meets_at));
    }
    items
}
