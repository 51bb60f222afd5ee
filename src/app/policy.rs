//! `lilong policy`: what may be done by whom, as a table that a test holds.

use super::health;
use crate::access::policy::{Action, Reach};
use crate::access::role::Role;
use crate::access::{
    accounts, applications, audit, codes, files, identities, otps, posts, sessions, totp_resets,
};
use crate::{activities, matters, people, places};

/// One line: an operation, and how far each role reaches with it.
pub struct Row {
    /// The resource.
    pub resource: &'static str,
    /// The operationId.
    pub operation: &'static str,
    /// Each role's reach, in the order of [`Role::ALL`].
    pub reaches: Vec<(Role, Reach)>,
}

/// Every line.
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    add::<health::Action>(&mut rows);
    add::<otps::Action>(&mut rows);
    add::<accounts::Action>(&mut rows);
    add::<identities::Action>(&mut rows);
    add::<sessions::Action>(&mut rows);
    add::<applications::Action>(&mut rows);
    add::<posts::Action>(&mut rows);
    add::<totp_resets::Action>(&mut rows);
    add::<codes::Action>(&mut rows);
    add::<audit::Action>(&mut rows);
    add::<files::Action>(&mut rows);
    add::<places::divisions::Action>(&mut rows);
    add::<places::organisations::Action>(&mut rows);
    add::<places::estates::Action>(&mut rows);
    add::<places::buildings::Action>(&mut rows);
    add::<places::dwellings::Action>(&mut rows);
    add::<places::building_groups::Action>(&mut rows);
    add::<places::venues::Action>(&mut rows);
    add::<places::committee_finder::Action>(&mut rows);
    add::<people::residents::Action>(&mut rows);
    add::<people::imports::Action>(&mut rows);
    add::<people::exports::Action>(&mut rows);
    add::<people::disclosures::Action>(&mut rows);
    add::<people::homes::Action>(&mut rows);
    add::<people::households::Action>(&mut rows);
    add::<people::departures::Action>(&mut rows);
    add::<people::merges::Action>(&mut rows);
    add::<people::visits::Action>(&mut rows);
    add::<people::visit_findings::Action>(&mut rows);
    add::<people::visit_plans::Action>(&mut rows);
    add::<people::labels::Action>(&mut rows);
    add::<people::resident_labels::Action>(&mut rows);
    add::<people::label_counts::Action>(&mut rows);
    add::<people::health::Action>(&mut rows);
    add::<people::data_exports::Action>(&mut rows);
    add::<people::data_grants::Action>(&mut rows);
    add::<people::residencies::Action>(&mut rows);
    add::<people::consents::Action>(&mut rows);
    add::<people::corrections::Action>(&mut rows);
    add::<people::erasures::Action>(&mut rows);
    add::<people::guardians::Action>(&mut rows);
    matter_rows(&mut rows);
    activity_rows(&mut rows);
    rows
}

/// Those of matters.
fn matter_rows(rows: &mut Vec<Row>) {
    add::<matters::registry::Action>(rows);
    add::<matters::inbox::Action>(rows);
    add::<matters::petitions::Action>(rows);
    add::<matters::petition_handling::Action>(rows);
    add::<matters::petition_dispatching::Action>(rows);
    add::<matters::petition_extensions::Action>(rows);
    add::<matters::petition_feedback::Action>(rows);
    add::<matters::petition_signatures::Action>(rows);
    add::<matters::petition_strike_outs::Action>(rows);
    add::<matters::petition_statistics::Action>(rows);
    add::<matters::mediation_cases::Action>(rows);
    add::<matters::mediation_handling::Action>(rows);
    add::<matters::mediation_hearings::Action>(rows);
    add::<matters::mediation_parties::Action>(rows);
    add::<matters::mediation_records::Action>(rows);
    add::<matters::mediation_seats::Action>(rows);
    add::<matters::mediation_extensions::Action>(rows);
    add::<matters::mediation_agreements::Action>(rows);
    add::<matters::mediation_performance::Action>(rows);
    add::<matters::mediation_confirmations::Action>(rows);
    add::<matters::mediation_annulments::Action>(rows);
    add::<matters::mediation_follow_ups::Action>(rows);
    add::<matters::mediation_penalty_waivers::Action>(rows);
    add::<matters::mediation_statistics::Action>(rows);
    add::<matters::mediation_subsidies::Action>(rows);
    add::<matters::mediation_examples::Action>(rows);
    add::<matters::categories::Action>(rows);
    add::<matters::calendar::Action>(rows);
    add::<matters::policies::Action>(rows);
    add::<matters::emergency_orders::Action>(rows);
    add::<matters::responsibilities::Action>(rows);
    add::<matters::summons::Action>(rows);
    add::<matters::dispute_entries::Action>(rows);
    add::<matters::dispute_route_rules::Action>(rows);
    add::<matters::screenings::Action>(rows);
    add::<matters::screening_leads::Action>(rows);
    add::<matters::mediation_staffing::Action>(rows);
    add::<matters::mediation_subsidy_rules::Action>(rows);
    add::<matters::mediators::Action>(rows);
    add::<matters::mediation_rooms::Action>(rows);
    add::<matters::mediation_room_staff::Action>(rows);
    add::<matters::hearing_slots::Action>(rows);
}

/// Those of activities.
fn activity_rows(rows: &mut Vec<Row>) {
    add::<activities::check_ins::Action>(rows);
    add::<activities::enrolments::Action>(rows);
    add::<activities::volunteer_calls::Action>(rows);
    add::<activities::volunteer_call_handling::Action>(rows);
    add::<activities::volunteer_call_map::Action>(rows);
    add::<activities::shifts::Action>(rows);
    add::<activities::shift_series::Action>(rows);
    add::<activities::shift_signups::Action>(rows);
    add::<activities::shift_walk_ins::Action>(rows);
    add::<activities::attendances::Action>(rows);
    add::<activities::volunteer_hours::Action>(rows);
    add::<activities::hour_disputes::Action>(rows);
    add::<activities::certificates::Action>(rows);
    add::<activities::calendars::Action>(rows);
    add::<activities::volunteer_statistics::Action>(rows);
    add::<activities::volunteer_teams::Action>(rows);
    add::<activities::volunteer_team_members::Action>(rows);
    add::<activities::pledges::Action>(rows);
    add::<activities::pledge_reports::Action>(rows);
    add::<activities::recognitions::Action>(rows);
    add::<activities::recognition_objections::Action>(rows);
    add::<activities::recognition_rules::Action>(rows);
    add::<activities::volunteer_rules::Action>(rows);
}

fn add<A: Action>(rows: &mut Vec<Row>) {
    rows.extend(A::ALL.iter().map(|action| Row {
        resource: A::RESOURCE,
        operation: action.operation(),
        reaches: Role::ALL.iter().map(|role| (*role, action.allows(*role))).collect(),
    }));
}

/// The table as text: an operation, then the roles by reach.
pub fn print() -> String {
    let mut text = String::from(
        "# resource operation: reach = roles. What is not named is not allowed.\n\
         # A file is one's own until it is attached; then it is found by whoever may find what it is attached to.\n\
         # An application reaches as far as its scopes, which src/access/scopes.rs names the operations of.\n",
    );
    for row in rows() {
        text += &format!("{} {}:", row.resource, row.operation);
        for reach in [Reach::Everywhere, Reach::Range, Reach::Own] {
            let roles: Vec<&str> =
                row.reaches.iter().filter(|(_, has)| *has == reach).map(|(role, _)| role.as_str()).collect();
            if !roles.is_empty() {
                text += &format!(" {} = {};", reach.as_str(), roles.join(" "));
            }
        }
        text.push('\n');
    }
    text
}
