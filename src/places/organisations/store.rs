//! Every query of organisations.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{Filter, NewOrganisation, OrganisationChange, OrganisationRow};
use super::{Action, CREDIT_CODE_TAKEN, DIVISION_UNKNOWN, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::places::prefix::begins;
use crate::schema::organisations;

/// The advisory lock of the one who changes who stands above whom.
const HIERARCHY: &str = "SELECT pg_advisory_xact_lock(7101012)";

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("organisations_division_kind_name_key", &TAKEN, "/name"),
    ("organisations_social_credit_code_key", &CREDIT_CODE_TAKEN, "/social_credit_code"),
    ("organisations_division_fkey", &DIVISION_UNKNOWN, "/division"),
];

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<OrganisationRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = organisations::table
        .filter(within(organisations::division, &scope))
        .select(OrganisationRow::as_select())
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(organisations::kind.eq(kind));
    }
    if let Some(superior) = filter.superior {
        query = query.filter(organisations::superior_id.eq(superior));
    }
    if let Some(name) = &filter.name {
        query = query.filter(begins(organisations::name, name));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(organisations::division, organisations::id, after));
    }
    let order = (organisations::division, organisations::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// An organisation the caller sees.
pub fn find(look: &mut Look<'_>, id: OrganisationId) -> Result<OrganisationRow> {
    let scope = look.scope(Action::Find)?;
    let seen = organisations::table.find(id).filter(within(organisations::division, &scope));
    Ok(seen.select(OrganisationRow::as_select()).first(look.conn)?)
}

/// An organisation the caller sees, locked; others may still name it.
pub fn lock(act: &mut Act<'_>, id: OrganisationId) -> Result<OrganisationRow> {
    let scope = act.scope(Action::Find)?;
    let seen = organisations::table.find(id).filter(within(organisations::division, &scope));
    Ok(seen.select(OrganisationRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Whether an organisation stands above another, however far up, or is it. Until this act has ended nobody else
/// changes who stands above whom, so that two changes can't close a circle together.
pub fn stands_above(act: &mut Act<'_>, upper: OrganisationId, lower: OrganisationId) -> Result<bool> {
    diesel::sql_query(HIERARCHY).execute(act.conn)?;
    let stands_above = sql::<Bool>("EXISTS (WITH RECURSIVE line (id, superior_id) AS (")
        .sql("SELECT id, superior_id FROM organisations WHERE id = ")
        .bind::<SqlUuid, _>(lower)
        .sql(" UNION SELECT above.id, above.superior_id FROM organisations above")
        .sql(" JOIN line ON above.id = line.superior_id) SELECT FROM line WHERE id = ")
        .bind::<SqlUuid, _>(upper)
        .sql(")");
    Ok(diesel::select(stands_above).get_result(act.conn)?)
}

/// Adds an organisation.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewOrganisation>) -> Result<OrganisationRow> {
    diesel::insert_into(organisations::table)
        .values(&**new)
        .returning(OrganisationRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes an organisation.
pub fn update(
    act: &mut Act<'_>,
    organisation: &Permit<OrganisationRow>,
    change: OrganisationChange,
) -> Result<OrganisationRow> {
    let (version, updated_at) = (organisations::version, organisations::updated_at);
    diesel::update(organisations::table.find(organisation.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(OrganisationRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
