//! Noting that a court ended an agreement.

use uuid::Uuid;

use super::model::{AnnulmentId, AnnulmentRow, NewAnnulment};
use super::rules::{DAY_UNFIT, NO_AGREEMENT};
use super::wire::{MediationAnnulmentDraft, MediationAnnulmentView};
use super::{ANNULMENTS, Action, store};
use crate::access::act::{Act, Look, Permit};
use crate::access::files::{self, Attachment};
use crate::kit::clock::local_date;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::text::Line;
use crate::matters::mediation_agreements::must_be_told;
use crate::matters::mediation_cases::agreements::{self, MediationAgreementState};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::{
    self, AsRunner, Case, CaseChange, CaseMove, MediationEndReason, advance,
};
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// The last of a case, for whoever reads the agreement.
pub fn find(look: &mut Look<'_>, id: MatterId) -> Result<MediationAnnulmentView> {
    must_be_told(look, id)?;
    let row = store::last(look, id)?;
    view(look, row)
}

fn view(look: &mut Look<'_>, row: AnnulmentRow) -> Result<MediationAnnulmentView> {
    let files = files::of(look, ANNULMENTS, row.id.0)?;
    Ok(MediationAnnulmentView::new(row, files))
}

/// Notes it: the agreement holds no more, and the parties are told where else they may go.
pub fn note(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationAnnulmentDraft,
) -> Result<MediationAnnulmentView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::Create, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    after(case.0.state, MediationStep::Annul).ok_or(&STATE_UNFIT)?;
    let in_force = agreements::in_state(act, id, MediationAgreementState::Effective)?;
    let agreement = in_force.ok_or(&NO_AGREEMENT)?;
    let on = draft.decided_on.get();
    if on > local_date(act.now) || agreement.effective_on.is_some_and(|from| on < from) {
        return Err(DAY_UNFIT.at("/decided_on"));
    }
    let new = NewAnnulment {
        id: AnnulmentId::new(),
        agreement_id: agreement.id,
        kind: draft.kind,
        court: Line::into_inner(draft.court),
        decided_on: on,
        document_number: Line::into_inner(draft.document_number),
        reason: Line::into_inner(draft.reason),
        created_by: act.actor.account()?,
        created_at: act.now,
    };
    store::insert(act, &case, &new)?;
    let to = Attachment { resource: ANNULMENTS, id: new.id.0, division: case.0.matter.division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    agreements::end(act, id, (MediationAgreementState::Effective, MediationAgreementState::Annulled))?;
    tell_ways(act, &case, &new.reason)?;
    let mut annulled = CaseMove::new(MediationStep::Annul).saying(new.reason);
    annulled.entry.reason = Some(draft.kind.as_str());
    advance(act, Action::Create, &case, annulled)?;
    find(act, id)
}

/// Why it ended, and where else the parties may go; not of what is mediated once more, or came to another end since.
fn tell_ways(act: &mut Act<'_>, case: &Permit<AsRunner>, reason: &str) -> Result<()> {
    let Case { matter, own, state, .. } = &case.0;
    let ended_by_it = matches!(own.end_reason, None | Some(MediationEndReason::Breached));
    if state.is_mediated() || !ended_by_it {
        return Ok(());
    }
    let change = CaseChange {
        end_reason: Some(Some(MediationEndReason::AgreementAnnulled)),
        end_note: Some(reason.to_owned()),
        routes: Some(mediation_cases::told(mediation_cases::routes(own.source, own.dispute_type))),
        ..CaseChange::default()
    };
    mediation_cases::change(act, case, matter.id, &change)
}

/// The door to the court's document: whoever reads the agreement.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let case = store::case_of(look, AnnulmentId(id))?;
    let (_, stance) = mediation_cases::seen(look, case)?;
    NOT_FOUND.unless(stance.is_told_facts())
}
