//! How files are read through what they belong to: the door of each resource that files are attached to.

use crate::access::files::Doors;
use crate::activities::volunteer_calls;
use crate::matters::{
    mediation_agreements, mediation_annulments, mediation_confirmations, mediation_penalty_waivers,
    mediation_performance, mediation_records, petitions,
};
use crate::people::{exports, imports, visits};

/// Every door. A feature that takes files adds its own: the name that it attaches them under, and its scoped find. A file that
/// belongs to a resource without a door is found by nobody.
pub fn doors() -> Doors {
    Doors::default()
        .with(exports::RESOURCE, exports::door)
        .with(imports::RESOURCE, imports::door)
        .with(visits::VISITS, visits::door)
        .with(petitions::PETITIONS, petitions::door)
        .with(mediation_records::EVIDENCE, mediation_records::door)
        .with(mediation_agreements::SIGNATURES, mediation_agreements::door)
        .with(mediation_performance::PERFORMANCES, mediation_performance::door)
        .with(mediation_confirmations::CONFIRMATIONS, mediation_confirmations::door)
        .with(mediation_annulments::ANNULMENTS, mediation_annulments::door)
        .with(mediation_penalty_waivers::WAIVERS, mediation_penalty_waivers::door)
        .with(volunteer_calls::VOLUNTEER_CALLS, volunteer_calls::door)
}
