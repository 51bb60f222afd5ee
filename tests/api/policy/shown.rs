//! Lists show what they were asked for: one that is always empty would leave no range, either.

use lilong::access::policy::Reach;
use lilong::access::role::Role;
use lilong::app::policy::Row;

use crate::support::Reply;

/// Lists that may be empty here, and why. Others have at least one item for whoever reaches the scene by a post.
const MAY_BE_EMPTY: &[(&str, &str)] = &[
    ("list_application_secrets", "a new application has none"),
    ("list_attendances", "a new shift has none"),
    ("list_data_grant_reads", "nobody has read"),
    ("list_dispute_entries", "not read"),
    ("list_check_ins", "nobody need have been checked in"),
    ("list_corrections", "one that was decided waits no more"),
    ("list_dwelling_residents", "not read"),
    ("list_erasures", "one that was decided waits no more"),
    ("list_label_counts", "not read"),
    ("list_mediation_case_agreements", "a new case has none"),
    ("list_mediation_case_events", "a case that was put there has none"),
    ("list_mediation_case_evidence", "a new case has none"),
    ("list_mediation_case_examples", "a new case has none"),
    ("list_mediation_case_extensions", "a new case has none"),
    ("list_mediation_case_follow_ups", "a new case has none"),
    ("list_mediation_case_hearings", "a new case has none"),
    ("list_mediation_case_notes", "a new case has none"),
    ("list_mediation_case_penalty_waivers", "a new case has none"),
    ("list_mediation_case_performances", "a new case has none"),
    ("list_mediation_cases", "not read"),
    ("list_mediation_room_shortfalls", "whether a room is short follows from rules"),
    ("list_mediation_subsidies", "not read"),
    ("list_mediation_subsidy_totals", "not read"),
    ("list_mediator_proposals", "not read"),
    ("list_petition_events", "a petition that was put there has none"),
    ("list_petition_reports", "not read"),
    ("list_petition_signatures", "nobody has signed"),
    ("list_petition_strike_outs", "a new petition has none"),
    ("list_petitions", "not read"),
    ("list_pledge_reports", "not read"),
    ("list_pledge_uses", "nobody has used it"),
    ("list_recognition_objections", "nobody has objected"),
    ("list_residencies", "one that was decided waits no more"),
    ("list_resident_homes", "nobody lives there"),
    ("list_resident_labels", "whoever may removes it again"),
    ("list_restricted_residents", "not read"),
    ("list_shift_signups", "a new shift has none"),
    ("list_summons_records", "the only summons may have been withdrawn"),
    ("list_visit_coverage", "not read"),
    ("list_visit_findings", "the only one may have been closed"),
    ("list_visit_plans", "not read"),
    ("list_volunteer_calls", "not read"),
    ("list_volunteer_loads", "nobody has served"),
    ("list_volunteer_team_members", "a new team has none"),
];

/// Whoever reaches the scene by a post finds something in a list.
#[track_caller]
pub fn must_show(row: &Row, role: Role, range: &str, reply: &Reply) {
    let by_post = row.reaches.contains(&(role, Reach::Range));
    let may_be_empty = MAY_BE_EMPTY.iter().any(|(operation, _)| *operation == row.operation);
    if by_post && row.operation.starts_with("list_") && !may_be_empty {
        let items = reply.body["items"].as_array().map_or(0, Vec::len);
        assert!(items > 0, "{} as {} of {range} shows nothing: {}", row.operation, role.as_str(), reply.text);
    }
}
