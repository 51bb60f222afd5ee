//! Matters 事项: everything somebody must handle by a date. What all kinds share (calendar, policies, clocks, dispatch, timeline,
//! inbox, the engine), and the kinds themselves: petitions 诉求, mediation cases 调解案件. Where disputes are mediated, and by whom 调解室、
//! 调解员名册.

pub mod calendar;
pub mod categories;
pub mod clocks;
pub mod dispatches;
pub mod dispute_entries;
pub mod dispute_route_rules;
pub mod disputes;
pub mod emergency_orders;
pub mod engine;
pub mod hearing_slots;
pub mod inbox;
pub mod line;
pub mod mediation_agreements;
pub mod mediation_annulments;
pub mod mediation_cases;
pub mod mediation_confirmations;
pub mod mediation_examples;
pub mod mediation_extensions;
pub mod mediation_follow_ups;
pub mod mediation_handling;
pub mod mediation_hearings;
pub mod mediation_parties;
pub mod mediation_penalty_waivers;
pub mod mediation_performance;
pub mod mediation_records;
pub mod mediation_room_staff;
pub mod mediation_rooms;
pub mod mediation_seats;
pub mod mediation_staffing;
pub mod mediation_statistics;
pub mod mediation_subsidies;
pub mod mediation_subsidy_rules;
pub mod mediators;
pub mod petition_dispatching;
pub mod petition_extensions;
pub mod petition_feedback;
pub mod petition_handling;
pub mod petition_lists;
pub mod petition_signatures;
pub mod petition_statistics;
pub mod petition_strike_outs;
pub mod petitions;
pub mod policies;
pub mod registry;
pub mod responsibilities;
pub mod screening_leads;
pub mod screenings;
pub mod standing;
pub mod summons;
pub mod tending;
pub mod timeline;

use crate::people::merges::Move;

/// What becomes of this room's columns that name a resident, when that resident's record is merged into another.
pub static MOVES: &[Move] = &[
    Move { table: "petitions", column: "petitioner_id", by: petition_signatures::join_petitioners },
    Move { table: "petition_signatures", column: "resident_id", by: petition_signatures::join_signers },
    Move { table: "mediation_parties", column: "resident_id", by: mediation_cases::parties::join },
    Move {
        table: "mediation_parties",
        column: "representative_id",
        by: mediation_cases::parties::join_representatives,
    },
    Move { table: "dispute_entries", column: "resident_id", by: dispute_entries::store::join },
    Move { table: "dispute_entries", column: "guardian_id", by: dispute_entries::store::join_guardians },
    Move { table: "screening_lead_parties", column: "resident_id", by: screening_leads::store::join },
];
