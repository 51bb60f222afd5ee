//! Every query of labels.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use uuid::Uuid;

use super::Action;
use super::model::{Filter, LabelChange, LabelId, LabelRow, NewLabel};
use super::rules::{CODE_TAKEN, NAME_TAKEN};
use super::viewers::{kept_by, people_with, places, seers_of};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::Actor;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::beyond;
use crate::kit::page::Pager;
use crate::kit::problem::{NOT_FOUND, OnConstraint, Result, Rule};
use crate::schema::labels;

const CONSTRAINTS: &[(&str, &Rule, &str)] =
    &[("labels_division_code_key", &CODE_TAKEN, "/code"), ("labels_division_name_key", &NAME_TAKEN, "/name")];

/// Where the actor has which role, and whose labels they define: as columns.
struct Places {
    roles: Vec<String>,
    starts: Vec<i64>,
    ends: Vec<i64>,
    divisions: Vec<i64>,
    levels: Vec<String>,
}

impl Places {
    fn of(actor: &Actor) -> Self {
        let (places, kept) = (places(actor), kept_by(actor));
        Places {
            roles: places.iter().map(|(role, _)| role.as_str().to_owned()).collect(),
            starts: places.iter().map(|(_, range)| range.start).collect(),
            ends: places.iter().map(|(_, range)| range.end).collect(),
            divisions: kept.iter().map(|(division, _)| division.code()).collect(),
            levels: kept.iter().map(|(_, level)| level.as_str().to_owned()).collect(),
        }
    }
}

/// The condition that the actor sees a definition: a role that it names has its division in reach or lies in it, or the
/// actor defines the labels of that division. There are some thousand labels in a city.
macro_rules! seen {
    ($actor:expr) => {{
        let Places { roles, starts, ends, divisions, levels } = Places::of($actor);
        sql::<Bool>("(EXISTS (SELECT FROM unnest(")
            .bind::<Array<Text>, _>(roles)
            .sql(", ")
            .bind::<Array<BigInt>, _>(starts)
            .sql(", ")
            .bind::<Array<BigInt>, _>(ends)
            .sql(") AS place (role, first, behind) WHERE place.role = ANY (labels.see_roles)")
            .sql(" AND labels.division >= place.first AND labels.division < place.behind)")
            .sql(" OR EXISTS (SELECT FROM unnest(")
            .bind::<Array<BigInt>, _>(divisions)
            .sql(", ")
            .bind::<Array<Text>, _>(levels)
            .sql(") AS kept (division, level)")
            .sql(" WHERE kept.division = labels.division AND kept.level = labels.level))")
    }};
}

/// One page of the labels that apply where the caller is and are seen there, the city's first.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<LabelRow>> {
    look.scope(Action::List)?;
    let mut query = labels::table.filter(seen!(&look.actor)).select(LabelRow::as_select()).into_boxed();
    if let Some(division) = filter.division {
        // Those that apply there: its own, and those of what it lies in.
        let line: Vec<Division> = division.line();
        query = query.filter(labels::division.eq_any(line));
    }
    if let Some(level) = filter.level {
        query = query.filter(labels::level.eq(level));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(labels::division, labels::id, after));
    }
    Ok(query.order((labels::division, labels::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A label whose definition the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: LabelId) -> Result<LabelRow> {
    act.scope(Action::List)?;
    let seen = labels::table.find(id).filter(seen!(&act.actor));
    Ok(seen.select(LabelRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// A label that the caller sees on people of that division.
pub fn find_on_people(look: &mut Look<'_>, id: LabelId, division: Division) -> Result<LabelRow> {
    let line: Vec<Division> = division.line();
    let seen = labels::table
        .find(id)
        .filter(labels::division.eq_any(line))
        .filter(labels::see_roles.overlaps_with(seers_of(&look.actor, division)));
    Ok(seen.select(LabelRow::as_select()).first(look.conn)?)
}

/// Where the caller sees the label on people; a label not seen on anybody is as absent as an unknown one.
pub fn find_scope(look: &mut Look<'_>, id: LabelId) -> Result<Scope> {
    let label: LabelRow = labels::table.find(id).select(LabelRow::as_select()).first(look.conn)?;
    let scope = people_with(&look.actor, &label);
    if scope.is_empty() { NOT_FOUND.refuse() } else { Ok(scope) }
}

/// Refuses a code that is used on the line of a division. Until this act has ended nobody else takes that code.
pub fn require_free_code(act: &mut Act<'_>, division: Division, code: &str) -> Result<()> {
    act.serialise(&act.ring.hash("label.code", &[code.as_bytes()]))?;
    let taken = labels::table.filter(labels::code.eq(code)).select((labels::id, labels::division));
    refuse_on_line(taken.load(act.conn)?, division, None, &CODE_TAKEN, "/code")
}

/// Refuses a name that another label on the line of a division has. Until this act has ended nobody else takes it.
pub fn require_free_name(
    act: &mut Act<'_>,
    division: Division,
    name: &str,
    own: Option<LabelId>,
) -> Result<()> {
    act.serialise(&act.ring.hash("label.name", &[name.as_bytes()]))?;
    let taken = labels::table.filter(labels::name.eq(name)).select((labels::id, labels::division));
    refuse_on_line(taken.load(act.conn)?, division, own, &NAME_TAKEN, "/name")
}

fn refuse_on_line(
    taken: Vec<(LabelId, Division)>,
    division: Division,
    own: Option<LabelId>,
    rule: &'static Rule,
    pointer: &str,
) -> Result<()> {
    let is_on_line =
        |other: Division| other.range().covers(division.range()) || division.range().covers(other.range());
    let is_taken = taken.into_iter().any(|(id, other)| Some(id) != own && is_on_line(other));
    if is_taken { Err(rule.at(pointer)) } else { Ok(()) }
}

/// Adds a label.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewLabel>) -> Result<LabelRow> {
    diesel::insert_into(labels::table)
        .values(&**new)
        .returning(LabelRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a label.
pub fn update(act: &mut Act<'_>, label: &Permit<LabelRow>, change: LabelChange) -> Result<LabelRow> {
    diesel::update(labels::table.find(label.id))
        .set((change, labels::version.eq(labels::version + 1), labels::updated_at.eq(act.now)))
        .returning(LabelRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
