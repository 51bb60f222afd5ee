//! Every query of guardians.

use diesel::prelude::*;

use super::model::{GuardianRow, GuardianshipId, NewGuardian};
use super::rules::TAKEN;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::ResidentId;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::{OnePerson, ResidentDetailRow};
use crate::schema::{guardians, residents};

/// One page of the guardians that a child has now.
pub fn page(
    look: &mut Look<'_>,
    ward: &Permit<ResidentDetailRow>,
    pager: &Pager<'_, GuardianshipId>,
) -> Result<Vec<GuardianRow>> {
    let mut query = guardians::table
        .inner_join(residents::table.on(residents::id.eq(guardians::guardian_id)))
        .filter(guardians::ward_id.eq(ward.resident.id).and(guardians::ended_at.is_null()))
        .select((
            guardians::id,
            guardians::ward_id,
            guardians::guardian_id,
            residents::name,
            guardians::relation,
            guardians::evidence,
            guardians::created_at,
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(guardians::id.gt(after));
    }
    Ok(query.order(guardians::id).limit(pager.fetch()).load(look.conn)?)
}

/// Adds a guardian.
pub fn insert(act: &mut Act<'_>, _: &Permit<ResidentDetailRow>, new: &NewGuardian) -> Result<()> {
    diesel::insert_into(guardians::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("guardians_ward_id_guardian_id_key", &TAKEN)?;
    Ok(())
}

/// Ends a guardianship; whether there was one.
pub fn end(act: &mut Act<'_>, ward: &Permit<ResidentDetailRow>, guardian: ResidentId) -> Result<bool> {
    let living = guardians::table
        .filter(guardians::ward_id.eq(ward.resident.id).and(guardians::guardian_id.eq(guardian)))
        .filter(guardians::ended_at.is_null());
    Ok(diesel::update(living).set(guardians::ended_at.eq(act.now)).execute(act.conn)? == 1)
}

/// Gives the wards and guardians of one record to another of the same person. What both have is had once, and nobody becomes
/// their own guardian.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let (ward, guardian) = (guardians::ward_id, guardians::guardian_id);
    let of_both =
        ward.eq(pair.from).and(guardian.eq(pair.into)).or(ward.eq(pair.into).and(guardian.eq(pair.from)));
    diesel::delete(guardians::table.filter(of_both)).execute(act.conn)?;
    let now = guardians::ended_at.is_null();
    let keepers = guardians::table.filter(ward.eq(pair.into).and(now)).select(guardian);
    let keepers: Vec<ResidentId> = keepers.load(act.conn)?;
    let wards = guardians::table.filter(guardian.eq(pair.into).and(now)).select(ward);
    let wards: Vec<ResidentId> = wards.load(act.conn)?;
    let double = ward
        .eq(pair.from)
        .and(guardian.eq_any(keepers))
        .or(guardian.eq(pair.from).and(ward.eq_any(wards)))
        .and(now);
    diesel::update(guardians::table.filter(double)).set(guardians::ended_at.eq(act.now)).execute(act.conn)?;
    let kept = (ward.eq(pair.into), guardians::division.eq(pair.division));
    diesel::update(guardians::table.filter(ward.eq(pair.from))).set(kept).execute(act.conn)?;
    diesel::update(guardians::table.filter(guardian.eq(pair.from)))
        .set(guardian.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
