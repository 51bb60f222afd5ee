//! Every query of visit plans.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{
    CoverageRow, Filter, NamedPlanRow, NewPlan, PlanChange, PlanRow, VisitPlanId, VisitPlanUnit,
};
use super::{Action, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::clock::start_of;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::labels;
use crate::schema::{accounts, visit_plans};

const NAME: &str = "visit_plans_division_name_key";

/// The condition that the actor may learn who carries a plan's label, as `labels::store::find_on_people` asks it of one label: a
/// post that sees it on people reaches the plan's committee. Plans without a label are open to whoever reads plans.
macro_rules! open {
    ($actor:expr) => {{
        let posts = labels::posts_on_people($actor);
        let roles: Vec<String> = posts.iter().map(|(role, _)| role.as_str().to_owned()).collect();
        let starts: Vec<i64> = posts.iter().map(|(_, range)| range.start).collect();
        let ends: Vec<i64> = posts.iter().map(|(_, range)| range.end).collect();
        sql::<Bool>("(visit_plans.label_id IS NULL OR EXISTS (SELECT FROM labels JOIN unnest(")
            .bind::<Array<Text>, _>(roles)
            .sql(", ")
            .bind::<Array<BigInt>, _>(starts)
            .sql(", ")
            .bind::<Array<BigInt>, _>(ends)
            .sql(") AS post (role, first, behind) ON post.role = ANY (labels.see_roles)")
            .sql(" WHERE labels.id = visit_plans.label_id")
            .sql(" AND visit_plans.division >= post.first AND visit_plans.division < post.behind))")
    }};
}

macro_rules! named {
    ($scope:expr, $actor:expr) => {
        visit_plans::table
            .left_join(accounts::table.on(accounts::id.nullable().eq(visit_plans::responsible_id)))
            .filter(within(visit_plans::division, $scope))
            .filter(open!($actor))
            .select((PlanRow::as_select(), accounts::display_name.nullable()))
    };
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedPlanRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = named!(&scope, &look.actor).into_boxed();
    if let Some(label) = filter.label {
        query = query.filter(visit_plans::label_id.eq(label));
    }
    if let Some((day, runs)) = filter.runs_on {
        let is_over = visit_plans::ends_on.is_not_null().and(visit_plans::ends_on.assume_not_null().lt(day));
        let is_aside = visit_plans::starts_on.gt(day).or(is_over);
        query = if runs { query.filter(diesel::dsl::not(is_aside)) } else { query.filter(is_aside) };
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(visit_plans::division, visit_plans::id, after));
    }
    let order = (visit_plans::division, visit_plans::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A plan that the caller sees with an action.
pub fn find(look: &mut Look<'_>, action: Action, id: VisitPlanId) -> Result<NamedPlanRow> {
    let scope = look.scope(action)?;
    Ok(named!(&scope, &look.actor).filter(visit_plans::id.eq(id)).first(look.conn)?)
}

/// A plan the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: VisitPlanId) -> Result<PlanRow> {
    let scope = act.scope(Action::Find)?;
    let seen =
        visit_plans::table.find(id).filter(within(visit_plans::division, &scope)).filter(open!(&act.actor));
    Ok(seen.select(PlanRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds a plan.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewPlan>) -> Result<PlanRow> {
    diesel::insert_into(visit_plans::table)
        .values(&**new)
        .returning(PlanRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[(NAME, &TAKEN, "/name")])
}

/// Changes a plan.
pub fn update(act: &mut Act<'_>, plan: &Permit<PlanRow>, change: PlanChange) -> Result<PlanRow> {
    let next =
        (change, visit_plans::version.eq(visit_plans::version + 1), visit_plans::updated_at.eq(act.now));
    diesel::update(visit_plans::table.find(plan.id))
        .set(next)
        .returning(PlanRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[(NAME, &TAKEN, "/name")])
}

/// Where a page of a coverage begins: behind one that is due on that day and was last visited then.
pub type Place = (NaiveDate, DateTime<Utc>, Uuid);

/// Who carries the label `$13` of a plan at the moment `$14`: one run of the label's index.
const CARRIED: &str = "
    JOIN resident_labels t ON t.resident_id = r.id AND t.label_id = $13 AND t.division = $1
        AND t.removed_at IS NULL AND (t.until IS NULL OR t.until > $14)";

/// Whom a plan is about, and since when they wait: since the plan began, they came into the archive, came of age, or were given
/// the plan's label.
fn people(is_by_label: bool) -> String {
    let (carried, set_on) = match is_by_label {
        true => (CARRIED, ", (t.set_at AT TIME ZONE 'Asia/Shanghai')::date"),
        false => ("", ""),
    };
    format!(
        "
    SELECT r.id, r.name, r.home_id,
           greatest($4, (r.created_at AT TIME ZONE 'Asia/Shanghai')::date,
                    (r.born_on + make_interval(years => $5))::date{set_on}) AS since
    FROM residents r{carried}
    WHERE r.division = $1 AND r.status = 'present'
      AND CASE WHEN $6 IS NULL THEN r.residence NOT IN ('registered_only', 'owner_only') ELSE r.residence = $6 END
      AND ($5 IS NULL OR r.born_on <= ($2 - make_interval(years => $5))::date)
      AND ($7 IS NULL OR r.home_id IN (
          SELECT d.id
          FROM building_group_members m
          JOIN dwellings d ON d.building_id = m.building_id AND (m.unit = '' OR m.unit = d.unit)
          WHERE m.building_group_id = $7))"
    )
}

/// A plan's coverage on a day, in one statement bounded to one committee: the counts of all, and those to be visited next, the
/// longest due first. Each one's last visit is one step into an index. A plan without a label knows nothing of labels.
pub fn coverage_sql(unit: VisitPlanUnit, is_by_label: bool) -> String {
    let people = people(is_by_label);
    let (waiting, key, person) = match unit {
        VisitPlanUnit::Resident => (people, "resident_id", "w.id AS resident_id, w.name AS resident_name"),
        VisitPlanUnit::Home => (
            format!(
                "SELECT home_id AS id, home_id, min(since) AS since FROM ({people}) p
                 WHERE home_id IS NOT NULL GROUP BY home_id"
            ),
            "home_id",
            "NULL::uuid AS resident_id, NULL::text AS resident_name",
        ),
    };
    format!(
        "WITH whom AS MATERIALIZED (
             SELECT w.id, {person}, w.home_id, l.id AS last_visit_id, l.visited_at AS last_visited_at,
                    (l.visited_at AT TIME ZONE 'Asia/Shanghai')::date AS last_on,
                    greatest(w.since, (l.visited_at AT TIME ZONE 'Asia/Shanghai')::date) + $3 AS due_on
             FROM ({waiting}) w
             LEFT JOIN LATERAL (
                 SELECT v.id, v.visited_at FROM visits v
                 WHERE v.{key} = w.id AND v.kind = 'visit' AND v.visited_at < $8
                 ORDER BY v.visited_at DESC LIMIT 1) l ON true
         ), ordered AS (SELECT *, coalesce(last_visited_at, 'epoch') AS last_at FROM whom)
         SELECT c.due, c.visited, c.overdue, n.id, n.resident_id, n.resident_name, n.home_id,
                b.number AS building_number, d.unit AS home_unit, d.number AS home_number,
                n.last_visit_id, n.last_visited_at, n.due_on
         FROM (SELECT count(*) AS due, count(*) FILTER (WHERE last_on > $2 - $3) AS visited,
                      count(*) FILTER (WHERE due_on < $2) AS overdue FROM whom) c
         LEFT JOIN (SELECT * FROM ordered
                    WHERE $9 IS NULL OR (due_on, last_at, id) > ($9, $10, $11)
                    ORDER BY due_on, last_at, id LIMIT $12) n ON true
         LEFT JOIN dwellings d ON d.id = n.home_id
         LEFT JOIN buildings b ON b.id = d.building_id
         ORDER BY n.due_on, n.last_at, n.id"
    )
}

/// The coverage of a plan that was found, as it was at the end of that day; but for who carries its label, which is as it is now.
pub fn coverage(
    look: &mut Look<'_>,
    plan: &PlanRow,
    day: NaiveDate,
    pager: &Pager<'_, Place>,
) -> Result<Vec<CoverageRow>> {
    let end = start_of(day.succ_opt().unwrap_or(day));
    let (due, last, id) = match pager.after {
        Some((due, last, id)) => (Some(due), Some(last), Some(id)),
        None => (None, None, None),
    };
    let mut query = diesel::sql_query(coverage_sql(plan.unit, plan.label_id.is_some()))
        .bind::<BigInt, _>(plan.division)
        .bind::<Date, _>(day)
        .bind::<Integer, _>(plan.every_days)
        .bind::<Date, _>(plan.starts_on)
        .bind::<Nullable<Integer>, _>(plan.target_age)
        .bind::<Nullable<Text>, _>(plan.target_residence)
        .bind::<Nullable<SqlUuid>, _>(plan.target_building_group_id)
        .bind::<Timestamptz, _>(end)
        .bind::<Nullable<Date>, _>(due)
        .bind::<Nullable<Timestamptz>, _>(last)
        .bind::<Nullable<SqlUuid>, _>(id)
        .bind::<BigInt, _>(pager.fetch())
        .into_boxed::<Pg>();
    if let Some(label) = plan.label_id {
        query = query.bind::<SqlUuid, _>(label).bind::<Timestamptz, _>(look.now);
    }
    Ok(query.load(look.conn)?)
}
