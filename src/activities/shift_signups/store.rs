//! Every query of sign-ups. Whoever moves one holds the row of its shift first; see the functions of the migration.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{
    Busy, Danger, GuardianConsent, NamedSignupRow, NewSignup, Offer, OwnSignupRow, PersonId, ShiftSignupId,
    ShiftSignupState, SignupRow,
};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::ResidentId;
use crate::activities::shifts::ShiftId;
use crate::activities::volunteer_calls::VolunteerCall;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::people::residents::OnePerson;
use crate::people::visit_findings::store::NAMED;
use crate::schema::{attendances, residents, shift_signups, shifts, volunteer_calls};

/// What decides who may take places of these; of those that are none, nothing.
pub fn offers(look: &mut Look<'_>, ids: &[ShiftId]) -> Result<Vec<Offer>> {
    let wanted = shifts::table.inner_join(volunteer_calls::table).filter(shifts::id.eq_any(ids)).select((
        shifts::id,
        shifts::call_id,
        volunteer_calls::division,
        volunteer_calls::state,
        volunteer_calls::visibility,
        volunteer_calls::building_group_id,
        (volunteer_calls::minimum_age, volunteer_calls::maximum_age),
        volunteer_calls::skill,
        volunteer_calls::training,
        volunteer_calls::risks,
        volunteer_calls::is_dangerous,
        volunteer_calls::insured_until,
        shifts::is_open,
        shifts::kind,
        shifts::starts_at,
        shifts::ends_at,
        shifts::needs_approval,
        shifts::own_first_until,
        shifts::team_id,
    ));
    Ok(wanted.load(look.conn)?)
}

/// What was written of a sign-up.
#[derive(QueryableByName)]
#[expect(missing_docs, reason = "named as the columns")]
pub struct Written {
    #[diesel(sql_type = SqlUuid)]
    pub signup: ShiftSignupId,
    #[diesel(sql_type = Text)]
    pub became: ShiftSignupState,
    #[diesel(sql_type = Nullable<Integer>)]
    pub ahead: Option<i32>,
}

/// Takes places, in the order asked, and says what became of those that were written.
pub fn claim(look: &mut Look<'_>, new: &[Permit<NewSignup>]) -> Result<Vec<Written>> {
    let column = |read: fn(&NewSignup) -> Uuid| new.iter().map(|one| read(one)).collect::<Vec<_>>();
    let flag = |read: fn(&NewSignup) -> bool| new.iter().map(|one| read(one)).collect::<Vec<_>>();
    let claimed = diesel::sql_query(
        "SELECT signup, became, ahead FROM claim_shift_places($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind::<Timestamptz, _>(look.now)
    .bind::<Array<SqlUuid>, _>(column(|one| one.id.0))
    .bind::<Array<SqlUuid>, _>(column(|one| one.shift.0))
    .bind::<Array<SqlUuid>, _>(column(|one| one.resident.0))
    .bind::<Array<SqlUuid>, _>(column(|one| one.person.0))
    .bind::<Array<SqlUuid>, _>(column(|one| one.account.0))
    .bind::<Array<Bool>, _>(flag(|one| one.asks))
    .bind::<Array<Bool>, _>(flag(|one| one.consents));
    Ok(claimed.load(look.conn)?)
}

/// What these people are signed up for, as far as it is still to come, or of these shifts.
pub fn busy(look: &mut Look<'_>, people: &[PersonId], of: &[ShiftId]) -> Result<Vec<Busy>> {
    let active = shift_signups::table
        .filter(shift_signups::person_id.eq_any(people))
        .filter(shift_signups::state.eq_any(ShiftSignupState::ACTIVE))
        .filter(
            shift_signups::busy_until.gt(look.now).assume_not_null().or(shift_signups::shift_id.eq_any(of)),
        )
        .select((
            shift_signups::shift_id,
            shift_signups::person_id,
            shift_signups::busy_from,
            shift_signups::busy_until,
        ));
    Ok(active.load(look.conn)?)
}

/// The sign-up of somebody for a shift that counts, where the caller made it or it is one of these records'.
pub fn find_own(
    look: &mut Look<'_>,
    shift: ShiftId,
    own: &[ResidentId],
    wanted: Option<ResidentId>,
) -> Result<Option<SignupRow>> {
    let account = look.actor.account()?;
    let mut query = shift_signups::table
        .filter(shift_signups::shift_id.eq(shift))
        .filter(shift_signups::state.eq_any(ShiftSignupState::ACTIVE))
        .select(SignupRow::as_select())
        .into_boxed();
    query = match wanted {
        Some(wanted) => query.filter(shift_signups::resident_id.eq(wanted)).filter(
            shift_signups::account_id.eq(account).or(shift_signups::resident_id.eq_any(own.to_vec())),
        ),
        None => query.filter(shift_signups::resident_id.eq_any(own.to_vec())),
    };
    Ok(query.order(shift_signups::turn).first(look.conn).optional()?)
}

/// A sign-up, whoever looks: whether the caller sees its call is asked of that.
pub fn load(look: &mut Look<'_>, id: ShiftSignupId) -> Result<SignupRow> {
    Ok(shift_signups::table.find(id).select(SignupRow::as_select()).first(look.conn)?)
}

/// What decides whether the person of a sign-up may do dangerous work; none where the work is not.
pub fn danger(look: &mut Look<'_>, id: ShiftSignupId) -> Result<Option<Danger>> {
    let dangerous = shift_signups::table
        .inner_join(shifts::table.inner_join(volunteer_calls::table))
        .inner_join(residents::table)
        .filter(shift_signups::id.eq(id).and(volunteer_calls::is_dangerous.eq(true)))
        .select((volunteer_calls::insured_until, residents::born_on));
    Ok(dangerous.first(look.conn).optional()?)
}

/// Whether somebody came already, to hours of their own choice.
pub fn has_attended(look: &mut Look<'_>, id: ShiftSignupId) -> Result<bool> {
    let came = attendances::table.filter(attendances::signup_id.eq(id).and(attendances::kind.eq("present")));
    Ok(diesel::select(diesel::dsl::exists(came)).get_result(look.conn)?)
}

/// The same with the name.
pub fn load_named(
    look: &mut Look<'_>,
    _: &Permit<VolunteerCall>,
    id: ShiftSignupId,
) -> Result<NamedSignupRow> {
    let is_named = residents::id.eq(shift_signups::resident_id).and(residents::status.eq_any(NAMED));
    let one = shift_signups::table.left_join(residents::table.on(is_named)).filter(shift_signups::id.eq(id));
    Ok(one.select((SignupRow::as_select(), residents::name.nullable())).first(look.conn)?)
}

/// A sign-up of a shift, whoever looks.
pub fn find_of(look: &mut Look<'_>, shift: ShiftId, id: ShiftSignupId) -> Result<Option<SignupRow>> {
    let one = shift_signups::table.find(id).filter(shift_signups::shift_id.eq(shift));
    Ok(one.select(SignupRow::as_select()).first(look.conn).optional()?)
}

/// Who decided what, before it takes its effect.
pub fn decide(
    act: &mut Act<'_>,
    _: &Permit<VolunteerCall>,
    id: ShiftSignupId,
    (consent_by, reason): (Option<GuardianConsent>, Option<String>),
) -> Result<()> {
    let decided = (
        shift_signups::consent_by.eq(consent_by),
        shift_signups::reason.eq(reason),
        shift_signups::decided_by.eq(Some(act.actor.account()?)),
        shift_signups::decided_at.eq(Some(act.now)),
    );
    diesel::update(shift_signups::table.find(id)).set(decided).execute(act.conn)?;
    Ok(())
}

/// One page of who signed up for a shift, in their order. The caller organises it.
pub fn page(
    look: &mut Look<'_>,
    _: &Permit<VolunteerCall>,
    (shift, state): (ShiftId, Option<ShiftSignupState>),
    pager: &Pager<'_, i64>,
) -> Result<Vec<NamedSignupRow>> {
    let is_named = residents::id.eq(shift_signups::resident_id).and(residents::status.eq_any(NAMED));
    let mut query = shift_signups::table
        .left_join(residents::table.on(is_named))
        .filter(shift_signups::shift_id.eq(shift))
        .select((SignupRow::as_select(), residents::name.nullable()))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(shift_signups::state.eq(state));
    }
    if let Some(after) = pager.after {
        query = query.filter(shift_signups::turn.gt(after));
    }
    Ok(query.order(shift_signups::turn).limit(pager.fetch()).load(look.conn)?)
}

/// How far somebody is in the line.
const POSITION: &str = "(SELECT count(*) FROM shift_signups line WHERE shift_signups.state = 'waiting' \
    AND line.shift_id = shift_signups.shift_id AND line.state = 'waiting' AND line.turn <= shift_signups.turn)";

/// One page of one's own sign-ups and of those one made for a child, the newest first.
pub fn page_own(
    look: &mut Look<'_>,
    own: &[ResidentId],
    state: Option<ShiftSignupState>,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<OwnSignupRow>> {
    let account = look.actor.account()?;
    let mut query = shift_signups::table
        .inner_join(shifts::table.inner_join(volunteer_calls::table))
        .filter(shift_signups::resident_id.eq_any(own.to_vec()).or(shift_signups::account_id.eq(account)))
        .select((
            SignupRow::as_select(),
            volunteer_calls::id,
            volunteer_calls::title,
            volunteer_calls::state,
            shifts::role,
            shifts::place,
            shifts::starts_at,
            shifts::ends_at,
            shifts::cancelled_because,
            sql::<Nullable<BigInt>>(POSITION),
        ))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(shift_signups::state.eq(state));
    }
    if let Some(after) = pager.after {
        query = query.filter(shift_signups::id.lt(ShiftSignupId(after)));
    }
    Ok(query.order(shift_signups::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// Gives the sign-ups of one record to another of the same person. Of two at one time, by whichever of that person's records, one is
/// withdrawn, and who waits moves up: which one is decided where accounts of records change, too, by the function of the database.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let of_both = residents::table.filter(residents::id.eq_any([pair.from, pair.into]));
    let accounts: Vec<(ResidentId, Option<PersonId>)> =
        of_both.select((residents::id, residents::account_id)).load(act.conn)?;
    let bound =
        |whose: ResidentId| accounts.iter().find(|(id, _)| *id == whose).and_then(|(_, account)| *account);
    let person = bound(pair.into).or_else(|| bound(pair.from)).unwrap_or(PersonId(pair.into.0));
    diesel::sql_query("SELECT give_shift_signups($1, $2, $3)")
        .bind::<Timestamptz, _>(act.now)
        .bind::<Array<SqlUuid>, _>(vec![pair.from.0, pair.into.0])
        .bind::<SqlUuid, _>(person.0)
        .execute(act.conn)?;
    diesel::update(shift_signups::table.filter(shift_signups::resident_id.eq(pair.from)))
        .set(shift_signups::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
