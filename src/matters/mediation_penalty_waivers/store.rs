//! Every query of applications, whose case says who may know of them.

use diesel::prelude::*;

use super::model::{NewWaiver, WaiverDecided, WaiverId, WaiverRow};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::schema::mediation_penalty_waivers;

/// One page of the applications of a case that was found, the first first.
pub fn page(look: &mut Look<'_>, case: MatterId, pager: &Pager<'_, WaiverId>) -> Result<Vec<WaiverRow>> {
    let mut query =
        mediation_penalty_waivers::table.filter(mediation_penalty_waivers::case_id.eq(case)).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(mediation_penalty_waivers::id.gt(after));
    }
    let order = query.order(mediation_penalty_waivers::id).limit(pager.fetch());
    Ok(order.select(WaiverRow::as_select()).load(look.conn)?)
}

/// One, whoever may see it.
pub fn find(look: &mut Look<'_>, id: WaiverId) -> Result<WaiverRow> {
    Ok(mediation_penalty_waivers::table.find(id).select(WaiverRow::as_select()).first(look.conn)?)
}

/// Adds an application; a party applies once.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewWaiver, twice: &'static Rule) -> Result<()> {
    diesel::insert_into(mediation_penalty_waivers::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("mediation_penalty_waivers_case_id_party_id_key", twice)?;
    Ok(())
}

/// Notes what was decided.
pub fn decide<T>(act: &mut Act<'_>, _: &Permit<T>, id: WaiverId, decided: &WaiverDecided) -> Result<()> {
    diesel::update(mediation_penalty_waivers::table.find(id)).set(decided).execute(act.conn)?;
    Ok(())
}
