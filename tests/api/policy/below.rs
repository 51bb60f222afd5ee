//! The policy, tried from below: on things that stand at the street, by posts in one of its committees.
//!
//! A request is made as for a thing in the committee; then what it is made on is moved up to the street, and so is the request.

use lilong::access::policy::Reach;
use lilong::access::role::Role;
use lilong::app::policy::{self, Row};

use super::attempts::{self, Scene};
use super::sending::{self, Request};
use super::{is_allowed, judge, somebody};
use crate::support::{OWN, PARENT, Person, Reply, Town};

/// What may stand at a street, or may be asked of one, and the tables whose rows are moved there. A new resource with a range must say
/// here where its things stand, or below.
const AT_STREET: &[(&str, &[&str])] = &[
    ("applications", &["applications"]),
    ("attendances", &["volunteer_calls", "shifts", "attendances"]),
    ("audit-events", &[]),
    ("certificates", &["certificates"]),
    ("check-ins", &[]),
    ("data-grants", &["data_grants"]),
    ("dispatches", &["matters"]),
    ("dispute-entries", &["dispute_entries"]),
    ("dispute-route-rules", &[]),
    ("divisions", &[]),
    ("emergency-orders", &["emergency_orders"]),
    ("exports", &[]),
    ("hearing-slots", &["mediation_rooms"]),
    ("hour-disputes", &["volunteer_calls", "shifts", "hour_disputes"]),
    ("imports", &["imports"]),
    ("label-counts", &[]),
    ("labels", &["labels"]),
    ("matter-extensions", &["matters", "matter_clocks", "matter_extensions"]),
    ("matter-policies", &["matter_policies"]),
    ("matters", &["matters"]),
    ("mediation-cases", &["matters"]),
    ("mediation-examples", &["matters"]),
    ("mediation-room-staff", &["mediation_rooms"]),
    ("mediation-rooms", &["mediation_rooms"]),
    ("mediation-staffing-rules", &["mediation_staffing_rules"]),
    ("mediation-statistics", &[]),
    ("mediation-subsidy-rules", &[]),
    ("mediators", &["mediators"]),
    ("organisations", &["organisations"]),
    ("petition-categories", &["petition_categories"]),
    ("petition-signatures", &["matters"]),
    ("petition-statistics", &[]),
    ("petition-strike-outs", &["matters", "petition_strike_outs"]),
    ("petitions", &["matters"]),
    ("posts", &["posts"]),
    ("recognition-rules", &[]),
    ("responsibilities", &["responsibilities", "responsibility_proposals"]),
    ("screening-leads", &["screenings", "screening_leads"]),
    ("screenings", &["screenings", "screening_leads"]),
    ("shift-series", &["volunteer_calls", "shifts"]),
    ("shift-signups", &["volunteer_calls", "shifts"]),
    ("shift-walk-ins", &["volunteer_calls", "shifts"]),
    ("shifts", &["volunteer_calls", "shifts"]),
    ("summons", &["summons"]),
    ("totp-resets", &["posts"]),
    ("venues", &["venues"]),
    ("volunteer-calls", &["volunteer_calls", "shifts"]),
    ("volunteer-rules", &[]),
    ("volunteer-statistics", &[]),
    ("volunteer-team-members", &["volunteer_teams"]),
    ("volunteer-teams", &["volunteer_teams"]),
];

/// What stands in a committee by its nature, so that there is nothing below it, and what can't be moved.
const NOT_AT_STREET: &[&str] = &[
    "building-groups",
    "buildings",
    "corrections",
    "dwelling-residents",
    "dwellings",
    "enrolments",
    "erasures",
    "estates",
    "guardians",
    "health",
    "households",
    // A line is of a case, which is a committee's; and nothing changes a line.
    "mediation-subsidies",
    "pledge-reports",
    "pledges",
    "recognition-objections",
    "recognitions",
    "residencies",
    "resident-departures",
    "resident-labels",
    "resident-merges",
    "residents",
    "visit-findings",
    "visit-plans",
    "visits",
];

/// What those below see of a street, and why.
const SEEN_BELOW: &[(&str, &str)] = &[
    ("list_labels", "a street's labels are set in its committees"),
    ("list_emergency_orders", "a street's order holds in its committees"),
    ("find_emergency_order", "the same"),
    ("list_screenings", "a street's screening is carried out in its committees"),
    ("find_screening", "the same"),
    ("find_screening_counts", "it counts those leads alone that the caller may read"),
];

/// Where whoever reaches the street is not tried as a control, since what else the request names still stands in the committee. They
/// are tried on things in the committee.
const NOT_CONTROLLED: &[&str] = &[
    "attendances",
    "dispatches",
    "dispute-entries",
    "hour-disputes",
    "matter-extensions",
    "matters",
    "mediation-cases",
    "mediation-examples",
    "petition-signatures",
    "petition-strike-outs",
    "petitions",
    "screening-leads",
    "shift-series",
    "shift-signups",
    "shift-walk-ins",
    "shifts",
    "volunteer-calls",
    "volunteer-team-members",
    "volunteer-teams",
];

/// The tables whose rows an operation is tried on; none where nothing of it stands at a street.
fn tables(row: &Row) -> Option<&'static [&'static str]> {
    // Of its resource the only one that is asked of any division.
    if row.operation == "find_health_summary" {
        return Some(&[]);
    }
    if NOT_AT_STREET.contains(&row.resource) {
        return None;
    }
    let known = AT_STREET.iter().find(|(resource, _)| *resource == row.resource);
    let (_, tables) = known.unwrap_or_else(|| {
        panic!("{}: say in tests/api/policy/below.rs where its things stand", row.resource)
    });
    Some(*tables)
}

/// Moves what stands in the committee up to the street; of posts those that are tried, not the one of who tries.
fn lift(town: &Town, tables: &[&str]) {
    for table in tables {
        let more = if *table == "posts" { "AND role = 'group_leader'" } else { "" };
        town.execute(&format!("UPDATE {table} SET division = {PARENT} WHERE division = {OWN} {more}"));
    }
}

/// The request of the same at the street.
fn lifted((method, path, body): Request) -> Request {
    let body = body
        .map(|body| serde_json::from_str(&body.to_string().replace(OWN, PARENT)).expect("JSON stays JSON"));
    (method, path.replace(OWN, PARENT), body)
}

#[track_caller]
fn attempt(town: &Town, scene: &Scene, row: &Row, tables: &[&str], person: &Person) -> Reply {
    let request = lifted(scene.request(town, row.operation, Some(person)));
    lift(town, tables);
    sending::send(town, row.operation, Some(person), request)
}

/// Refused, or a list in which nothing stands but in the committee.
#[track_caller]
fn judge_from_below(row: &Row, role: Role, reply: &Reply) {
    let what = format!("{} as {} from below: {} {}", row.operation, role.as_str(), reply.status, reply.text);
    if attempts::is_list(row.operation) && reply.status == 200 {
        let items = reply.body["items"].as_array().expect("items");
        assert!(items.iter().all(|item| item["division"] == OWN), "a list left its range: {what}");
    } else {
        assert!(matches!(reply.status, 403 | 404), "should be refused: {what}");
    }
}

#[test]
fn nobody_in_a_committee_reaches_what_stands_at_its_street() {
    let town = Town::with(|settings| settings.seats = 4);
    let scene = Scene::new(&town);
    let rows = policy::rows();
    for role in Role::ALL.iter().copied() {
        let by_post = |row: &&Row| row.reaches.contains(&(role, Reach::Range));
        if !rows.iter().any(|row| by_post(&row)) {
            continue;
        }
        let (below, there) = (somebody(&town, role, OWN), somebody(&town, role, PARENT));
        for row in rows.iter().filter(by_post) {
            let Some(tables) = tables(row) else { continue };
            let is_seen_below = SEEN_BELOW.iter().any(|(operation, _)| *operation == row.operation);
            if !is_seen_below && !is_allowed(row, role, false) {
                judge_from_below(row, role, &attempt(&town, &scene, row, tables, &below));
            }
            if !NOT_CONTROLLED.contains(&row.resource) {
                judge(row, role, PARENT, true, &attempt(&town, &scene, row, tables, &there));
            }
        }
    }
}
