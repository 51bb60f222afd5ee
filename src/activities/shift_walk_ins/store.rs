//! Every query of walk-ins.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamptz, Uuid as SqlUuid};

use crate::access::act::{Act, Look, Permit};
use crate::activities::shift_signups::{
    Candidate, GuardianConsent, PersonId, ShiftSignupId, ShiftSignupState, SignupRow,
};
use crate::activities::shifts::ShiftId;
use crate::activities::volunteer_calls::VolunteerCall;
use crate::kit::problem::Result;
use crate::schema::shift_signups;

#[derive(QueryableByName)]
struct AtDoor {
    #[diesel(sql_type = Text)]
    became: String,
}

/// Takes a free place for somebody who stands at the door, by who organises the shift; answers what became of it.
pub fn claim_at_door(
    act: &mut Act<'_>,
    _: &Permit<VolunteerCall>,
    (id, shift): (ShiftSignupId, ShiftId),
    one: &Candidate,
    consent_by: Option<GuardianConsent>,
) -> Result<String> {
    let claimed = diesel::sql_query("SELECT claim_shift_place_at_door($1, $2, $3, $4, $5, $6, $7) AS became")
        .bind::<Timestamptz, _>(act.now)
        .bind::<SqlUuid, _>(id.0)
        .bind::<SqlUuid, _>(shift.0)
        .bind::<SqlUuid, _>(one.resident.0)
        .bind::<SqlUuid, _>(one.person.0)
        .bind::<Nullable<Text>, _>(consent_by.map(GuardianConsent::as_str))
        .bind::<SqlUuid, _>(act.actor.account()?.0);
    Ok(claimed.get_result::<AtDoor>(act.conn)?.became)
}

/// What somebody has of a shift: a place, a place in the line, or a request for one.
pub fn active(look: &mut Look<'_>, shift: ShiftId, person: PersonId) -> Result<Option<SignupRow>> {
    let active = shift_signups::table
        .filter(shift_signups::shift_id.eq(shift).and(shift_signups::person_id.eq(person)))
        .filter(shift_signups::state.eq_any(ShiftSignupState::ACTIVE));
    Ok(active.select(SignupRow::as_select()).first(look.conn).optional()?)
}
