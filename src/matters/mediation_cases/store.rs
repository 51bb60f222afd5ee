//! Every query of cases.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::alias;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::course::MediationState;
use super::kinds::{MediationGrade, MediationSeatState};
use super::model::{Case, CaseChange, CaseFilter, CaseRow, GradeRow, ListedCase, NewCase};
use super::{parties, seats};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::{MatterId, MatterRow};
use crate::people::visit_findings;
use crate::schema::{
    accounts, matters, mediation_cases, mediation_grades, mediation_parties, mediation_seats, organisations,
    residents,
};

/// What a party's telephone number is bound to.
pub const CONTACT_SEAL: &str = "mediation_parties.phone";

/// A case as it stands. As whom the caller sees it, if at all, is not said here.
pub fn load(look: &mut Look<'_>, id: MatterId) -> Result<Case> {
    let (matter, own, state) = mediation_cases::table
        .inner_join(matters::table)
        .filter(mediation_cases::id.eq(id))
        .select((MatterRow::as_select(), CaseRow::as_select(), matters::state))
        .first::<(MatterRow, CaseRow, MediationState)>(look.conn)?;
    let (parties, seats) = (parties::of(look, id)?, seats::of(look, id)?);
    Ok(Case { matter, own, state, parties, seats })
}

/// Adds a case beside its matter; an incident that has one already is refused.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewCase, known: &'static Rule) -> Result<()> {
    diesel::insert_into(mediation_cases::table).values(new).execute(act.conn).on_constraints(&[(
        "mediation_cases_incident_number_key",
        known,
        "/incident_number",
    )])?;
    Ok(())
}

/// Changes what a case has besides what every matter has.
pub fn change<T>(act: &mut Act<'_>, _: &Permit<T>, id: MatterId, change: &CaseChange) -> Result<()> {
    diesel::update(mediation_cases::table.find(id))
        .set(change)
        .execute(act.conn)
        .optional_empty_changeset()?;
    Ok(())
}

/// What a grade asks for in a place on a day: the closest place that says it, then the latest day.
pub fn grade_rule(
    look: &mut Look<'_>,
    grade: MediationGrade,
    division: Division,
    on: NaiveDate,
) -> Result<Option<GradeRow>> {
    let said = mediation_grades::table
        .filter(mediation_grades::grade.eq(grade).and(mediation_grades::effective_from.le(on)))
        .filter(mediation_grades::division.eq_any(division.line()))
        .order((mediation_grades::division.desc(), mediation_grades::effective_from.desc()));
    Ok(said.select(GradeRow::as_select()).first(look.conn).optional()?)
}

macro_rules! listed {
    ($filter:expr, $now:expr) => {{
        let mut query = mediation_cases::table
            .inner_join(matters::table)
            .left_join(organisations::table.on(organisations::id.nullable().eq(matters::holder_id)))
            .select((
                MatterRow::as_select(),
                matters::state,
                mediation_cases::source,
                mediation_cases::dispute_type,
                mediation_cases::grade,
                organisations::name.nullable(),
            ))
            .into_boxed();
        if let Some(state) = $filter.state {
            query = query.filter(matters::state.eq(state));
        }
        if let Some(dispute_type) = $filter.dispute_type {
            query = query.filter(mediation_cases::dispute_type.eq(dispute_type));
        }
        if let Some(grade) = $filter.grade {
            query = query.filter(mediation_cases::grade.eq(grade));
        }
        if let Some(source) = $filter.source {
            query = query.filter(mediation_cases::source.eq(source));
        }
        if let Some(holder) = $filter.holder {
            query = query.filter(matters::holder_id.eq(holder));
        }
        if $filter.is_overdue {
            query = query.filter(matters::is_open.and(matters::due_at.lt($now)));
        }
        query
    }};
}

/// One page of the cases of a range; by division, the oldest first.
pub fn page_of_range(
    look: &mut Look<'_>,
    filter: &CaseFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ListedCase>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = listed!(filter, look.now).filter(within(matters::division, &scope));
    if let Some(after) = pager.after {
        query = query.filter(beyond(matters::division, matters::id, after));
    }
    Ok(query.order((matters::division, matters::id)).limit(pager.fetch()).load(look.conn)?)
}

/// One page of the cases one is a party of, or sits at the table of, or registered; the newest first. Their ids come first, each by its
/// index: conditions with an `OR` between them would be tried on every case of the city.
pub fn page_of_own(
    look: &mut Look<'_>,
    filter: &CaseFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ListedCase>> {
    look.scope(Action::List)?;
    let account = look.actor.account()?;
    let party = mediation_parties::table
        .filter(mediation_parties::account_id.eq(account))
        .select(mediation_parties::case_id);
    let live = [MediationSeatState::Asked, MediationSeatState::Accepted];
    let seat = mediation_seats::table
        .filter(mediation_seats::account_id.eq(account).and(mediation_seats::state.eq_any(live)))
        .select(mediation_seats::case_id);
    let cases = alias!(mediation_cases as registered);
    let registered = cases
        .filter(cases.field(mediation_cases::registered_by).eq(account))
        .select(cases.field(mediation_cases::id));
    let mut query =
        listed!(filter, look.now).filter(mediation_cases::id.eq_any(party.union(seat).union(registered)));
    if let Some(division) = filter.division {
        let range = division.range();
        query = query.filter(matters::division.ge(range.start).and(matters::division.lt(range.end)));
    }
    if let Some((_, id)) = pager.after {
        query = query.filter(matters::id.lt(id));
    }
    Ok(query.order(matters::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// What people are called by their accounts.
pub fn names(look: &mut Look<'_>, wanted: &[AccountId]) -> Result<HashMap<AccountId, String>> {
    let named = accounts::table.filter(accounts::id.eq_any(wanted));
    let rows: Vec<(AccountId, String)> =
        named.select((accounts::id, accounts::display_name)).load(look.conn)?;
    Ok(rows.into_iter().collect())
}

/// What residents are called, whose records are of daily work.
pub fn resident_names(look: &mut Look<'_>, wanted: &[ResidentId]) -> Result<HashMap<ResidentId, String>> {
    let named = residents::table
        .filter(residents::id.eq_any(wanted).and(residents::status.eq_any(visit_findings::store::NAMED)));
    let rows: Vec<(ResidentId, String)> = named.select((residents::id, residents::name)).load(look.conn)?;
    Ok(rows.into_iter().collect())
}

/// What organisations are called.
pub fn organisation_names(
    look: &mut Look<'_>,
    wanted: &[OrganisationId],
) -> Result<HashMap<OrganisationId, String>> {
    let named = organisations::table.filter(organisations::id.eq_any(wanted));
    let rows: Vec<(OrganisationId, String)> =
        named.select((organisations::id, organisations::name)).load(look.conn)?;
    Ok(rows.into_iter().collect())
}
