//! What takes more than one statement.

use super::course::MediationStep;
use super::model::{AsRunner, Case, CaseChange};
use super::rules::SEAT_CONFLICT;
use super::seats::SeatId;
use super::seeing::CaseStance;
use super::views::MediationCaseDetailView;
use super::wire::MediationCasePatch;
use super::{Action, CaseMove, advance, details, rules, seeing, store};
use crate::access::act::{Act, Look};
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;
use crate::kit::text::{Label, Line, Story};
use crate::matters::registry::{Audience, MatterChange, MatterId};
use crate::matters::timeline::{self, Entry};

/// A case, as far as the caller may know.
pub fn find(look: &mut Look<'_>, id: MatterId) -> Result<MediationCaseDetailView> {
    let (case, stance) = seeing::seen(look, id)?;
    details::assemble(look, case, stance)
}

/// Changes what it is about, and how hard it is.
pub fn update(
    act: &mut Act<'_>,
    id: MatterId,
    seen: &IfMatch,
    patch: MediationCasePatch,
) -> Result<MediationCaseDetailView> {
    let (case, _) = seeing::lock(act, id)?;
    let case = act.permit(Action::Update, AsRunner(case))?;
    rules::must_be_anothers(&case.0, &act.actor)?;
    seen.check(case.0.matter.version)?;
    let title = patch.dispute_type.0.map(|dispute| dispute.title().to_owned());
    let change = CaseChange {
        dispute_type: patch.dispute_type.0,
        grade: patch.grade.0,
        subject: patch.subject.map(Line::into_inner),
        facts: patch.facts.map(Story::into_inner),
        claims: patch.claims.map(Label::into_inner),
        is_violent: patch.is_violent.0,
        risk_note: patch.risk_note.map(Label::into_inner),
        ..CaseChange::default()
    };
    store::change(act, &case, id, &change)?;
    let mut changed = CaseMove::new(MediationStep::Change);
    changed.entry = Entry::of(changed.entry.event).to(Audience::Staff);
    let changed = changed.changing(MatterChange { title, ..MatterChange::default() });
    advance::advance(act, Action::Update, &case, changed)?;
    find(act, id)
}

/// Adds a word to the timeline that is no step.
pub fn note(act: &mut Act<'_>, id: MatterId, entry: Entry) -> Result<()> {
    let case = store::load(act, id)?;
    timeline::append(act, id, case.state.as_str(), entry)
}

/// Refuses a party that sits at the table, or is asked to.
pub fn must_sit_apart(act: &mut Act<'_>, id: MatterId) -> Result<()> {
    let case = store::load(act, id)?;
    let sits = |account| case.seats.iter().any(|seat| seat.is_live() && seat.account_id == account);
    let is_both = case.parties.iter().filter_map(|party| party.account_id).any(sits);
    if is_both { Err(SEAT_CONFLICT.at("")) } else { Ok(()) }
}

/// A case as whoever answered for a seat is told: what they may know after that, or only that there is one.
pub fn as_seen_by_seat(look: &mut Look<'_>, case: Case, seat: SeatId) -> Result<MediationCaseDetailView> {
    let sits = case.seats.iter().any(|one| one.id == seat && one.is_taken());
    match sits {
        true => find(look, case.matter.id),
        false => details::assemble(look, case, CaseStance::Overseer),
    }
}
