//! Every query of performances, whose case says who may know of them.

use diesel::prelude::*;

use super::model::{NewPerformance, PerformanceId, PerformanceRow};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::MediationEvidenceAudience;
use crate::matters::registry::MatterId;
use crate::schema::{mediation_evidence, mediation_performances};

/// One page of the performances of a case that was found, the first first.
pub fn page(
    look: &mut Look<'_>,
    case: MatterId,
    pager: &Pager<'_, PerformanceId>,
) -> Result<Vec<PerformanceRow>> {
    let mut query =
        mediation_performances::table.filter(mediation_performances::case_id.eq(case)).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(mediation_performances::id.gt(after));
    }
    let order = query.order(mediation_performances::id).limit(pager.fetch());
    Ok(order.select(PerformanceRow::as_select()).load(look.conn)?)
}

/// One, whoever may see it.
pub fn find(look: &mut Look<'_>, id: PerformanceId) -> Result<PerformanceRow> {
    Ok(mediation_performances::table.find(id).select(PerformanceRow::as_select()).first(look.conn)?)
}

/// Adds a performance.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewPerformance) -> Result<()> {
    diesel::insert_into(mediation_performances::table).values(new).execute(act.conn)?;
    Ok(())
}

/// What was shown to everybody at the table: title and text, the first first.
pub fn common_evidence(look: &mut Look<'_>, case: MatterId) -> Result<Vec<(uuid::Uuid, String, String)>> {
    let shown = mediation_evidence::table
        .filter(mediation_evidence::case_id.eq(case))
        .filter(mediation_evidence::audience.eq(MediationEvidenceAudience::Everybody));
    let shown = shown.order(mediation_evidence::id);
    let told = (mediation_evidence::id, mediation_evidence::title, mediation_evidence::text);
    Ok(shown.select(told).load(look.conn)?)
}
