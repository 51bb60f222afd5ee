//! Writing a typical case, and reading it before everybody may.

use serde_json::json;

use super::model::{ExampleChange, ExampleId, ExampleRow, MediationExampleState, NewExample};
use super::rules::{self, CASE_OPEN, CHANGED, NOT_ANONYMOUS, NOTE_MISSING, WITHDRAWN};
use super::wire::{
    MediationCaseExampleView, MediationExampleDraft, MediationExamplePatch, MediationExampleReviewDraft,
    MediationExampleWithdrawalDraft,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::division::Division;
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;
use crate::kit::text::{Label, Line, Story};
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::mediation_cases::{self, AsRunner, Case};
use crate::matters::registry::MatterId;

/// Those of a case, for whoever runs it.
pub fn list(look: &mut Look<'_>, id: MatterId) -> Result<Vec<ExampleRow>> {
    look.scope(Action::ListOfCase)?;
    let (case, _) = mediation_cases::seen(look, id)?;
    let case = look.permit(Action::ListOfCase, AsRunner(case))?;
    store::of_case(look, &case, id)
}

/// A case that the actor may do this with, locked.
fn run(act: &mut Act<'_>, action: Action, id: MatterId) -> Result<Permit<AsRunner>> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(action, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    Ok(case)
}

/// Refuses texts by which a party would be known; the first that does is at fault, or where they do together, all.
fn must_be_anonymous(act: &mut Act<'_>, case: &Case, texts: &[(&'static str, String)]) -> Result<()> {
    let known = store::known(act, case)?;
    if let Some((place, _)) = texts.iter().find(|(_, text)| known.is_told_by(text)) {
        return Err(NOT_ANONYMOUS.at(*place));
    }
    let together: String = texts.iter().map(|(_, text)| text.as_str()).collect();
    if known.is_told_by(&together) { Err(NOT_ANONYMOUS.at("")) } else { Ok(()) }
}

/// Writes one.
pub fn create(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationExampleDraft,
) -> Result<MediationCaseExampleView> {
    let case = run(act, Action::Create, id)?;
    if case.0.state != MediationState::Closed {
        return CASE_OPEN.refuse();
    }
    must_be_anonymous(act, &case.0, &draft.texts())?;
    let (division, own) = (case.0.matter.division, act.actor.account()?);
    let new = NewExample {
        id: ExampleId::random()?,
        case_id: id,
        district: district(division),
        dispute_type: case.0.own.dispute_type,
        title: Line::into_inner(draft.title),
        facts: Story::into_inner(draft.facts),
        mediation: Story::into_inner(draft.mediation),
        lesson: Story::into_inner(draft.lesson),
        state: MediationExampleState::Draft,
        written_by: own,
        edited_by: own,
        review_note: String::new(),
        withdrawal_reason: String::new(),
        created_at: act.now,
        updated_at: act.now,
    };
    let row = store::insert(act, &case, &new)?;
    record(act, Action::Create, row)
}

/// The district that a committee lies in.
fn district(division: Division) -> Division {
    const WIDTH: i64 = 1_000_000;
    division
        .above()
        .find(|one| one.code() % WIDTH == 0 && one.code() % (WIDTH * 100) != 0)
        .unwrap_or(division)
}

/// Changes a draft.
pub fn update(
    act: &mut Act<'_>,
    (id, example): (MatterId, ExampleId),
    seen: &IfMatch,
    patch: MediationExamplePatch,
) -> Result<MediationCaseExampleView> {
    let case = run(act, Action::Update, id)?;
    let row = store::find(act, id, example)?;
    seen.check(row.version)?;
    rules::must_be_draft(&row)?;
    let change = patch.into_change(act.actor.account()?);
    let after = |changed: &Option<String>, before: &String| changed.clone().unwrap_or_else(|| before.clone());
    let texts = [
        ("/title", after(&change.title, &row.title)),
        ("/facts", after(&change.facts, &row.facts)),
        ("/mediation", after(&change.mediation, &row.mediation)),
        ("/lesson", after(&change.lesson, &row.lesson)),
    ];
    must_be_anonymous(act, &case.0, &texts)?;
    let row = store::update(act, &case, example, &change)?;
    record(act, Action::Update, row)
}

/// Publishes a draft, or returns it.
pub fn review(
    act: &mut Act<'_>,
    (id, example): (MatterId, ExampleId),
    draft: MediationExampleReviewDraft,
) -> Result<MediationCaseExampleView> {
    let case = run(act, Action::CreateReview, id)?;
    let row = store::find(act, id, example)?;
    let own = act.actor.account()?;
    rules::may_review(&row, own)?;
    if i64::from(draft.version.get()) != row.version {
        return CHANGED.refuse();
    }
    if !draft.is_approved && draft.note.is_empty() {
        return Err(NOTE_MISSING.at("/note"));
    }
    let mut change = ExampleChange {
        reviewed_by: Some(own),
        review_note: Some(Label::into_inner(draft.note)),
        ..ExampleChange::default()
    };
    if draft.is_approved {
        // Who is in it, and how they are called, may have changed since.
        let texts = [("", row.title), ("", row.facts), ("", row.mediation), ("", row.lesson)];
        must_be_anonymous(act, &case.0, &texts)?;
        change.state = Some(MediationExampleState::Published);
        change.published_at = Some(act.now);
    }
    let row = store::update(act, &case, example, &change)?;
    record(act, Action::CreateReview, row)
}

/// Takes one down, or gives a draft up.
pub fn withdraw(
    act: &mut Act<'_>,
    (id, example): (MatterId, ExampleId),
    draft: MediationExampleWithdrawalDraft,
) -> Result<MediationCaseExampleView> {
    let case = run(act, Action::CreateWithdrawal, id)?;
    let row = store::find(act, id, example)?;
    if row.state == MediationExampleState::Withdrawn {
        return WITHDRAWN.refuse();
    }
    let change = ExampleChange {
        state: Some(MediationExampleState::Withdrawn),
        withdrawn_by: Some(act.actor.account()?),
        withdrawn_at: Some(act.now),
        withdrawal_reason: Some(Line::into_inner(draft.reason)),
        ..ExampleChange::default()
    };
    let row = store::update(act, &case, example, &change)?;
    record(act, Action::CreateWithdrawal, row)
}

/// The trail knows the district alone, too.
fn record(act: &mut Act<'_>, action: Action, row: ExampleRow) -> Result<MediationCaseExampleView> {
    let detail = json!({ "state": row.state.as_str(), "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.district), detail })?;
    Ok(row.into())
}
