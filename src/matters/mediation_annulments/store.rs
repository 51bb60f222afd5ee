//! Every query of annulments, whose case says who may know of them.

use diesel::prelude::*;

use super::model::{AnnulmentId, AnnulmentRow, NewAnnulment};
use crate::access::act::{Act, Look, Permit};
use crate::kit::problem::Result;
use crate::matters::registry::MatterId;
use crate::schema::{mediation_agreements, mediation_annulments};

/// The last of a case that was found.
pub fn last(look: &mut Look<'_>, case: MatterId) -> Result<AnnulmentRow> {
    let of_case = mediation_annulments::table
        .inner_join(mediation_agreements::table)
        .filter(mediation_agreements::case_id.eq(case))
        .order(mediation_annulments::id.desc());
    Ok(of_case.select(AnnulmentRow::as_select()).first(look.conn)?)
}

/// Of which case one is.
pub fn case_of(look: &mut Look<'_>, id: AnnulmentId) -> Result<MatterId> {
    let one = mediation_annulments::table.find(id).inner_join(mediation_agreements::table);
    Ok(one.select(mediation_agreements::case_id).first(look.conn)?)
}

/// Adds one.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewAnnulment) -> Result<()> {
    diesel::insert_into(mediation_annulments::table).values(new).execute(act.conn)?;
    Ok(())
}
