//! Every query of what stands on a record.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::act::Look;
use crate::access::actor::ResidentId;
use crate::kit::problem::Result;
use crate::schema::{
    dispute_entries, matters, mediation_parties, petitions, screening_lead_parties, screening_leads,
};

/// Whether somebody's petition, mediation, dispute entry or lead is still open.
pub fn stands_on(look: &mut Look<'_>, resident: ResidentId) -> Result<bool> {
    let asked = petitions::table
        .inner_join(matters::table.on(matters::id.eq(petitions::id)))
        .filter(petitions::petitioner_id.eq(resident))
        .filter(matters::is_open)
        .select(petitions::id);
    let mediated = mediation_parties::table
        .inner_join(matters::table.on(matters::id.eq(mediation_parties::case_id)))
        .filter(
            mediation_parties::resident_id.eq(resident).or(mediation_parties::representative_id.eq(resident)),
        )
        .filter(matters::is_open)
        .select(mediation_parties::id);
    let entered = dispute_entries::table
        .filter(dispute_entries::resident_id.eq(resident).or(dispute_entries::guardian_id.eq(resident)))
        .filter(dispute_entries::state.eq_any(["sent", "accepted"]))
        .select(dispute_entries::id);
    let seen = screening_lead_parties::table
        .inner_join(screening_leads::table)
        .filter(screening_lead_parties::resident_id.eq(resident))
        .filter(screening_leads::state.eq("open"))
        .select(screening_lead_parties::id);
    Ok(diesel::select(exists(asked)).get_result::<bool>(look.conn)?
        || diesel::select(exists(mediated)).get_result::<bool>(look.conn)?
        || diesel::select(exists(entered)).get_result::<bool>(look.conn)?
        || diesel::select(exists(seen)).get_result::<bool>(look.conn)?)
}
