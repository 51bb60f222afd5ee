//! Every query of signatures. Whatever touches them locks the matter first, if at all, then signatures, then the row that counts them.

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Nullable, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{KnownSignature, NewSignature, Signable, SignatureId, SignatureRow, SignerHome};
use crate::access::act::{Act, Look, Mine, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::petitions::Petition;
use crate::matters::registry::MatterId;
use crate::people::residents::OnePerson;
use crate::people::visit_findings::store::NAMED;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::{
    building_group_members, building_groups, dwellings, matters, petition_counts, petition_signatures,
    petitions, residents,
};

/// What decides whether these can be signed; of those that are none, nothing.
pub fn signables(look: &mut Look<'_>, ids: &[MatterId]) -> Result<Vec<Signable>> {
    let wanted = petitions::table.inner_join(matters::table).filter(petitions::id.eq_any(ids));
    let columns = (
        petitions::id,
        matters::division,
        matters::state,
        petitions::kind,
        petitions::visibility,
        petitions::building_group_id,
        petitions::is_hidden,
        petitions::closes_at,
    );
    Ok(wanted.select(columns).load(look.conn)?)
}

/// Where these accounts live as verified residents, in those divisions: a line for each building group of a home.
pub fn homes(look: &mut Look<'_>, accounts: &[AccountId], divisions: &[Division]) -> Result<Vec<SignerHome>> {
    let is_member = building_group_members::building_id
        .eq(dwellings::building_id)
        .and(building_group_members::unit.eq("").or(building_group_members::unit.eq(dwellings::unit)));
    let bound = residents::table
        .left_join(dwellings::table.on(dwellings::id.nullable().eq(residents::home_id)))
        .left_join(building_group_members::table.on(is_member))
        .filter(residents::account_id.eq_any(accounts).and(residents::status.eq("present")))
        .filter(residents::division.eq_any(divisions))
        .order((residents::id, building_group_members::building_group_id));
    let columns = (
        residents::account_id,
        residents::id,
        residents::division,
        building_group_members::building_group_id.nullable(),
    );
    Ok(bound.select(columns).load(look.conn)?)
}

/// In the order of petitions and accounts, so that two batches never wait for each other crosswise.
const SIGN: &str = "\
    INSERT INTO petition_signatures (id, petition_id, resident_id, account_id, building_group_id, created_at) \
    SELECT s.id, s.petition_id, s.resident_id, s.account_id, s.building_group_id, $1 \
    FROM unnest($2, $3, $4, $5, $6) AS s (id, petition_id, resident_id, account_id, building_group_id) \
    ORDER BY s.petition_id, s.account_id \
    ON CONFLICT DO NOTHING RETURNING id";

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = SqlUuid)]
    id: SignatureId,
}

/// Adds signatures, and says which were not there yet.
pub fn sign(look: &mut Look<'_>, new: &[Permit<NewSignature>]) -> Result<Vec<SignatureId>> {
    let column = |read: fn(&NewSignature) -> Uuid| new.iter().map(|one| read(one)).collect::<Vec<_>>();
    let groups: Vec<Option<Uuid>> = new.iter().map(|one| one.group.map(|group| group.0)).collect();
    let written = diesel::sql_query(SIGN)
        .bind::<Timestamptz, _>(look.now)
        .bind::<Array<SqlUuid>, _>(column(|one| one.id.0))
        .bind::<Array<SqlUuid>, _>(column(|one| one.petition.0))
        .bind::<Array<SqlUuid>, _>(column(|one| one.resident.0))
        .bind::<Array<SqlUuid>, _>(column(|one| one.account.0))
        .bind::<Array<Nullable<SqlUuid>>, _>(groups);
    Ok(written.load::<Written>(look.conn)?.into_iter().map(|one| one.id).collect())
}

/// Adds to the counts, in the order of petitions.
const ADD: &str = "\
    INSERT INTO petition_counts AS known (petition_id, signatures, is_checked) \
    SELECT c.petition_id, c.signatures, false FROM unnest($1, $2) AS c (petition_id, signatures) ORDER BY c.petition_id \
    ON CONFLICT (petition_id) DO UPDATE SET signatures = known.signatures + EXCLUDED.signatures, is_checked = false \
    RETURNING petition_id, signatures";
/// The same for what is taken away, which the row must be there for: no count may begin below none.
const TAKE: &str = "\
    UPDATE petition_counts SET signatures = signatures - $2, is_checked = false WHERE petition_id = $1";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = SqlUuid)]
    petition_id: MatterId,
    #[diesel(sql_type = Integer)]
    signatures: i32,
}

/// Counts signatures that were added; answers how many there are now. Whoever counts meanwhile waits for the end of this act, so this
/// comes last in it.
pub fn add(look: &mut Look<'_>, added: &[(MatterId, i32)]) -> Result<Vec<(MatterId, i32)>> {
    let (petitions, numbers): (Vec<Uuid>, Vec<i32>) = added.iter().map(|(id, n)| (id.0, *n)).unzip();
    let counts = diesel::sql_query(ADD)
        .bind::<Array<SqlUuid>, _>(petitions)
        .bind::<Array<Integer>, _>(numbers)
        .load::<Counted>(look.conn)?;
    Ok(counts.into_iter().map(|row| (row.petition_id, row.signatures)).collect())
}

/// Counts signatures that were taken away, last in an act.
pub fn take(look: &mut Look<'_>, petition: MatterId, taken: usize) -> Result<()> {
    let taken = i32::try_from(taken).unwrap_or(i32::MAX);
    diesel::sql_query(TAKE).bind::<SqlUuid, _>(petition).bind::<Integer, _>(taken).execute(look.conn)?;
    Ok(())
}

/// Signatures of these petitions by these accounts or people.
pub fn known(
    look: &mut Look<'_>,
    petitions: &[MatterId],
    accounts: &[AccountId],
    people: &[ResidentId],
) -> Result<Vec<KnownSignature>> {
    let is_theirs =
        petition_signatures::account_id.eq_any(accounts).or(petition_signatures::resident_id.eq_any(people));
    let there = petition_signatures::table
        .filter(petition_signatures::petition_id.eq_any(petitions).and(is_theirs))
        .select((
            petition_signatures::petition_id,
            petition_signatures::account_id,
            petition_signatures::resident_id,
            petition_signatures::strike_out_id.is_not_null(),
        ));
    Ok(there.load(look.conn)?)
}

/// Takes the caller's own signature away, unless it was struck out; answers whether there was one.
pub fn delete_own(act: &mut Act<'_>, _: &Permit<Mine>, petition: MatterId) -> Result<bool> {
    let own = petition_signatures::table
        .filter(petition_signatures::petition_id.eq(petition))
        .filter(petition_signatures::account_id.eq(act.actor.account()?))
        .filter(petition_signatures::strike_out_id.is_null());
    Ok(diesel::delete(own).execute(act.conn)? > 0)
}

/// One page of who signed, the first first. The caller may see who did.
pub fn page(
    look: &mut Look<'_>,
    petition: &Permit<Petition>,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<SignatureRow>> {
    // Whoever is deleted or sealed by law is not named.
    let is_named = residents::id.eq(petition_signatures::resident_id).and(residents::status.eq_any(NAMED));
    let mut query = petition_signatures::table
        .left_join(residents::table.on(is_named))
        .filter(petition_signatures::petition_id.eq(petition.matter.id))
        .select((
            petition_signatures::id,
            petition_signatures::resident_id,
            residents::name.nullable(),
            petition_signatures::building_group_id,
            petition_signatures::created_at,
            petition_signatures::strike_out_id.is_not_null(),
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(petition_signatures::id.gt(after));
    }
    Ok(query.order(petition_signatures::id).limit(pager.fetch()).load(look.conn)?)
}

/// How many signed.
pub fn total(look: &mut Look<'_>, petition: MatterId) -> Result<i32> {
    let count = petition_counts::table.find(petition).select(petition_counts::signatures);
    Ok(count.first(look.conn).optional()?.unwrap_or_default())
}

/// Whether the caller signed, and it counts.
pub fn is_signed_by_caller(look: &mut Look<'_>, petition: MatterId) -> Result<bool> {
    // An application signs nothing.
    let Ok(account) = look.actor.account() else { return Ok(false) };
    let own = petition_signatures::table
        .filter(petition_signatures::petition_id.eq(petition))
        .filter(petition_signatures::account_id.eq(account))
        .filter(petition_signatures::strike_out_id.is_null());
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(look.conn)?)
}

/// How many signed of each building group.
pub fn by_group(look: &mut Look<'_>, petition: MatterId) -> Result<Vec<(BuildingGroupId, String, i64)>> {
    let signed = petition_signatures::table
        .inner_join(
            building_groups::table
                .on(building_groups::id.nullable().eq(petition_signatures::building_group_id)),
        )
        .filter(petition_signatures::petition_id.eq(petition))
        .filter(petition_signatures::strike_out_id.is_null())
        .group_by((building_groups::id, building_groups::name))
        .order((building_groups::name, building_groups::id))
        .select((building_groups::id, building_groups::name, diesel::dsl::count_star()));
    Ok(signed.load(look.conn)?)
}

/// What somebody asked for in that committee becomes that of the record that stays.
pub fn join_petitioners(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let here = matters::table.filter(matters::division.eq(pair.division)).select(matters::id);
    let known =
        petitions::table.filter(petitions::petitioner_id.eq(pair.from)).filter(petitions::id.eq_any(here));
    diesel::update(known).set(petitions::petitioner_id.eq(pair.into)).execute(act.conn)?;
    Ok(())
}

/// What somebody signed in that committee becomes that of the record that stays; where both signed, the person signed once.
pub fn join_signers(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let here = matters::table.filter(matters::division.eq(pair.division)).select(matters::id);
    let both: Vec<MatterId> = petition_signatures::table
        .filter(petition_signatures::resident_id.eq(pair.into))
        .select(petition_signatures::petition_id)
        .load(act.conn)?;
    let doubled = petition_signatures::table
        .filter(petition_signatures::resident_id.eq(pair.from))
        .filter(petition_signatures::petition_id.eq_any(here))
        .filter(petition_signatures::petition_id.eq_any(&both));
    let mut gone: Vec<(MatterId, bool)> = diesel::delete(doubled)
        .returning((petition_signatures::petition_id, petition_signatures::strike_out_id.is_null()))
        .load(act.conn)?;
    let known = petition_signatures::table
        .filter(petition_signatures::resident_id.eq(pair.from))
        .filter(petition_signatures::petition_id.eq_any(here));
    diesel::update(known).set(petition_signatures::resident_id.eq(pair.into)).execute(act.conn)?;
    gone.sort();
    for (petition, _) in gone.into_iter().filter(|(_, counted)| *counted) {
        take(act, petition, 1)?;
    }
    Ok(())
}
