//! Objecting, reading objections, and answering them.

use serde_json::json;

use super::model::{
    NewObjection, Objecting, ObjectionRow, RecognitionObjectionId, RecognitionObjectionOutcome,
};
use super::rules::{ANSWERED, CLOSED, OWN};
use super::wire::{RecognitionObjectionAnswerDraft, RecognitionObjectionDraft, RecognitionObjectionView};
use super::{Action, store};
use crate::access::act::{Act, Event};
use crate::activities::recognitions::store::{load, lock};
use crate::activities::recognitions::{
    Recognition, RecognitionId, RecognitionState, STATE_UNFIT, must_be_anothers, sight,
};
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::subjects;

/// Objects to a nomination while it is publicised.
pub fn create(
    act: &mut Act<'_>,
    id: RecognitionId,
    draft: RecognitionObjectionDraft,
) -> Result<RecognitionObjectionView> {
    act.scope(Action::Create)?;
    let recognition = lock(act, id)?;
    sight(act, &recognition)?;
    let division = recognition.row.division;
    let lives_here = subjects::own(act)?.iter().any(|subject| subject.division == division);
    let new = NewObjection {
        id: RecognitionObjectionId::new(),
        recognition_id: id,
        account_id: act.actor.account()?,
        text: draft.text.into_inner(),
        created_at: act.now,
    };
    let objecting = act.permit(Action::Create, Objecting { new, division, lives_here })?;
    must_be_anothers(act, &recognition)?;
    let is_shown = recognition.row.state == RecognitionState::Publicised
        && recognition.row.publicised_until.is_some_and(|until| act.now < until);
    if !is_shown {
        return CLOSED.refuse();
    }
    let row = store::insert(act, &objecting)?;
    record(act, Action::Create, &recognition, &row)?;
    Ok(row.into())
}

/// The objections to a recognition. The look is recorded.
pub fn list(
    act: &mut Act<'_>,
    id: RecognitionId,
    query: &PageQuery,
) -> Result<Page<RecognitionObjectionView>> {
    act.scope(Action::List)?;
    let recognition = load(act, id)?;
    sight(act, &recognition)?;
    let recognition = act.permit(Action::List, recognition)?;
    must_be_anothers(act, &recognition)?;
    let pager = act.pager(Action::List, &id, query.limit, query.cursor.as_deref())?;
    let rows = store::page(act, &recognition, &pager)?;
    let division = Some(recognition.row.division);
    act.record(Event { action: Action::List, id: id.to_string(), division, detail: json!({}) })?;
    pager.page(rows, |row: &ObjectionRow| row.id.0, RecognitionObjectionView::from)
}

/// Answers an objection.
pub fn answer(
    act: &mut Act<'_>,
    id: RecognitionId,
    objection: RecognitionObjectionId,
    draft: RecognitionObjectionAnswerDraft,
) -> Result<RecognitionObjectionView> {
    act.scope(Action::Answer)?;
    let recognition = lock(act, id)?;
    sight(act, &recognition)?;
    let recognition = act.permit(Action::Answer, recognition)?;
    let (row, author) = store::load(act, id, objection)?;
    must_be_anothers(act, &recognition)?;
    if recognition.row.state != RecognitionState::Publicised {
        return STATE_UNFIT.refuse();
    }
    if author == act.actor.account()? {
        return OWN.refuse();
    }
    if row.outcome.is_some() {
        return ANSWERED.refuse();
    }
    let row = store::answer(act, &recognition, objection, (draft.outcome, draft.answer.into_inner()))?;
    record(act, Action::Answer, &recognition, &row)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, recognition: &Recognition, row: &ObjectionRow) -> Result<()> {
    let outcome = row.outcome.map(RecognitionObjectionOutcome::as_str);
    let detail = json!({ "recognition": recognition.row.id, "outcome": outcome });
    let division = Some(recognition.row.division);
    act.record(Event { action, id: row.id.to_string(), division, detail })
}
