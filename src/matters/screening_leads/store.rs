//! Every query of leads, and of who is concerned.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    LeadChange, LeadFilter, LeadPartyRow, LeadRow, NewLead, NewLeadParty, PlacedLeadRow, ScreeningLeadId,
};
use super::rules::PARTY_TWICE;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::screenings::ScreeningId;
use crate::people::residents::OnePerson;
use crate::people::visit_findings::store::NAMED;
use crate::places::organisations::OrganisationKind;
use crate::schema::{matters, organisations, residents, screening_lead_parties, screening_leads};

macro_rules! seen {
    ($scope:expr) => {
        screening_leads::table
            .left_join(matters::table.on(matters::id.nullable().eq(screening_leads::case_id)))
            .filter(within(screening_leads::division, $scope))
            .select((LeadRow::as_select(), (matters::id, matters::receipt, matters::state).nullable()))
    };
}

/// One page of the leads of a screening that the caller sees, in the order of divisions, the oldest first.
pub fn page(
    look: &mut Look<'_>,
    screening: ScreeningId,
    filter: &LeadFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<PlacedLeadRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = seen!(&scope).filter(screening_leads::screening_id.eq(screening)).into_boxed();
    if let Some(risk_level) = filter.risk_level {
        query = query.filter(screening_leads::risk_level.eq(risk_level));
    }
    if let Some(state) = filter.state {
        query = query.filter(screening_leads::state.eq(state));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(screening_leads::division, screening_leads::id, after));
    }
    let order = (screening_leads::division, screening_leads::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A lead of a screening that the caller sees.
pub fn find(look: &mut Look<'_>, (screening, id): (ScreeningId, ScreeningLeadId)) -> Result<PlacedLeadRow> {
    let scope = look.scope(Action::Find)?;
    let of = screening_leads::screening_id.eq(screening);
    Ok(seen!(&scope).filter(screening_leads::id.eq(id).and(of)).first(look.conn)?)
}

/// The same, locked.
pub fn lock(act: &mut Act<'_>, (screening, id): (ScreeningId, ScreeningLeadId)) -> Result<LeadRow> {
    find(act, (screening, id))?;
    let one = screening_leads::table.find(id).select(LeadRow::as_select()).for_no_key_update();
    Ok(one.first(act.conn)?)
}

/// Who is concerned by leads that were found.
pub fn parties(look: &mut Look<'_>, leads: &[ScreeningLeadId]) -> Result<Vec<LeadPartyRow>> {
    let named =
        residents::id.nullable().eq(screening_lead_parties::resident_id).and(residents::status.eq_any(NAMED));
    let of = screening_lead_parties::table
        .left_join(residents::table.on(named))
        .left_join(organisations::table)
        .filter(screening_lead_parties::lead_id.eq_any(leads))
        .order(screening_lead_parties::id)
        .select((
            screening_lead_parties::lead_id,
            screening_lead_parties::side,
            screening_lead_parties::resident_id,
            screening_lead_parties::organisation_id,
            screening_lead_parties::name,
            residents::name.nullable(),
            organisations::name.nullable(),
        ));
    Ok(of.load(look.conn)?)
}

/// Adds a lead.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewLead>) -> Result<LeadRow> {
    let added = diesel::insert_into(screening_leads::table).values(&**new);
    Ok(added.returning(LeadRow::as_returning()).get_result(act.conn)?)
}

/// Writes who is concerned, in place of who was.
pub fn name<T>(act: &mut Act<'_>, _: &Permit<T>, lead: ScreeningLeadId, new: &[NewLeadParty]) -> Result<()> {
    let old = screening_lead_parties::table.filter(screening_lead_parties::lead_id.eq(lead));
    diesel::delete(old).execute(act.conn)?;
    diesel::insert_into(screening_lead_parties::table).values(new).execute(act.conn).on_constraints(&[
        ("screening_lead_parties_lead_id_resident_id_key", &PARTY_TWICE, "/parties"),
        ("screening_lead_parties_lead_id_organisation_id_key", &PARTY_TWICE, "/parties"),
    ])?;
    Ok(())
}

/// Changes a lead.
pub fn update(act: &mut Act<'_>, lead: &Permit<LeadRow>, change: &LeadChange) -> Result<LeadRow> {
    let moved =
        (screening_leads::version.eq(screening_leads::version + 1), screening_leads::updated_at.eq(act.now));
    Ok(diesel::update(screening_leads::table.find(lead.id))
        .set((change, moved))
        .returning(LeadRow::as_returning())
        .get_result(act.conn)?)
}

/// The closest open police station in the line of a place.
pub fn station(look: &mut Look<'_>, division: Division) -> Result<Option<OrganisationId>> {
    let open = organisations::table
        .filter(
            organisations::kind.eq(OrganisationKind::PoliceStation).and(organisations::closed_on.is_null()),
        )
        .filter(organisations::division.eq_any(division.line()))
        .order((organisations::division.desc(), organisations::id));
    Ok(open.select(organisations::id).first(look.conn).optional()?)
}

/// Leads about somebody in that committee are about the record that stays; one about both names them once.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let here = screening_leads::table
        .filter(screening_leads::division.eq(pair.division))
        .select(screening_leads::id);
    let both: Vec<ScreeningLeadId> = screening_lead_parties::table
        .filter(screening_lead_parties::resident_id.eq(pair.into))
        .select(screening_lead_parties::lead_id)
        .load(act.conn)?;
    let doubled = screening_lead_parties::table
        .filter(screening_lead_parties::resident_id.eq(pair.from))
        .filter(screening_lead_parties::lead_id.eq_any(&both));
    diesel::delete(doubled).execute(act.conn)?;
    let known = screening_lead_parties::table
        .filter(screening_lead_parties::resident_id.eq(pair.from))
        .filter(screening_lead_parties::lead_id.eq_any(here));
    diesel::update(known).set(screening_lead_parties::resident_id.eq(pair.into)).execute(act.conn)?;
    Ok(())
}
