//! The policy, tried: each operation × each role × {own, sibling, parent, child, other district}.

use lilong::access::policy::Reach;
use lilong::access::role::Role;
use lilong::app::policy::{self, Row};

use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

/// The ranges a post may have, seen from things in the committee `OWN`, and whether they reach it.
const RANGES: [(&str, bool); 5] =
    [(OWN, true), (SIBLING, false), (PARENT, true), (CITY, true), (ELSEWHERE, false)];

mod applications;
/// How one operation is tried on something in `OWN`.
pub mod attempts;
mod below;
mod calendar;
pub mod codes;
mod data_grants;
mod disputes;
mod feeds;
mod health;
mod homes;
mod labels;
mod ledger;
mod lists;
mod mediation;
mod mediation_agreements;
mod mediation_cases;
mod mediation_hearings;
mod people;
mod petition_signatures;
mod petitions;
mod places;
mod pledges;
mod power;
mod rights;
mod recognitions;
mod sending;
mod shown;
mod teams;
mod venues;
mod visits;
mod volunteering;

fn is_allowed(row: &Row, role: Role, reaches: bool) -> bool {
    let reach = |wanted: Role| {
        row.reaches.iter().find(|(role, _)| *role == wanted).map_or(Reach::Never, |(_, reach)| *reach)
    };
    // Everybody signed in is a resident as well, but a program is nobody.
    let reaches_by = |reach: Reach, reaches: bool| match reach {
        Reach::Never => false,
        Reach::Own => attempts::is_own(row.operation),
        Reach::Range => reaches,
        Reach::Everywhere => true,
    };
    reaches_by(reach(role), reaches)
        || (role != Role::Application && reaches_by(reach(Role::Resident), false))
}

#[track_caller]
fn judge(row: &Row, role: Role, range: &str, allowed: bool, reply: &Reply) {
    let is_refused = matches!(reply.status, 401 | 403 | 404);
    let what = format!("{} as {} of {range}: {} {}", row.operation, role.as_str(), reply.status, reply.text);
    if allowed {
        assert!(!is_refused, "should be allowed: {what}");
    } else {
        let is_list_without_it = attempts::is_list(row.operation) && reply.status == 200;
        assert!(matches!(reply.status, 403 | 404) || is_list_without_it, "should be refused: {what}");
        if is_list_without_it {
            assert_eq!(
                reply.body["items"].as_array().map(Vec::len),
                Some(0),
                "a list left its range: {what}"
            );
        }
    }
    assert!(reply.status < 500, "{what}");
}

/// Somebody who has the role in that range.
fn somebody(town: &Town, role: Role, range: &str) -> Person {
    match role {
        Role::Resident => town.resident(),
        Role::Application => applications::as_person(town, range),
        role => town.staff(role, range),
    }
}

/// The roles are tried in so many parts, side by side: together they take minutes.
const PARTS: usize = 3;

#[test]
fn every_operation_is_closed_to_nobody_or_public() {
    let town = Town::new();
    let scene = attempts::Scene::new(&town);
    for row in policy::rows() {
        let is_public =
            row.reaches.iter().any(|(role, reach)| *role == Role::Visitor && *reach == Reach::Everywhere);
        let reply = scene.attempt(&town, row.operation, None);
        if is_public {
            assert!(
                !matches!(reply.status, 401 | 403 | 404) || attempts::is_sign_in(row.operation),
                "{}: {}",
                row.operation,
                reply.text
            );
        } else {
            reply.is_problem(401, "unauthenticated");
        }
    }
}

/// Each operation by each role of a part, in each range.
fn every_operation_is_open_to_whom_the_policy_says(part: usize) {
    let town = Town::with(|settings| settings.seats = 4);
    let scene = attempts::Scene::new(&town);
    scene.put_all(&town);
    let signed_in = Role::ALL.iter().copied().filter(|role| *role != Role::Visitor);
    for role in signed_in.skip(part).step_by(PARTS) {
        for (range, reaches) in RANGES {
            let person = somebody(&town, role, range);
            for row in policy::rows().iter().filter(|row| !attempts::is_sign_in(row.operation)) {
                let reply = scene.attempt(&town, row.operation, Some(&person));
                judge(row, role, range, is_allowed(row, role, reaches), &reply);
                if reaches {
                    shown::must_show(row, role, range, &reply);
                }
            }
        }
    }
}

#[test]
fn every_operation_is_open_to_whom_the_policy_says_and_to_nobody_else_first_part() {
    every_operation_is_open_to_whom_the_policy_says(0);
}

#[test]
fn every_operation_is_open_to_whom_the_policy_says_and_to_nobody_else_second_part() {
    every_operation_is_open_to_whom_the_policy_says(1);
}

#[test]
fn every_operation_is_open_to_whom_the_policy_says_and_to_nobody_else_third_part() {
    every_operation_is_open_to_whom_the_policy_says(2);
}
