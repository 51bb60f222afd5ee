//! Every query of petitions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::course::PetitionState;
use super::model::{NewPetition, Petition, PetitionChange, PetitionRow};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::dispatches;
use crate::matters::registry::{MatterId, MatterRow};
use crate::places::building_groups::BuildingGroupId;
use crate::places::dwellings::DwellingId;
use crate::schema::{
    accounts, building_group_members, dwellings, matters, organisations, petition_categories,
    petition_counts, petition_facts, petitions, residents,
};

/// What the telephone number of who is spoken for is bound to.
pub const CONTACT_SEAL: &str = "petitions.contact";

/// A petition as it stands. As whom the caller sees it, if at all, is not said here.
pub fn load(look: &mut Look<'_>, id: MatterId) -> Result<Petition> {
    let (matter, own, state, category) = petitions::table
        .inner_join(matters::table)
        .left_join(petition_categories::table.on(petition_categories::id.nullable().eq(matters::category_id)))
        .filter(petitions::id.eq(id))
        .select((
            MatterRow::as_select(),
            PetitionRow::as_select(),
            matters::state,
            (petition_categories::code, petition_categories::name).nullable(),
        ))
        .first::<(MatterRow, PetitionRow, PetitionState, Option<(String, String)>)>(look.conn)?;
    let hops = dispatches::store::hops(look, id)?;
    Ok(Petition { matter, own, state, category, hops })
}

/// The building groups the caller lives in.
pub fn own_groups(look: &mut Look<'_>) -> Result<Vec<BuildingGroupId>> {
    let Some((account, _)) = look.actor.signed_in else { return Ok(Vec::new()) };
    let homes = residents::table
        .inner_join(dwellings::table.on(dwellings::id.nullable().eq(residents::home_id)))
        .inner_join(
            building_group_members::table.on(building_group_members::building_id.eq(dwellings::building_id)),
        )
        .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
        .filter(building_group_members::unit.eq("").or(building_group_members::unit.eq(dwellings::unit)));
    Ok(homes.select(building_group_members::building_group_id).distinct().load(look.conn)?)
}

/// Whether the caller lives in that home, by their record.
pub fn lives_in(look: &mut Look<'_>, home: DwellingId) -> Result<bool> {
    let account = look.actor.account()?;
    let own = residents::table
        .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
        .filter(residents::home_id.eq(home));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(look.conn)?)
}

/// Adds a petition beside its matter.
pub fn insert<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    new: &NewPetition,
    facts: &[(String, String)],
) -> Result<()> {
    diesel::insert_into(petitions::table).values(new).execute(act.conn).on_constraints(&[(
        "petitions_channel_external_id_key",
        &super::rules::EXTERNAL_UNFIT,
        "/on_behalf/external_id",
    )])?;
    for (code, value) in facts {
        let fact = (
            petition_facts::petition_id.eq(new.id),
            petition_facts::code.eq(code),
            petition_facts::value.eq(value),
        );
        diesel::insert_into(petition_facts::table).values(fact).execute(act.conn)?;
    }
    Ok(())
}

/// What was answered to the questions of its category.
pub fn facts(look: &mut Look<'_>, id: MatterId) -> Result<Vec<(String, String)>> {
    let told = petition_facts::table.filter(petition_facts::petition_id.eq(id)).order(petition_facts::code);
    Ok(told.select((petition_facts::code, petition_facts::value)).load(look.conn)?)
}

/// Changes what a petition has besides what every matter has.
pub fn change<T>(act: &mut Act<'_>, _: &Permit<T>, id: MatterId, change: &PetitionChange) -> Result<()> {
    // What changes nothing is no statement.
    diesel::update(petitions::table.find(id)).set(change).execute(act.conn).optional_empty_changeset()?;
    Ok(())
}

/// How many petitions an account filed since then, and how many of that text.
pub fn filed_since(
    look: &mut Look<'_>,
    account: AccountId,
    since: DateTime<Utc>,
    text_hash: &[u8],
) -> Result<(i64, i64)> {
    let filed = petitions::table
        .filter(petitions::account_id.eq(account).and(petitions::filed_by.is_null()))
        .filter(petitions::created_at.ge(since));
    let all = filed.count().get_result(look.conn)?;
    let alike = filed.filter(petitions::text_hash.eq(text_hash)).count().get_result(look.conn)?;
    Ok((all, alike))
}

/// The petition that has this number in another system.
pub fn by_external_id(
    look: &mut Look<'_>,
    channel: super::kinds::PetitionChannel,
    external_id: &str,
) -> Result<Option<MatterId>> {
    let known =
        petitions::table.filter(petitions::channel.eq(channel).and(petitions::external_id.eq(external_id)));
    Ok(known.select(petitions::id).first(look.conn).optional()?)
}

/// The account that a resident's record is bound to.
pub fn account_of(look: &mut Look<'_>, resident: ResidentId) -> Result<Option<AccountId>> {
    Ok(residents::table.find(resident).select(residents::account_id).first(look.conn)?)
}

/// The name of who asked, where the record is one of daily work.
pub fn petitioner_name(look: &mut Look<'_>, resident: ResidentId) -> Result<Option<String>> {
    let named = residents::table
        .find(resident)
        .filter(residents::status.eq_any(crate::people::visit_findings::store::NAMED));
    Ok(named.select(residents::name).first(look.conn).optional()?)
}

/// The name of its holder, and how many signed it.
pub fn beside(look: &mut Look<'_>, petition: &Petition) -> Result<(Option<String>, Option<i32>)> {
    let holder = match petition.matter.holder_id {
        Some(id) => organisations::table.find(id).select(organisations::name).first(look.conn).optional()?,
        None => None,
    };
    let signed = petition_counts::table.find(petition.matter.id).select(petition_counts::signatures);
    Ok((holder, signed.first(look.conn).optional()?))
}

/// What somebody of the staff is called.
pub fn account_name(look: &mut Look<'_>, account: AccountId) -> Result<String> {
    Ok(accounts::table.find(account).select(accounts::display_name).first(look.conn)?)
}
