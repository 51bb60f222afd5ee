//! Every query of stays.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{AttendanceKind, AttendanceRow, Bearer, NewAttendance, NewCorrection, Shown, Told};
use super::rules::{CAME, OPEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::activities::shift_signups::{ShiftSignupId, ShiftSignupState, SignupRow};
use crate::activities::shifts::ShiftId;
use crate::activities::volunteer_calls::{VolunteerCall, VolunteerCallId, VolunteerCallState};
use crate::activities::volunteer_hours::AttendanceId;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::schema::{attendance_corrections, attendances, residents, shift_signups, shifts, volunteer_calls};

/// Where a call stands. It does not move until this act has ended; others may write down who came meanwhile.
pub fn hold_call(act: &mut Act<'_>, id: VolunteerCallId) -> Result<VolunteerCallState> {
    Ok(volunteer_calls::table.find(id).select(volunteer_calls::state).for_share().first(act.conn)?)
}

/// By which sign-up somebody has a place: that of the record known, or of any record of the account's, whichever committee keeps it.
pub fn whose_place(look: &mut Look<'_>, shift: ShiftId, bearer: Bearer) -> Result<Option<SignupRow>> {
    let held = shift_signups::table
        .inner_join(residents::table.on(residents::id.eq(shift_signups::resident_id)))
        .filter(shift_signups::shift_id.eq(shift).and(shift_signups::state.eq(ShiftSignupState::Held)))
        .select(SignupRow::as_select())
        .into_boxed();
    let known = match bearer {
        Bearer::Account(account) => held.filter(residents::account_id.eq(account)),
        Bearer::Record(resident) => held.filter(shift_signups::resident_id.eq(resident)),
    };
    Ok(known.order(shift_signups::id).first(look.conn).optional()?)
}

/// By which sign-up somebody is there, in the same way; whatever became of it since they came.
pub fn whose_stay(look: &mut Look<'_>, shift: ShiftId, bearer: Bearer) -> Result<Option<SignupRow>> {
    let open = attendances::table
        .inner_join(shift_signups::table)
        .inner_join(residents::table.on(residents::id.eq(attendances::resident_id)))
        .filter(attendances::shift_id.eq(shift).and(attendances::kind.eq(AttendanceKind::Present)))
        .filter(attendances::left_at.is_null())
        .select(SignupRow::as_select())
        .into_boxed();
    let known = match bearer {
        Bearer::Account(account) => open.filter(residents::account_id.eq(account)),
        Bearer::Record(resident) => open.filter(attendances::resident_id.eq(resident)),
    };
    Ok(known.order(attendances::id).first(look.conn).optional()?)
}

/// The sign-up by which somebody has a place.
pub fn place_of(act: &mut Act<'_>, shift: ShiftId, whose: ResidentId) -> Result<Option<SignupRow>> {
    let held = shift_signups::table
        .filter(shift_signups::shift_id.eq(shift).and(shift_signups::resident_id.eq(whose)))
        .filter(shift_signups::state.eq(ShiftSignupState::Held));
    Ok(held.select(SignupRow::as_select()).first(act.conn).optional()?)
}

/// The stay of a sign-up that goes on.
pub fn open(act: &mut Act<'_>, signup: ShiftSignupId) -> Result<Option<AttendanceRow>> {
    let open = attendances::table
        .filter(attendances::signup_id.eq(signup).and(attendances::kind.eq(AttendanceKind::Present)))
        .filter(attendances::left_at.is_null());
    Ok(open.select(AttendanceRow::as_select()).for_no_key_update().first(act.conn).optional()?)
}

/// Whether anything is noted of a sign-up, besides that stay; or only whether somebody did not come.
pub fn is_noted(
    act: &mut Act<'_>,
    signup: ShiftSignupId,
    kind: Option<AttendanceKind>,
    besides: Option<AttendanceId>,
) -> Result<bool> {
    let mut noted = attendances::table.filter(attendances::signup_id.eq(signup)).into_boxed();
    if let Some(kind) = kind {
        noted = noted.filter(attendances::kind.eq(kind));
    }
    if let Some(besides) = besides {
        noted = noted.filter(attendances::id.ne(besides));
    }
    Ok(noted.select(attendances::id).first::<AttendanceId>(act.conn).optional()?.is_some())
}

/// Whether somebody went after a moment, by what is noted of a sign-up.
pub fn has_left_since(act: &mut Act<'_>, signup: ShiftSignupId, at: DateTime<Utc>) -> Result<bool> {
    let left = attendances::table.filter(attendances::signup_id.eq(signup).and(attendances::left_at.gt(at)));
    Ok(diesel::select(diesel::dsl::exists(left)).get_result(act.conn)?)
}

/// By account and by record, each by its index. Of what somebody scanned themselves it is not kept whether it moved, and so whether it
/// proves anything.
const SHOWN_LATER: &str = "\
    WITH person AS (SELECT id, account_id FROM residents WHERE id = $2), \
    last AS (SELECT max(coalesce(left_at, arrived_at)) AS at FROM attendances WHERE signup_id = $1), \
    shown AS ( \
        SELECT k.* FROM check_ins k JOIN person p ON k.account_id = p.account_id \
            WHERE k.event_id = $3 AND k.purpose IN ('shift_in', 'shift_out') \
        UNION SELECT k.* FROM check_ins k JOIN person p ON k.resident_id = p.id \
            WHERE k.event_id = $3 AND k.purpose IN ('shift_in', 'shift_out')) \
    SELECT shown.checked_in_at AS at, shown.division, shown.purpose = 'shift_in' AS is_arrival FROM shown, last, person \
    WHERE shown.checked_in_at > last.at \
        AND (shown.recorded_by IS NULL OR shown.recorded_by <> $4 AND shown.recorded_by IS DISTINCT FROM person.account_id) \
    ORDER BY shown.checked_in_at, shown.id";

/// What others scanned of somebody at a shift after all that is noted of their sign-up, the earliest first.
pub fn shown_later(act: &mut Act<'_>, signup: &SignupRow) -> Result<Vec<Shown>> {
    let shown = diesel::sql_query(SHOWN_LATER)
        .bind::<SqlUuid, _>(signup.id.0)
        .bind::<SqlUuid, _>(signup.resident_id.0)
        .bind::<SqlUuid, _>(signup.shift_id.0)
        .bind::<SqlUuid, _>(signup.account_id.0);
    Ok(shown.load(act.conn)?)
}

/// Adds a stay.
pub fn insert(act: &mut Act<'_>, new: &NewAttendance) -> Result<AttendanceRow> {
    diesel::insert_into(attendances::table)
        .values(new)
        .returning(AttendanceRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("attendances_open_key", &OPEN, ""), ("attendances_no_show_key", &CAME, "")])
}

/// Changes what a stay was.
pub fn update(act: &mut Act<'_>, id: AttendanceId, told: &Told) -> Result<AttendanceRow> {
    let moved = (attendances::version.eq(attendances::version + 1), attendances::updated_at.eq(act.now));
    diesel::update(attendances::table.find(id))
        .set((told, moved))
        .returning(AttendanceRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("attendances_open_key", &OPEN, ""), ("attendances_no_show_key", &CAME, "")])
}

/// Keeps who wrote down that somebody went, and when.
pub fn note_leaving(act: &mut Act<'_>, id: AttendanceId, by: AccountId) -> Result<()> {
    let noted = (attendances::left_noted_by.eq(by), attendances::left_noted_at.eq(act.now));
    diesel::update(attendances::table.find(id)).set(noted).execute(act.conn)?;
    Ok(())
}

/// A stay, whoever looks: whether the caller sees its call is asked of that.
pub fn load(look: &mut Look<'_>, id: AttendanceId) -> Result<AttendanceRow> {
    Ok(attendances::table.find(id).select(AttendanceRow::as_select()).first(look.conn)?)
}

/// Keeps what was put right.
pub fn insert_correction(act: &mut Act<'_>, _: &Permit<VolunteerCall>, new: &NewCorrection) -> Result<()> {
    diesel::insert_into(attendance_corrections::table).values(new).execute(act.conn)?;
    Ok(())
}

/// One page of the stays of a shift. The caller organises it.
pub fn page(
    look: &mut Look<'_>,
    _: &Permit<VolunteerCall>,
    shift: ShiftId,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<AttendanceRow>> {
    let mut query = attendances::table
        .filter(attendances::shift_id.eq(shift))
        .select(AttendanceRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(attendances::id.gt(AttendanceId(after)));
    }
    Ok(query.order(attendances::id).limit(pager.fetch()).load(look.conn)?)
}

/// One page of the stays of these records, the newest first.
pub fn page_of(
    look: &mut Look<'_>,
    of: &[ResidentId],
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<AttendanceRow>> {
    let mut query = attendances::table
        .filter(attendances::resident_id.eq_any(of.to_vec()))
        .select(AttendanceRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(attendances::id.lt(AttendanceId(after)));
    }
    Ok(query.order(attendances::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// Whether somebody came to a shift of a call and has not gone.
pub fn has_open(act: &mut Act<'_>, call: VolunteerCallId) -> Result<bool> {
    let open = attendances::table
        .inner_join(shifts::table)
        .filter(shifts::call_id.eq(call))
        .filter(attendances::kind.eq(AttendanceKind::Present).and(attendances::left_at.is_null()));
    Ok(diesel::select(diesel::dsl::exists(open)).get_result(act.conn)?)
}

/// Who had a place of a fixed shift of a call, and of whom nothing is noted, did not come. The ids are made as all are, of the moment and
/// of chance (UUIDv7): byte 6 of a random one begins with its version, 4, which becomes 7.
const ABSENT: &str = "\
    INSERT INTO attendances (id, signup_id, shift_id, resident_id, division, kind, break_minutes, source, reason, created_at, updated_at) \
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING \
               substring(int8send((extract(epoch FROM $1) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid, \
           p.id, p.shift_id, p.resident_id, s.division, 'no_show', 0, 'completion', '', $1, $1 \
    FROM shift_signups p JOIN shifts s ON s.id = p.shift_id \
    WHERE s.call_id = $2 AND s.kind = 'fixed' AND p.state = 'held' AND (p.moved_up_at IS NULL OR p.moved_up_at < s.ends_at) \
        AND NOT EXISTS (SELECT FROM attendances a WHERE a.signup_id = p.id)";

/// Notes those as absent who had a place of a fixed shift of a call, and of whom nothing is noted.
pub fn insert_absent(act: &mut Act<'_>, call: &Permit<VolunteerCall>) -> Result<()> {
    diesel::sql_query(ABSENT)
        .bind::<Timestamptz, _>(act.now)
        .bind::<SqlUuid, _>(call.row.id.0)
        .execute(act.conn)?;
    Ok(())
}

/// Gives the stays of one record to another of the same person.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    diesel::update(attendances::table.filter(attendances::resident_id.eq(pair.from)))
        .set(attendances::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
