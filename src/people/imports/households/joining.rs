//! Writing who joins which household.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;

use super::judging::Plan;
use super::store;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::households::{HouseholdId, HouseholdMemberId, NewHousehold, NewMember};
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;

/// Enters households and who joins them; answers the plans that were not written, since somebody else entered a household of that
/// number meanwhile.
pub fn write(
    conn: &mut PgConnection,
    plans: Vec<Plan>,
    now: DateTime<Utc>,
) -> Result<(Vec<Plan>, Vec<Plan>)> {
    let plans: Vec<(HouseholdId, Plan)> =
        plans.into_iter().map(|plan| (plan.household.unwrap_or_default(), plan)).collect();
    let made: Vec<&(HouseholdId, Plan)> = plans.iter().filter(|(_, plan)| plan.household.is_none()).collect();
    let homes = homes_of(conn, &made)?;
    let news: Vec<NewHousehold> = made.into_iter().map(|(id, plan)| new(*id, plan, &homes, now)).collect();
    let entered: BTreeSet<HouseholdId> = match news.is_empty() {
        true => BTreeSet::new(),
        false => store::enter(conn, &news)?.into_iter().collect(),
    };
    let is_there = |(id, plan): &(HouseholdId, Plan)| plan.household.is_some() || entered.contains(id);
    let (there, taken): (Vec<_>, Vec<_>) = plans.into_iter().partition(is_there);
    let known: Vec<HouseholdId> = there.iter().filter_map(|(_, plan)| plan.household).collect();
    if !known.is_empty() {
        store::touch(conn, &known, now)?;
    }
    join(conn, &there, now)?;
    let plans = |all: Vec<(HouseholdId, Plan)>| all.into_iter().map(|(_, plan)| plan).collect::<Vec<Plan>>();
    Ok((plans(there), plans(taken)))
}

/// Where the heads of these households live, as it stands now that their rows went in.
fn homes_of(
    conn: &mut PgConnection,
    made: &[&(HouseholdId, Plan)],
) -> Result<BTreeMap<ResidentId, DwellingId>> {
    let heads: Vec<ResidentId> = made.iter().filter_map(|(_, plan)| Some(plan.head()?.person)).collect();
    match heads.is_empty() {
        true => Ok(BTreeMap::new()),
        false => Ok(store::homes(conn, &heads)?.into_iter().collect()),
    }
}

/// A household is at home where its head lives.
fn new(
    id: HouseholdId,
    plan: &Plan,
    homes: &BTreeMap<ResidentId, DwellingId>,
    now: DateTime<Utc>,
) -> NewHousehold {
    let (division, number) = plan.key.clone();
    let dwelling_id = plan.head().and_then(|head| homes.get(&head.person).copied());
    NewHousehold { id, division, dwelling_id, number: Some(number), created_at: now, updated_at: now }
}

/// Who was something else to the head is so no longer from today on.
fn join(conn: &mut PgConnection, plans: &[(HouseholdId, Plan)], now: DateTime<Utc>) -> Result<()> {
    let today = local_date(now);
    let mut news = Vec::new();
    for (household, plan) in plans {
        for (one, until_now) in &plan.joining {
            if let Some(member) = until_now {
                store::end(conn, member.id, today.max(member.joined_on))?;
            }
            news.push(NewMember {
                id: HouseholdMemberId::new(),
                household_id: *household,
                division: one.division,
                resident_id: one.person,
                relation: one.household.relation,
                joined_on: today,
                created_at: now,
            });
        }
    }
    if news.is_empty() { Ok(()) } else { store::join(conn, &news) }
}
