//! What takes more than one statement.

use chrono::Days;
use serde_json::json;

use super::model::{LeadChange, LeadPartyId, LeadRow, NewLead, NewLeadParty, ScreeningLeadId};
use super::rules::{DIVISION_UNFIT, DWELLING_UNKNOWN, PARTY_UNFIT, must_be_open};
use super::views::ScreeningLeadView;
use super::wire::{
    ScreeningLeadDraft, ScreeningLeadPatch, ScreeningLeadPath, ScreeningPartyDraft, ScreeningSettlementDraft,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::kit::clock::{local_date, start_of};
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::list::Few;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::inbox::{self, About, Item, Task, Whose};
use crate::matters::line::Level;
use crate::matters::mediation_cases;
use crate::matters::screenings::{self, NOT_RUNNING, ScreeningId, ScreeningLeadState, ScreeningRiskLevel};
use crate::places::divisions;
use crate::places::dwellings::{self, DwellingId};

/// A lead with who is concerned.
pub fn find(look: &mut Look<'_>, path: &ScreeningLeadPath) -> Result<ScreeningLeadView> {
    let row = store::find(look, (path.screening, path.lead))?;
    let parties = store::parties(look, &[row.lead.id])?;
    Ok(ScreeningLeadView::new(row, &parties))
}

/// Notes a lead, while the screening runs, in a committee at which it looks.
pub fn create(
    act: &mut Act<'_>,
    screening: ScreeningId,
    draft: ScreeningLeadDraft,
) -> Result<ScreeningLeadView> {
    // Without a lock: those who look all over the city would wait for each other.
    let campaign = screenings::store::find(act, screening)?.screening;
    let new = NewLead {
        id: ScreeningLeadId::new(),
        screening_id: screening,
        division: draft.division,
        dispute_type: draft.dispute_type,
        risk_level: draft.risk_level,
        dwelling_id: draft.dwelling,
        seen: draft.seen.into_inner(),
        next_look_on: draft.next_look_on.map(Day::get),
        state: ScreeningLeadState::Open,
        noted_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    if !campaign.covers(new.division) {
        return Err(DIVISION_UNFIT.at("/division"));
    }
    divisions::require_committee(act, new.division, &DIVISION_UNFIT, "/division")?;
    if !campaign.runs_on(local_date(act.now)) {
        return NOT_RUNNING.refuse();
    }
    must_be_there(act, new.division, new.dwelling_id)?;
    let parties = parties(act, (new.id, new.division), draft.parties.into_inner())?;
    let row = store::insert(act, &new)?;
    store::name(act, &new, new.id, &parties)?;
    tell(act, Action::Create, &row)?;
    find(act, &ScreeningLeadPath { screening, lead: row.id })
}

/// Changes a lead that is open.
pub fn update(
    act: &mut Act<'_>,
    path: &ScreeningLeadPath,
    seen: &IfMatch,
    patch: ScreeningLeadPatch,
) -> Result<ScreeningLeadView> {
    let row = store::lock(act, (path.screening, path.lead))?;
    let row = act.permit(Action::Update, row)?;
    seen.check(row.version)?;
    must_be_open(&row)?;
    let change = LeadChange {
        dispute_type: patch.dispute_type.0,
        risk_level: patch.risk_level.0,
        dwelling_id: patch.dwelling.map(std::convert::identity),
        seen: patch.seen.map(Line::into_inner),
        next_look_on: patch.next_look_on.map(Day::get),
        ..LeadChange::default()
    };
    must_be_there(act, row.division, change.dwelling_id.flatten())?;
    if let Some(named) = patch.parties.map(Few::into_inner) {
        let parties = parties(act, (row.id, row.division), named)?;
        store::name(act, &row, row.id, &parties)?;
    }
    let row = store::update(act, &row, &change)?;
    tell(act, Action::Update, &row)?;
    find(act, path)
}

/// It needs no case.
pub fn settle(
    act: &mut Act<'_>,
    path: &ScreeningLeadPath,
    draft: ScreeningSettlementDraft,
) -> Result<ScreeningLeadView> {
    let row = store::lock(act, (path.screening, path.lead))?;
    let row = act.permit(Action::Settle, row)?;
    must_be_open(&row)?;
    let change = LeadChange {
        state: Some(ScreeningLeadState::Settled),
        outcome: Some(draft.outcome.into_inner()),
        ended_at: Some(act.now),
        ..LeadChange::default()
    };
    let row = store::update(act, &row, &change)?;
    tell(act, Action::Settle, &row)?;
    find(act, path)
}

fn must_be_there(act: &mut Act<'_>, division: Division, dwelling: Option<DwellingId>) -> Result<()> {
    let Some(id) = dwelling else { return Ok(()) };
    // Whoever may not look into the map of homes can't name one, either.
    if act.scope(dwellings::Action::Find).is_err() {
        return Err(DWELLING_UNKNOWN.at("/dwelling"));
    }
    let found = dwellings::store::find(act, id).or_refuse(&DWELLING_UNKNOWN, "/dwelling")?;
    if found.division == division { Ok(()) } else { Err(DWELLING_UNKNOWN.at("/dwelling")) }
}

/// Each is one of three things, known where the lead lies.
fn parties(
    act: &mut Act<'_>,
    (lead_id, division): (ScreeningLeadId, Division),
    named: Vec<ScreeningPartyDraft>,
) -> Result<Vec<NewLeadParty>> {
    let mut all = Vec::with_capacity(named.len());
    for (at, party) in named.into_iter().enumerate() {
        let pointer = format!("/parties/{at}");
        match (party.resident, party.organisation, &party.name) {
            (Some(id), None, None) => {
                mediation_cases::in_archive_of(act, id, division, &format!("{pointer}/resident"))?;
            }
            (None, Some(id), None) => {
                mediation_cases::must_be_of_line(act, id, division, &format!("{pointer}/organisation"))?;
            }
            (None, None, Some(_)) => {}
            _ => return Err(PARTY_UNFIT.at(pointer)),
        }
        all.push(NewLeadParty {
            id: LeadPartyId::new(),
            lead_id,
            side: party.side,
            resident_id: party.resident,
            organisation_id: party.organisation,
            name: party.name.map(Line::into_inner),
        });
    }
    Ok(all)
}

/// Records what happened, and tells whoever has to do with it.
pub fn tell(act: &mut Act<'_>, action: Action, row: &LeadRow) -> Result<()> {
    let about = About::ScreeningLead(row.id.0);
    inbox::clear(act, about)?;
    let items = waiting(act, row)?;
    inbox::put(act, about, (row.division, row.dispute_type.title()), items)?;
    let detail = json!({
        "screening": row.screening_id, "risk_level": row.risk_level.as_str(), "state": row.state.as_str(),
        "mediation_case": row.case_id
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    let payload = json!({ "screening_lead": row.id, "risk_level": row.risk_level.as_str(), "state": row.state.as_str() });
    act.announce("screening_lead.changed", payload)
}

/// What waits on whom while it is open: a high risk on the police station and the street at once (人民调解法 25), the next look on the committee.
fn waiting(act: &mut Act<'_>, row: &LeadRow) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    if row.state != ScreeningLeadState::Open {
        return Ok(items);
    }
    if row.risk_level == ScreeningRiskLevel::High {
        let station = store::station(act, row.division)?.map(Whose::Organisation);
        let told = station.into_iter().chain([Whose::Level(Level::Street)]);
        items.extend(told.map(|whose| Item::new(Task::WatchRisk, whose, None)));
    }
    if let Some(day) = row.next_look_on {
        let ends = day.checked_add_days(Days::new(1)).map(start_of);
        items.push(Item::new(Task::LookAgain, Whose::Level(Level::Committee), ends));
    }
    Ok(items)
}
