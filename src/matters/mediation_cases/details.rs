//! All of a case, put together for whoever sees it.

use std::collections::HashMap;

use super::kinds::{MediationPartyKind, MediationSide};
use super::model::{Case, ListedCase};
use super::parties::{PartyId, PartyRow};
use super::seats::{self, ObjectionRow, SeatRow};
use super::seeing::CaseStance;
use super::store;
use super::views::{
    MediationCaseDetailView, MediationCaseView, MediationObjectionView, MediationPartyView, MediationReadAs,
    MediationSeatView,
};
use crate::access::act::Look;
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::access::phone::Phone;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, MatterClockView};
use crate::matters::registry::MatterOrganisationView;

/// What people and organisations are called.
struct Names {
    residents: HashMap<ResidentId, String>,
    organisations: HashMap<OrganisationId, String>,
    accounts: HashMap<AccountId, String>,
}

impl Names {
    fn of(look: &mut Look<'_>, case: &Case) -> Result<Self> {
        let people = case.parties.iter().flat_map(|party| [party.resident_id, party.representative_id]);
        let people: Vec<ResidentId> = people.flatten().collect();
        let of_parties = case.parties.iter().map(|party| party.organisation_id);
        let of_seats = case.seats.iter().map(|seat| seat.organisation_id);
        let offices: Vec<OrganisationId> =
            of_parties.chain(of_seats).chain([case.matter.holder_id]).flatten().collect();
        let sitting: Vec<AccountId> = case.seats.iter().map(|seat| seat.account_id).collect();
        Ok(Names {
            residents: store::resident_names(look, &people)?,
            organisations: store::organisation_names(look, &offices)?,
            accounts: store::names(look, &sitting)?,
        })
    }

    fn party(&self, party: &PartyRow) -> Option<String> {
        match party.kind {
            MediationPartyKind::Resident => party.resident_id.and_then(|id| self.residents.get(&id).cloned()),
            MediationPartyKind::Organisation => self.organisation(party.organisation_id).map(|one| one.name),
            MediationPartyKind::Person => party.name.clone(),
        }
    }

    fn representative(&self, party: &PartyRow) -> Option<String> {
        let known = party.representative_id.and_then(|id| self.residents.get(&id).cloned());
        known.or_else(|| party.representative_name.clone())
    }

    fn organisation(&self, id: Option<OrganisationId>) -> Option<MatterOrganisationView> {
        let id = id?;
        Some(MatterOrganisationView { id, name: self.organisations.get(&id)?.clone() })
    }
}

/// How a party is called where it is written down.
#[derive(Clone, Debug)]
pub struct PartyName {
    /// Which party.
    pub id: PartyId,
    /// On which side.
    pub side: MediationSide,
    /// By name; none where the record is one no more.
    pub name: Option<String>,
    /// Who speaks for it.
    pub representative: Option<String>,
}

/// How the parties of a case are called, and who mediates it.
pub fn party_names(look: &mut Look<'_>, case: &Case) -> Result<(Vec<PartyName>, Option<String>)> {
    let names = Names::of(look, case)?;
    let called = |party: &PartyRow| PartyName {
        id: party.id,
        side: party.side,
        name: names.party(party),
        representative: names.representative(party),
    };
    let office = names.organisation(case.matter.holder_id).map(|office| office.name);
    Ok((case.parties.iter().map(called).collect(), office))
}

/// All of it that this stance may know.
pub fn assemble(look: &mut Look<'_>, case: Case, stance: CaseStance) -> Result<MediationCaseDetailView> {
    let now = look.now;
    let names = Names::of(look, &case)?;
    let (is_subject, is_facts, is_table) =
        (stance.is_told_subject(), stance.is_told_facts(), stance.is_at_table());
    let objections = if is_facts { seats::objections(look, case.matter.id)? } else { Vec::new() };
    let is_read = |row: &ObjectionRow| match stance {
        CaseStance::Party(id) => row.party_id == id,
        _ => is_table,
    };
    let mut parties = Vec::new();
    for party in case.parties.iter().filter(|_| is_subject) {
        parties.push(view_of_party(look, party, stance, &names)?);
    }
    let clocks = clocks::of(look, case.matter.id)?;
    let own = case.own.clone();
    let is_agreed_to = case.is_agreed_to();
    Ok(MediationCaseDetailView {
        read_as: read_as(stance),
        subject: is_subject.then_some(own.subject),
        facts: is_facts.then_some(own.facts),
        claims: is_facts.then_some(own.claims),
        incident_number: own.incident_number.filter(|_| is_table),
        petition: own.petition_id.filter(|_| is_table),
        is_violent: is_table.then_some(own.is_violent),
        risk_note: is_table.then_some(own.risk_note),
        parties,
        is_agreed_to,
        seats: case.seats.iter().filter(|_| is_subject).map(|seat| view_of_seat(seat, &names)).collect(),
        objections: objections.into_iter().filter(is_read).map(objection).collect(),
        clocks: clocks.into_iter().map(|row| MatterClockView::new(row, now)).collect(),
        end_reason: own.end_reason,
        end_note: is_facts.then_some(own.end_note),
        routes: own.routes.into_iter().flatten().collect(),
        case: listed(case, &names, now),
    })
}

fn listed(case: Case, names: &Names, now: chrono::DateTime<chrono::Utc>) -> MediationCaseView {
    let Case { matter, own, state, .. } = case;
    let holder_name = names.organisation(matter.holder_id).map(|office| office.name);
    let (source, dispute_type, grade) = (own.source, own.dispute_type, own.grade);
    MediationCaseView::new(ListedCase { matter, state, source, dispute_type, grade, holder_name }, now)
}

fn read_as(stance: CaseStance) -> MediationReadAs {
    match stance {
        CaseStance::Party(_) => MediationReadAs::Party,
        CaseStance::Asked(_) => MediationReadAs::Asked,
        CaseStance::Seat { .. } => MediationReadAs::Seat,
        CaseStance::Office => MediationReadAs::Office,
        CaseStance::Overseer => MediationReadAs::Overseer,
    }
}

fn view_of_party(
    look: &mut Look<'_>,
    party: &PartyRow,
    stance: CaseStance,
    names: &Names,
) -> Result<MediationPartyView> {
    let name = names.party(party);
    // Of a record that was sealed or erased, nothing is told that was kept beside it, either.
    let sealed = party.phone_sealed.as_deref().filter(|_| stance.is_told_contact() && name.is_some());
    let phone = sealed.map(|sealed| Phone::open_for(look.ring, store::CONTACT_SEAL, sealed)).transpose()?;
    Ok(MediationPartyView {
        id: party.id,
        side: party.side,
        kind: party.kind,
        name,
        resident: party.resident_id.filter(|_| stance == CaseStance::Office),
        phone: phone.map(|phone| phone.masked()),
        representation: party.representation,
        representative_name: names.representative(party),
        authority: party.authority.clone(),
        consent: party.consent,
        consent_by: party.consent_by,
        consented_at: party.consented_at,
        wants_open: party.wants_open,
        is_reader: stance == CaseStance::Party(party.id),
    })
}

fn view_of_seat(seat: &SeatRow, names: &Names) -> MediationSeatView {
    MediationSeatView {
        id: seat.id,
        role: seat.role,
        account: seat.account_id,
        display_name: names.accounts.get(&seat.account_id).cloned().unwrap_or_default(),
        organisation: names.organisation(seat.organisation_id),
        state: seat.state,
        asked_at: seat.asked_at,
        replied_at: seat.replied_at,
    }
}

fn objection(row: ObjectionRow) -> MediationObjectionView {
    let ObjectionRow { id, seat_id, party_id, reason, decision, decision_reason, created_at, .. } = row;
    MediationObjectionView {
        id,
        seat: seat_id,
        party: party_id,
        reason,
        decision,
        decision_reason,
        created_at,
    }
}
