//! Who sees what of labels. Posts do not add up: one and the same post must have the role and reach the place.

use super::model::{LabelLevel, LabelRow};
use super::rules::{IN_NUMBERS, ON_PEOPLE};
use crate::access::actor::{Actor, Standing};
use crate::access::division::{Division, Range};
use crate::access::policy::Scope;
use crate::access::role::Role;

/// The places where the actor has a role that definitions may name: the post's own range, and each division above it, whose
/// labels are set there, too.
pub fn places(actor: &Actor) -> Vec<(Role, Range)> {
    let mut places = Vec::new();
    for Standing { role, range, .. } in actor.standings.iter().filter(|standing| is_staff(standing.role)) {
        let above = Division::of_start(*range).into_iter().flat_map(Division::above);
        places.extend(above.map(|one| (*role, Range { start: one.code(), end: one.code() + 1 })));
        places.push((*role, *range));
    }
    places
}

/// The posts in which the actor sees people, and labels on them: which role, where.
pub fn posts_on_people(actor: &Actor) -> Vec<(Role, Range)> {
    let posts = actor.standings.iter().filter(|standing| ON_PEOPLE.contains(&standing.role));
    posts.map(|standing| (standing.role, standing.range)).collect()
}

/// The divisions whose labels the actor defines, whoever else sees them.
pub fn kept_by(actor: &Actor) -> Vec<(Division, LabelLevel)> {
    let kept = actor.standings.iter().filter_map(|standing| {
        let level = LabelLevel::ALL.iter().find(|level| level.officer() == standing.role)?;
        Some((Division::of_start(standing.range)?, *level))
    });
    kept.collect()
}

/// Whether the actor defines the labels of that division and level.
pub fn keeps(actor: &Actor, division: Division, level: LabelLevel) -> bool {
    let range = division.range();
    actor.standings.iter().any(|standing| standing.role == level.officer() && standing.range == range)
}

/// Where the actor sees the label on people.
pub fn people_with(actor: &Actor, label: &LabelRow) -> Scope {
    let mut scope = Scope::nothing();
    for Standing { role, range, .. } in &actor.standings {
        if ON_PEOPLE.contains(role) && label.see_roles.contains(&Some(*role)) {
            scope.add(*range);
        }
    }
    scope.narrow(Some(label.division))
}

/// The roles in which the actor sees people of that division, and labels on them.
pub fn seers_of(actor: &Actor, division: Division) -> Vec<Role> {
    roles(actor, |standing| ON_PEOPLE.contains(&standing.role) && standing.range.contains(division))
}

/// The roles in which the actor is shown how many carry a label in that division.
pub fn counters_of(actor: &Actor, division: Division) -> Vec<Role> {
    roles(actor, |standing| is_staff(standing.role) && standing.range.contains(division))
}

/// Whether the actor sets and removes the label on people of that division.
pub fn may_set(actor: &Actor, label: &LabelRow, division: Division) -> bool {
    seers_of(actor, division).iter().any(|role| label.set_roles.contains(&Some(*role)))
}

fn is_staff(role: Role) -> bool {
    ON_PEOPLE.contains(&role) || IN_NUMBERS.contains(&role)
}

fn roles(actor: &Actor, is_one: impl Fn(&Standing) -> bool) -> Vec<Role> {
    actor.standings.iter().filter(|standing| is_one(standing)).map(|standing| standing.role).collect()
}
