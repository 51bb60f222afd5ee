//! Every query of building groups.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    BuildingGroupChange, BuildingGroupId, BuildingGroupRow, BuildingGroupTitleId, Filter, Member, MemberRow,
    NamedGroupRow, NewBuildingGroup, NewTitle, TitleRow,
};
use super::rules::{MEMBER_TAKEN, TAKEN, TITLE_TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::places::buildings::BuildingId;
use crate::schema::{
    accounts, building_group_members, building_group_titles, building_groups, buildings, organisations,
};

/// How many titles are told, the newest first.
const TITLES: i64 = 100;
const NAME: &str = "building_groups_estate_id_name_key";
const MEMBER: &str = "building_group_members_pkey";
const TITLE: &str = "building_group_titles_building_group_id_title_granted_on_key";

diesel::alias!(accounts as leaders: Leaders, accounts as deputies: Deputies);

macro_rules! named {
    ($scope:expr) => {
        building_groups::table
            .left_join(
                leaders.on(leaders
                    .field(accounts::id)
                    .nullable()
                    .eq(building_groups::leader_id)
                    .and(leaders.field(accounts::closed_at).is_null())),
            )
            .left_join(
                deputies.on(deputies
                    .field(accounts::id)
                    .nullable()
                    .eq(building_groups::deputy_id)
                    .and(deputies.field(accounts::closed_at).is_null())),
            )
            .filter(within(building_groups::division, $scope))
            .select((
                BuildingGroupRow::as_select(),
                leaders.field(accounts::display_name).nullable(),
                deputies.field(accounts::display_name).nullable(),
            ))
    };
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedGroupRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = named!(&scope).into_boxed();
    if let Some(estate) = filter.estate {
        query = query.filter(building_groups::estate_id.eq(estate));
    }
    if let Some(building) = filter.building {
        let of_building = building_group_members::table
            .filter(building_group_members::building_id.eq(building))
            .select(building_group_members::building_group_id);
        query = query.filter(building_groups::id.eq_any(of_building));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(building_groups::division, building_groups::id, after));
    }
    let order = (building_groups::division, building_groups::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A building group the caller sees.
pub fn find(look: &mut Look<'_>, id: BuildingGroupId) -> Result<NamedGroupRow> {
    let scope = look.scope(Action::Find)?;
    Ok(named!(&scope).filter(building_groups::id.eq(id)).first(look.conn)?)
}

/// A building group the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: BuildingGroupId) -> Result<BuildingGroupRow> {
    let scope = act.scope(Action::Find)?;
    let seen = building_groups::table.find(id).filter(within(building_groups::division, &scope));
    Ok(seen.select(BuildingGroupRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// The buildings and units of a group that was found.
pub fn members(look: &mut Look<'_>, group: &NamedGroupRow) -> Result<Vec<MemberRow>> {
    use building_group_members::{building_group_id, building_id, unit};
    let members = building_group_members::table
        .inner_join(buildings::table)
        .filter(building_group_id.eq(group.group.id))
        .select((building_id, buildings::number, unit));
    Ok(members.order((buildings::number, building_id, unit)).load(look.conn)?)
}

/// The titles of a group that was found, the newest first.
pub fn titles(look: &mut Look<'_>, group: &NamedGroupRow) -> Result<Vec<TitleRow>> {
    use building_group_titles::{building_group_id, granted_by, granted_on, id, title, withdrawn_on};
    let titles = building_group_titles::table
        .inner_join(organisations::table)
        .filter(building_group_id.eq(group.group.id).and(withdrawn_on.is_null()))
        .select((id, title, granted_by, organisations::name, granted_on));
    Ok(titles.order((granted_on.desc(), id.desc())).limit(TITLES).load(look.conn)?)
}

/// What other groups have of these buildings. For who has locked the buildings.
pub fn members_elsewhere(
    act: &mut Act<'_>,
    group: BuildingGroupId,
    buildings: &[BuildingId],
) -> Result<Vec<Member>> {
    let elsewhere = building_group_members::table
        .filter(building_group_members::building_id.eq_any(buildings))
        .filter(building_group_members::building_group_id.ne(group));
    Ok(elsewhere.select(Member::as_select()).load(act.conn)?)
}

/// Adds a building group, without members yet.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewBuildingGroup>) -> Result<BuildingGroupRow> {
    diesel::insert_into(building_groups::table)
        .values(&**new)
        .returning(BuildingGroupRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[(NAME, &TAKEN, "/name")])
}

/// Changes a building group; its version moves even if nothing else does.
pub fn update(
    act: &mut Act<'_>,
    group: &Permit<BuildingGroupRow>,
    change: BuildingGroupChange,
) -> Result<BuildingGroupRow> {
    let (version, updated_at) = (building_groups::version, building_groups::updated_at);
    diesel::update(building_groups::table.find(group.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(BuildingGroupRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[(NAME, &TAKEN, "/name")])
}

/// Makes these its members, and no others.
pub fn set_members(act: &mut Act<'_>, group: &Permit<BuildingGroupRow>, members: &[Member]) -> Result<()> {
    use building_group_members::building_group_id;
    diesel::delete(building_group_members::table.filter(building_group_id.eq(group.id))).execute(act.conn)?;
    let rows: Vec<_> = members.iter().map(|member| (building_group_id.eq(group.id), member)).collect();
    diesel::insert_into(building_group_members::table).values(rows).execute(act.conn).on_constraints(&[(
        MEMBER,
        &MEMBER_TAKEN,
        "/members",
    )])?;
    Ok(())
}

/// Adds a title to a group.
pub fn insert_title(act: &mut Act<'_>, _group: &Permit<BuildingGroupRow>, new: &NewTitle) -> Result<()> {
    diesel::insert_into(building_group_titles::table).values(new).execute(act.conn).on_constraints(&[(
        TITLE,
        &TITLE_TAKEN,
        "/title",
    )])?;
    Ok(())
}

/// A title of a group that was locked is told no more; the titles are part of the group, so its version moves.
pub fn take_back(act: &mut Act<'_>, group: &BuildingGroupRow, title: BuildingGroupTitleId) -> Result<()> {
    use building_group_titles::{building_group_id, withdrawn_on};
    let theirs = building_group_titles::table.find(title).filter(building_group_id.eq(group.id));
    diesel::update(theirs).set(withdrawn_on.eq(local_date(act.now))).execute(act.conn)?;
    diesel::update(building_groups::table.find(group.id))
        .set((
            building_groups::version.eq(building_groups::version + 1),
            building_groups::updated_at.eq(act.now),
        ))
        .execute(act.conn)?;
    Ok(())
}

/// Locks accounts in the order of their ids, so that what they lead does not change in two acts at a time.
pub fn lock_leaders(act: &mut Act<'_>, people: &[AccountId]) -> Result<()> {
    let rows = accounts::table.filter(accounts::id.eq_any(people)).order(accounts::id).for_no_key_update();
    rows.select(accounts::id).load::<AccountId>(act.conn)?;
    Ok(())
}

/// The groups of that division that somebody leads, or is a deputy of, locked in the order of their ids.
pub fn lock_led_by(
    act: &mut Act<'_>,
    person: AccountId,
    division: Division,
) -> Result<Vec<BuildingGroupRow>> {
    use building_groups::{deputy_id, leader_id};
    let led = building_groups::table
        .filter(building_groups::division.eq(division))
        .filter(leader_id.eq(person).or(deputy_id.eq(person)));
    let rows = led.select(BuildingGroupRow::as_select()).order(building_groups::id).for_no_key_update();
    Ok(rows.load(act.conn)?)
}

/// Somebody no longer leads a group that was locked.
pub fn dismiss(act: &mut Act<'_>, group: &BuildingGroupRow, person: AccountId) -> Result<BuildingGroupRow> {
    let change = BuildingGroupChange {
        leader_id: (group.leader_id == Some(person)).then_some(None),
        deputy_id: (group.deputy_id == Some(person)).then_some(None),
        ..BuildingGroupChange::default()
    };
    let (version, updated_at) = (building_groups::version, building_groups::updated_at);
    let updated = diesel::update(building_groups::table.find(group.id)).set((
        change,
        version.eq(version + 1),
        updated_at.eq(act.now),
    ));
    Ok(updated.returning(BuildingGroupRow::as_returning()).get_result(act.conn)?)
}

/// Whether somebody leads a group of that division, or is a deputy there.
pub fn leads_in(act: &mut Act<'_>, person: AccountId, division: Division) -> Result<bool> {
    use building_groups::{deputy_id, leader_id};
    let led = building_groups::table
        .filter(building_groups::division.eq(division))
        .filter(leader_id.eq(person).or(deputy_id.eq(person)));
    Ok(diesel::select(diesel::dsl::exists(led)).get_result(act.conn)?)
}
