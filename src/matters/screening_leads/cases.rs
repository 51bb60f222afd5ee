//! The mediation case that a lead becomes, without being told again.

use super::actions::tell;
use super::model::{LeadChange, LeadPartyRow, LeadRow};
use super::rules::{PARTIES_MISSING, must_be_open};
use super::views::ScreeningLeadView;
use super::wire::{ScreeningLeadCaseDraft, ScreeningLeadPath};
use super::{Action, actions, store};
use crate::access::act::Act;
use crate::access::actor::OrganisationId;
use crate::kit::list::Few;
use crate::kit::problem::{Problem, Result};
use crate::kit::text::{Label, Line, Story};
use crate::matters::mediation_cases::{
    self, Brought, MediationCaseDraft, MediationPartyDraft, MediationSource,
};
use crate::matters::screenings::{ScreeningLeadState, ScreeningRiskLevel};

/// Makes the case, once: whoever comes second waits for the lock and finds that it is one.
pub fn create(
    act: &mut Act<'_>,
    path: &ScreeningLeadPath,
    draft: ScreeningLeadCaseDraft,
) -> Result<ScreeningLeadView> {
    let row = store::lock(act, (path.screening, path.lead))?;
    let row = act.permit(Action::CreateCase, row)?;
    must_be_open(&row)?;
    let parties = store::parties(act, &[row.id])?;
    if parties.is_empty() {
        return PARTIES_MISSING.refuse();
    }
    let organisations: Vec<OrganisationId> =
        parties.iter().filter_map(|party| party.organisation_id).collect();
    let office = mediation_cases::store::committee_of(act, row.division, &organisations)?;
    let mut vouched = Vec::new();
    for id in parties.iter().filter_map(|party| party.resident_id) {
        vouched.push((id, mediation_cases::store::born_on(act, id)?));
    }
    let draft = case(&row, parties, draft.facts)?;
    let receiver = Some(act.actor.account()?);
    let id = mediation_cases::file(act, &row, Brought { draft, office, receiver, vouched })?;
    let change = LeadChange {
        state: Some(ScreeningLeadState::BecameCase),
        case_id: Some(id),
        ended_at: Some(act.now),
        ..LeadChange::default()
    };
    let row = store::update(act, &row, &change)?;
    tell(act, Action::CreateCase, &row)?;
    actions::find(act, path)
}

/// What was seen is for the table: the parties do not read it.
fn case(
    lead: &LeadRow,
    parties: Vec<LeadPartyRow>,
    facts: Option<Story<4000>>,
) -> Result<MediationCaseDraft> {
    let title = lead.dispute_type.title();
    let facts = match facts {
        Some(facts) => facts,
        None => Story::new(&format!("{title}：排查发现，详情由当事人陈述。")).map_err(Problem::fault)?,
    };
    let party = |row: LeadPartyRow| -> Result<MediationPartyDraft> {
        let name = row.name.as_deref().map(Line::new).transpose().map_err(Problem::fault)?;
        let (resident, organisation) = (row.resident_id, row.organisation_id);
        Ok(MediationPartyDraft { resident, organisation, name, ..MediationPartyDraft::of(row.side) })
    };
    let parties: Vec<MediationPartyDraft> = parties.into_iter().map(party).collect::<Result<_>>()?;
    Ok(MediationCaseDraft {
        division: lead.division,
        source: MediationSource::Screening,
        incident_number: None,
        petition: None,
        dispute_type: lead.dispute_type,
        grade: None,
        subject: Line::new(title).map_err(Problem::fault)?,
        facts,
        claims: Label::default(),
        is_violent: lead.risk_level == ScreeningRiskLevel::High,
        risk_note: Label::new(&lead.seen).map_err(Problem::fault)?,
        office: None,
        parties: Few::new(parties).ok_or(&PARTIES_MISSING)?,
    })
}
