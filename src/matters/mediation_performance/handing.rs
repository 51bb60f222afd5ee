//! What is handed over of a case that was not settled.

use super::model::MediationHandOverTo;
use super::rules::NOT_ENDED;
use super::wire::{MediationHandOverEvidenceView, MediationHandOverPartyView, MediationHandOverView};
use super::{Action, store};
use crate::access::act::Look;
use crate::access::files;
use crate::kit::problem::Result;
use crate::matters::mediation_agreements::stand;
use crate::matters::mediation_cases::agreements::{self, MediationAgreementState};
use crate::matters::mediation_cases::course::MediationState;
use crate::matters::mediation_cases::{self, AsParty, AsRunner, Case, PartyName};
use crate::matters::mediation_records::EVIDENCE;
use crate::matters::registry::MatterId;

/// The package, by its parties or by whoever runs the case.
pub fn pack(
    look: &mut Look<'_>,
    id: MatterId,
    to: MediationHandOverTo,
    address: &str,
) -> Result<MediationHandOverView> {
    let (case, _) = mediation_cases::seen(look, id)?;
    let case = match case.party_of(&look.actor) {
        Some(_) => look.permit(Action::FindHandOver, AsParty(case))?.into_inner().0,
        None => look.permit(Action::FindHandOver, AsRunner(case))?.into_inner().0,
    };
    let is_over = matches!(case.state, MediationState::Failed | MediationState::Breached);
    // What was performed has an end of another kind where a court ended the agreement.
    let may_be_settled = matches!(case.state, MediationState::Performed | MediationState::Closed);
    let was_unsettled = may_be_settled && case.own.end_reason.is_some();
    if !is_over && !was_unsettled {
        return NOT_ENDED.refuse();
    }
    let agreement = match agreements::in_state(look, id, MediationAgreementState::Effective)? {
        Some(row) => Some(stand(look, row, address)?),
        None => None,
    };
    let mut evidence = Vec::new();
    for (piece, title, text) in store::common_evidence(look, id)? {
        let files = files::of(look, EVIDENCE, piece)?;
        evidence.push(MediationHandOverEvidenceView { title, text, files });
    }
    let (parties, _) = mediation_cases::party_names(look, &case)?;
    let parties = parties.into_iter().map(party).collect();
    let Case { matter, own, .. } = case;
    Ok(MediationHandOverView {
        mediation_case: id,
        receipt: matter.receipt,
        to,
        dispute_type: own.dispute_type,
        subject: own.subject,
        facts: own.facts,
        claims: own.claims,
        parties,
        evidence,
        agreement,
        end_reason: own.end_reason,
        routes: own.routes.into_iter().flatten().collect(),
    })
}

fn party(named: PartyName) -> MediationHandOverPartyView {
    let PartyName { id, side, name, representative } = named;
    MediationHandOverPartyView { id, side, name, representative_name: representative }
}
