//! Every query of disclosures.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::Action;
use super::model::{DisclosureId, DisclosurePurpose, DisclosureRow, NewDisclosure, ResidentId};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::Standing;
use crate::access::role::Role;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::people::subjects::Subject;
use crate::schema::{accounts, disclosures, organisations, residents};

/// The same person looking again for the same purpose within this is the same look.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(10);

/// Notes that the actor looks at these fields; whether that was not noted yet.
pub fn note(
    act: &mut Act<'_>,
    resident: ResidentId,
    standing: Option<Standing>,
    purpose: DisclosurePurpose,
    fields: &[&str],
) -> Result<bool> {
    let account_id = act.actor.account()?;
    let parts = [resident.0.as_bytes().as_slice(), account_id.0.as_bytes(), purpose.as_str().as_bytes()];
    // Two looks at once are one, too.
    act.serialise(&act.ring.hash("disclosure", &parts))?;
    let known = disclosures::table
        .filter(disclosures::resident_id.eq(resident).and(disclosures::account_id.eq(account_id)))
        .filter(disclosures::purpose.eq(purpose).and(disclosures::fields.eq(fields)))
        .filter(disclosures::at.gt(act.now - ONE_LOOK));
    if diesel::select(diesel::dsl::exists(known)).get_result(act.conn)? {
        return Ok(false);
    }
    let row = NewDisclosure {
        id: DisclosureId::new(),
        resident_id: resident,
        account_id,
        role: standing.as_ref().map_or(Role::Resident, |standing| standing.role),
        organisation_id: standing.and_then(|standing| standing.organisation),
        purpose,
        fields,
        at: act.now,
    };
    diesel::insert_into(disclosures::table).values(row).execute(act.conn)?;
    Ok(true)
}

/// Gives the looks at one record to another record of the same person.
pub fn join(act: &mut Act<'_>, from: ResidentId, into: ResidentId) -> Result<()> {
    diesel::update(disclosures::table.filter(disclosures::resident_id.eq(from)))
        .set(disclosures::resident_id.eq(into))
        .execute(act.conn)?;
    Ok(())
}

/// One page of the looks at oneself, or at a record that the caller may act for; the newest first.
pub fn page(
    look: &mut Look<'_>,
    subject: Option<&Permit<Subject>>,
    pager: &Pager<'_, DisclosureId>,
) -> Result<Vec<DisclosureRow>> {
    look.scope(Action::List)?;
    let mut query = disclosures::table
        .inner_join(residents::table.on(residents::id.eq(disclosures::resident_id)))
        .inner_join(accounts::table.on(accounts::id.eq(disclosures::account_id)))
        .left_join(organisations::table.on(organisations::id.nullable().eq(disclosures::organisation_id)))
        .select((
            disclosures::id,
            disclosures::resident_id,
            accounts::display_name,
            disclosures::role,
            organisations::name.nullable(),
            disclosures::purpose,
            disclosures::fields,
            disclosures::at,
        ))
        .into_boxed();
    query = match subject {
        Some(subject) => query.filter(disclosures::resident_id.eq(subject.resident)),
        None => query.filter(residents::account_id.eq(look.actor.account()?)),
    };
    if let Some(after) = pager.after {
        query = query.filter(disclosures::id.lt(after));
    }
    Ok(query.order(disclosures::id.desc()).limit(pager.fetch()).load(look.conn)?)
}
