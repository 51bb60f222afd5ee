//! Every query of recognitions. Lock order: the recognition, then its points and objections, then the building group.

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, Nomination, PointsRow, Recognition, RecognitionChange, RecognitionId, RecognitionRow,
    RecognitionState,
};
use super::rules::HELD;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::people::visit_findings::store::NAMED;
use crate::schema::{building_groups, recognition_objections, recognition_points, recognitions, residents};

macro_rules! loaded {
    () => {
        recognitions::table
            .left_join(residents::table.on(
                residents::id.nullable().eq(recognitions::resident_id).and(residents::status.eq_any(NAMED)),
            ))
            .left_join(building_groups::table)
            .select((
                RecognitionRow::as_select(),
                residents::name.nullable(),
                residents::account_id.nullable(),
                building_groups::name.nullable(),
                building_groups::leader_id.nullable(),
                building_groups::deputy_id.nullable(),
            ))
    };
}

/// Where the caller is staff, who see all there is.
pub fn staffed(look: &Look<'_>) -> Scope {
    let mut all = Scope::nothing();
    let reached = [Action::Assess, Action::Withdraw].into_iter().filter_map(|action| look.scope(action).ok());
    reached.flat_map(|scope| scope.ranges).for_each(|range| all.add(range));
    all
}

/// One page of what the caller sees, in the order of divisions: what is public, what is in their range, and what is theirs. By a skill
/// are found, by staff, only those who agreed to it, and by others only whose skills are shown.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    own: &[ResidentId],
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<Recognition>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let staffed = staffed(look);
    let account = look.actor.account().ok();
    let is_named = residents::id.nullable().is_not_null().or(recognitions::building_group_id.is_not_null());
    let led = building_groups::leader_id
        .nullable()
        .eq(account)
        .or(building_groups::deputy_id.nullable().eq(account));
    let seen = within(recognitions::division, &staffed)
        .or(recognitions::state.eq_any(RecognitionState::PUBLIC).and(is_named))
        .or(recognitions::resident_id.eq_any(own.to_vec()))
        .or(led);
    let mut query = loaded!().filter(within(recognitions::division, &scope)).filter(seen).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(recognitions::kind.eq(kind));
    }
    if let Some(state) = filter.state {
        query = query.filter(recognitions::state.eq(state));
    }
    if let Some(group) = filter.building_group {
        query = query.filter(recognitions::building_group_id.eq(group));
    }
    if let Some(skill) = &filter.skill {
        let shown = recognitions::shows.contains(vec![Some("skills".to_owned())]);
        let found = within(recognitions::division, &staffed).and(recognitions::is_findable).or(shown);
        query = query
            .filter(sql::<Bool>("recognitions.state = 'confirmed'"))
            .filter(recognitions::skills.contains(vec![Some(skill.clone())]))
            .filter(found)
            .filter(is_named);
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(recognitions::division, recognitions::id, after));
    }
    let order = (recognitions::division, recognitions::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A recognition, whoever looks: as whom they see it is asked of it.
pub fn load(look: &mut Look<'_>, id: RecognitionId) -> Result<Recognition> {
    Ok(loaded!().filter(recognitions::id.eq(id)).first(look.conn)?)
}

/// The same, locked.
pub fn lock(act: &mut Act<'_>, id: RecognitionId) -> Result<Recognition> {
    let one = recognitions::table.find(id).select(recognitions::id).for_no_key_update();
    one.first::<RecognitionId>(act.conn)?;
    load(act, id)
}

/// Where somebody lives who may be nominated by the caller's posts; none where they reach nobody of that id.
pub fn place_of(look: &mut Look<'_>, id: ResidentId) -> Result<Option<Division>> {
    let scope = look.scope(Action::Create)?;
    let present = residents::table
        .find(id)
        .filter(residents::status.eq("present").and(within(residents::division, &scope)));
    Ok(present.select(residents::division).first(look.conn).optional()?)
}

/// What was given for these, by criterion.
pub fn points(look: &mut Look<'_>, ids: &[RecognitionId]) -> Result<Vec<PointsRow>> {
    use recognition_points::{criterion, recognition_id};
    let given =
        recognition_points::table.filter(recognition_id.eq_any(ids)).order((recognition_id, criterion));
    Ok(given.select(PointsRow::as_select()).load(look.conn)?)
}

/// Whether an objection waits for its answer or was upheld.
pub fn is_objected(look: &mut Look<'_>, id: RecognitionId) -> Result<bool> {
    use recognition_objections::{outcome, recognition_id};
    let holds = recognition_objections::table
        .filter(recognition_id.eq(id))
        .filter(outcome.is_null().or(outcome.eq("upheld")));
    Ok(diesel::select(exists(holds)).get_result(look.conn)?)
}

/// Writes a nomination down.
pub fn insert(act: &mut Act<'_>, nomination: &Permit<Nomination>) -> Result<()> {
    diesel::insert_into(recognitions::table)
        .values(&nomination.new)
        .execute(act.conn)
        .on_constraints(&[("recognitions_person_key", &HELD, ""), ("recognitions_group_key", &HELD, "")])?;
    Ok(())
}

/// Moves a recognition on; its version moves with it. For who has locked it.
pub fn update<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: RecognitionId,
    change: &RecognitionChange,
) -> Result<()> {
    let moved = (recognitions::version.eq(recognitions::version + 1), recognitions::updated_at.eq(act.now));
    diesel::update(recognitions::table.find(id)).set((change, moved)).execute(act.conn)?;
    Ok(())
}

/// Writes what was given, in place of what was.
pub fn set_points(act: &mut Act<'_>, recognition: &Permit<Recognition>, rows: &[PointsRow]) -> Result<()> {
    let before = recognition_points::table.filter(recognition_points::recognition_id.eq(recognition.row.id));
    diesel::delete(before).execute(act.conn)?;
    diesel::insert_into(recognition_points::table).values(rows).execute(act.conn)?;
    Ok(())
}

/// Gives the recognitions of one record to another of the same person. Of two for the same title one goes on: the other, as it was never
/// two people, was not granted.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let open = [
        RecognitionState::Nominated,
        RecognitionState::Agreed,
        RecognitionState::Publicised,
        RecognitionState::Confirmed,
    ];
    let titles = recognitions::table
        .filter(recognitions::resident_id.eq(pair.into).and(recognitions::state.eq_any(open)))
        .select(recognitions::title)
        .load::<String>(act.conn)?;
    let twice = recognitions::table
        .filter(recognitions::resident_id.eq(pair.from).and(recognitions::state.eq_any(open)))
        .filter(recognitions::title.eq_any(titles));
    let ended = (
        recognitions::state.eq(RecognitionState::Withdrawn),
        recognitions::reason.eq("档案合并"),
        recognitions::version.eq(recognitions::version + 1),
        recognitions::updated_at.eq(act.now),
    );
    diesel::update(twice).set(ended).execute(act.conn)?;
    diesel::update(recognitions::table.filter(recognitions::resident_id.eq(pair.from)))
        .set(recognitions::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
