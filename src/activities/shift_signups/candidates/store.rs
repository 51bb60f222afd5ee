//! Every query of whom somebody may sign up.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::access::act::Look;
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::activities::shift_signups::model::{Candidate, PersonId};
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::problem::Result;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::{building_group_members, dwellings, residents, volunteer_team_members};

/// By the index of the account, and by that of the guardian; the rows in the order of their ids, as merges take them.
const HELD: &str = "\
    SELECT id FROM residents WHERE id = ANY (ARRAY( \
        SELECT r.id FROM residents r WHERE r.account_id = ANY ($1) \
        UNION SELECT g.ward_id FROM guardians g JOIN residents k ON k.id = g.guardian_id \
            WHERE k.account_id = ANY ($1) AND g.ended_at IS NULL)) \
    ORDER BY id FOR KEY SHARE";

/// Whose the records are that these accounts may sign up stays as it is until this act has ended: a sign-up that is written beside a
/// change of its record's account would stay with the person it was before. The account is a key of the record (by an index of both), so
/// that nothing else that is changed of a record waits for this, or this for it.
pub fn hold(look: &mut Look<'_>, accounts: &[AccountId]) -> Result<()> {
    let accounts: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    diesel::sql_query(HELD).bind::<Array<SqlUuid>, _>(accounts).execute(look.conn)?;
    Ok(())
}

/// The records that these accounts are bound to: a line for each building group of a home.
pub fn own_candidates(look: &mut Look<'_>, accounts: &[AccountId]) -> Result<Vec<Candidate>> {
    let is_member = building_group_members::building_id
        .eq(dwellings::building_id)
        .and(building_group_members::unit.eq("").or(building_group_members::unit.eq(dwellings::unit)));
    let bound = residents::table
        .left_join(dwellings::table.on(dwellings::id.nullable().eq(residents::home_id)))
        .left_join(building_group_members::table.on(is_member))
        .filter(residents::account_id.eq_any(accounts).and(residents::status.eq("present")))
        .order((residents::division, residents::id, building_group_members::building_group_id));
    let columns = (
        residents::account_id,
        residents::id,
        residents::account_id.assume_not_null(),
        residents::division,
        residents::born_on,
        building_group_members::building_group_id.nullable(),
    );
    Ok(bound.select(columns).load(look.conn)?)
}

const WARDS: &str = "\
    SELECT k.account_id, w.id, coalesce(w.account_id, w.id) AS person_id, w.division, w.born_on, m.building_group_id \
    FROM residents k JOIN guardians g ON g.guardian_id = k.id AND g.ended_at IS NULL \
    JOIN residents w ON w.id = g.ward_id AND w.status = 'present' AND w.born_on IS NOT NULL \
        AND w.born_on + interval '18 years' > $2 \
    LEFT JOIN dwellings d ON d.id = w.home_id \
    LEFT JOIN building_group_members m ON m.building_id = d.building_id AND m.unit IN ('', d.unit) \
    WHERE k.account_id = ANY ($1) AND k.status = 'present' \
    ORDER BY w.division, w.id, m.building_group_id";

#[derive(QueryableByName)]
struct Ward {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    account_id: Option<AccountId>,
    #[diesel(sql_type = SqlUuid)]
    id: ResidentId,
    #[diesel(sql_type = SqlUuid)]
    person_id: PersonId,
    #[diesel(sql_type = BigInt)]
    division: Division,
    #[diesel(sql_type = Nullable<Date>)]
    born_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    building_group_id: Option<BuildingGroupId>,
}

/// The minors whose guardians these accounts are. Who became 14 since then has a guardian as long as they are not of age.
pub fn wards(look: &mut Look<'_>, accounts: &[AccountId]) -> Result<Vec<Candidate>> {
    let accounts: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let found = diesel::sql_query(WARDS)
        .bind::<Array<SqlUuid>, _>(accounts)
        .bind::<Timestamptz, _>(look.now)
        .load::<Ward>(look.conn)?;
    let candidate = |ward: Ward| Candidate {
        account: ward.account_id,
        resident: ward.id,
        person: ward.person_id,
        division: ward.division,
        born_on: ward.born_on,
        group: ward.building_group_id,
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Which of these records are in which of these teams.
pub fn members(
    look: &mut Look<'_>,
    teams: &[VolunteerTeamId],
    records: &[ResidentId],
) -> Result<Vec<(VolunteerTeamId, ResidentId)>> {
    use volunteer_team_members::{left_at, resident_id, team_id};
    let inside = volunteer_team_members::table
        .filter(team_id.eq_any(teams).and(resident_id.eq_any(records)).and(left_at.is_null()));
    Ok(inside.select((team_id, resident_id)).load(look.conn)?)
}
