//! Every query of hearings. What takes somebody's time names the rules that refuse it: the room's, the person's, the party's.

use std::collections::BTreeSet;

use diesel::dsl::{exists, max, not};
use diesel::prelude::*;
use uuid::Uuid;

use super::super::kinds::MediationSeatState;
use super::model::{
    AttendeeRow, HearingChange, HearingId, HearingRow, MediationHearingState, NewAttendee, NewHearing,
    NewNotice, NewReservation, NoticeRow, PlacedHearingRow, Wanted,
};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::kit::id;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::people::residents::OnePerson;
use crate::schema::{
    mediation_hearing_attendees as attendee, mediation_hearing_notices as notice,
    mediation_hearing_reservations as reservation, mediation_hearings, mediation_rooms, mediation_seats,
};

/// What is refused of a hearing's time: another hearing of the case, the room, the person, the party.
pub type Clashes<'a> = &'a [(&'a str, &'static Rule, &'a str)];

/// One page of the hearings of a case that was found, the first first, and where they are.
pub fn page(
    look: &mut Look<'_>,
    case: MatterId,
    pager: &Pager<'_, HearingId>,
) -> Result<Vec<PlacedHearingRow>> {
    let mut query = mediation_hearings::table
        .inner_join(mediation_rooms::table)
        .filter(mediation_hearings::case_id.eq(case))
        .select((HearingRow::as_select(), mediation_rooms::name, mediation_rooms::address))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(mediation_hearings::id.gt(after));
    }
    Ok(query.order(mediation_hearings::id).limit(pager.fetch()).load(look.conn)?)
}

/// A hearing of a case that was found.
pub fn find(look: &mut Look<'_>, case: MatterId, id: HearingId) -> Result<PlacedHearingRow> {
    let there = mediation_hearings::table
        .inner_join(mediation_rooms::table)
        .filter(mediation_hearings::id.eq(id).and(mediation_hearings::case_id.eq(case)));
    let columns = (HearingRow::as_select(), mediation_rooms::name, mediation_rooms::address);
    Ok(there.select(columns).first(look.conn)?)
}

/// The one that is planned, or held just now.
pub fn live(look: &mut Look<'_>, case: MatterId) -> Result<Option<HearingRow>> {
    let there =
        mediation_hearings::table.filter(mediation_hearings::case_id.eq(case).and(mediation_hearings::holds));
    Ok(there.select(HearingRow::as_select()).first(look.conn).optional()?)
}

/// Whether no other hearing of the case began later.
pub fn is_latest(look: &mut Look<'_>, hearing: &HearingRow) -> Result<bool> {
    let of_case = mediation_hearings::table.filter(mediation_hearings::case_id.eq(hearing.case_id));
    let last = of_case.select(max(mediation_hearings::begun_at)).first::<Option<_>>(look.conn)?;
    Ok(last == hearing.begun_at)
}

/// Until this act has ended nobody else reserves this room or any of these people: two at once would wait for each other.
pub fn hold(act: &mut Act<'_>, room: Uuid, wanted: &[Wanted]) -> Result<()> {
    let people = wanted.iter().flat_map(|one| [one.account_id.map(|account| account.0), one.subject_id]);
    let all: BTreeSet<Uuid> = people.flatten().chain([room]).collect();
    all.into_iter()
        .try_for_each(|one| act.serialise(&act.ring.hash("mediation-hearing.time", &[one.as_bytes()])))
}

/// Plans a hearing. For who holds the room and the people.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewHearing, clashes: Clashes<'_>) -> Result<()> {
    diesel::insert_into(mediation_hearings::table).values(new).execute(act.conn).on_constraints(clashes)?;
    Ok(())
}

/// Changes a hearing; what is reserved follows. For who holds the room and the people, where it takes another time.
pub fn change<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: HearingId,
    change: &HearingChange,
    clashes: Clashes<'_>,
) -> Result<()> {
    let (version, updated_at) = (mediation_hearings::version, mediation_hearings::updated_at);
    diesel::update(mediation_hearings::table.find(id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .execute(act.conn)
        .on_constraints(clashes)?;
    Ok(())
}

/// Who is expected at hearings, and who came.
pub fn attendees(look: &mut Look<'_>, hearings: &[HearingId]) -> Result<Vec<AttendeeRow>> {
    let there = attendee::table.filter(attendee::hearing_id.eq_any(hearings)).order(attendee::id);
    Ok(there.select(AttendeeRow::as_select()).load(look.conn)?)
}

/// Lets go of who is not expected any more. Their time is free at once.
pub fn drop_all_but<T>(act: &mut Act<'_>, _: &Permit<T>, id: HearingId, kept: &[Wanted]) -> Result<()> {
    let seats: Vec<_> = kept.iter().filter_map(|one| one.seat_id).collect();
    let parties: Vec<_> = kept.iter().filter_map(|one| one.party_id).collect();
    let other_seat =
        attendee::seat_id.is_not_null().and(not(attendee::seat_id.assume_not_null().eq_any(seats)));
    let other_party =
        attendee::party_id.is_not_null().and(not(attendee::party_id.assume_not_null().eq_any(parties)));
    let gone = attendee::table.filter(attendee::hearing_id.eq(id)).filter(other_seat.or(other_party));
    diesel::delete(gone).execute(act.conn)?;
    release(act, id)
}

/// What is reserved for nobody who is expected is free.
fn release(look: &mut Look<'_>, id: HearingId) -> Result<()> {
    let still = attendee::table.filter(attendee::hearing_id.eq(id)).filter(
        attendee::account_id
            .eq(reservation::account_id)
            .assume_not_null()
            .or(attendee::subject_id.eq(reservation::subject_id).assume_not_null()),
    );
    let free = reservation::table.filter(reservation::hearing_id.eq(id)).filter(not(exists(still)));
    diesel::delete(free).execute(look.conn)?;
    Ok(())
}

/// Reserves the time of who is not reserved yet, and notes that they are expected, or came without being so.
pub fn expect<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    hearing: &HearingRow,
    (wanted, is_expected): (&[Wanted], bool),
    clashes: Clashes<'_>,
) -> Result<()> {
    let known: Vec<(Option<AccountId>, Option<Uuid>)> = reservation::table
        .filter(reservation::hearing_id.eq(hearing.id))
        .select((reservation::account_id, reservation::subject_id))
        .load(act.conn)?;
    let subjects: BTreeSet<Uuid> = wanted.iter().filter_map(|one| one.subject_id).collect();
    let accounts: BTreeSet<Uuid> = wanted.iter().filter_map(|one| one.account_id.map(|id| id.0)).collect();
    let new = |account_id: Option<AccountId>, subject_id: Option<Uuid>| NewReservation {
        id: id::next(),
        hearing_id: hearing.id,
        account_id,
        subject_id,
        begins_at: hearing.begins_at,
        ends_at: hearing.ends_at,
        holds: hearing.state.holds(),
    };
    // The parties first: whoever is one and speaks for it, too, is told so.
    let of_parties = subjects.into_iter().map(|subject| (None, Some(subject)));
    let of_accounts = accounts.into_iter().map(|account| (Some(AccountId(account)), None));
    let wants = of_parties.chain(of_accounts).filter(|one| !known.contains(one));
    let rows: Vec<NewReservation> = wants.map(|(account, subject)| new(account, subject)).collect();
    diesel::insert_into(reservation::table).values(&rows).execute(act.conn).on_constraints(clashes)?;
    let there = attendees(act, &[hearing.id])?;
    let newcomers = wanted.iter().filter(|one| !there.iter().any(|row| row.is(one)));
    let rows: Vec<NewAttendee> = newcomers
        .map(|one| NewAttendee {
            id: id::next(),
            hearing_id: hearing.id,
            seat_id: one.seat_id,
            party_id: one.party_id,
            account_id: one.account_id,
            subject_id: one.subject_id,
            is_expected,
            has_attended: None,
        })
        .collect();
    diesel::insert_into(attendee::table).values(&rows).execute(act.conn)?;
    Ok(())
}

/// Notes who came, and who did not.
pub fn attend<T>(act: &mut Act<'_>, _: &Permit<T>, id: HearingId, came: &[Wanted]) -> Result<()> {
    let there = attendee::table.filter(attendee::hearing_id.eq(id));
    diesel::update(there).set(attendee::has_attended.eq(false)).execute(act.conn)?;
    let seats: Vec<_> = came.iter().filter_map(|one| one.seat_id).collect();
    let parties: Vec<_> = came.iter().filter_map(|one| one.party_id).collect();
    let is_there = attendee::seat_id
        .eq_any(seats)
        .assume_not_null()
        .or(attendee::party_id.eq_any(parties).assume_not_null());
    let present = attendee::table.filter(attendee::hearing_id.eq(id)).filter(is_there);
    diesel::update(present).set(attendee::has_attended.eq(true)).execute(act.conn)?;
    Ok(())
}

/// The case is over: what was planned is called off, and what is held ends.
pub fn end(look: &mut Look<'_>, case: MatterId) -> Result<()> {
    let Some(hearing) = live(look, case)? else { return Ok(()) };
    let change = match hearing.state {
        MediationHearingState::InSession => {
            HearingChange { ended_at: Some(look.now), ..HearingChange::to(MediationHearingState::Concluded) }
        }
        _ => HearingChange::to(MediationHearingState::Cancelled),
    };
    let (version, updated_at) = (mediation_hearings::version, mediation_hearings::updated_at);
    diesel::update(mediation_hearings::table.find(hearing.id))
        .set((change, version.eq(version + 1), updated_at.eq(look.now)))
        .execute(look.conn)?;
    Ok(())
}

/// Whoever left the table is not expected at what is planned.
pub fn drop_left(look: &mut Look<'_>, case: MatterId) -> Result<()> {
    let planned = live(look, case)?.filter(|hearing| hearing.state == MediationHearingState::Scheduled);
    let Some(hearing) = planned else { return Ok(()) };
    let left = mediation_seats::table
        .filter(mediation_seats::case_id.eq(case))
        .filter(mediation_seats::state.ne(MediationSeatState::Accepted))
        .select(mediation_seats::id.nullable());
    let gone = attendee::table.filter(attendee::hearing_id.eq(hearing.id));
    diesel::delete(gone.filter(attendee::seat_id.eq_any(left).assume_not_null())).execute(look.conn)?;
    release(look, hearing.id)
}

/// What was said of notices of hearings, the first first.
pub fn notices(look: &mut Look<'_>, hearings: &[HearingId]) -> Result<Vec<NoticeRow>> {
    let there = notice::table.filter(notice::hearing_id.eq_any(hearings)).order(notice::id);
    Ok(there.select(NoticeRow::as_select()).load(look.conn)?)
}

/// Notes that somebody was told.
pub fn serve<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewNotice) -> Result<()> {
    diesel::insert_into(notice::table).values(new).execute(act.conn)?;
    Ok(())
}

/// Who is expected and has not been told of when and where it is now.
pub fn unserved(look: &mut Look<'_>, hearing: &HearingRow) -> Result<Vec<AttendeeRow>> {
    let told = notices(look, &[hearing.id])?;
    let is_told = |one: &AttendeeRow| {
        let of_now = told.iter().filter(|row| row.edition == hearing.edition);
        of_now.into_iter().any(|row| (row.seat_id, row.party_id) == (one.seat_id, one.party_id))
    };
    let expected = attendees(look, &[hearing.id])?;
    Ok(expected.into_iter().filter(|one| one.is_expected && !is_told(one)).collect())
}

/// What is reserved for somebody is reserved for the record that stays; where that has the time taken, or is expected there too, it needs none.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let other = diesel::alias!(reservation as other);
    let clashing = other.filter(other.field(reservation::subject_id).eq(pair.into.0)).filter(
        other.field(reservation::hearing_id).eq(reservation::hearing_id).or(other
            .field(reservation::begins_at)
            .lt(reservation::ends_at)
            .and(other.field(reservation::ends_at).gt(reservation::begins_at))),
    );
    let known = reservation::table
        .filter(reservation::subject_id.eq(pair.from.0))
        .filter(reservation::holds.and(not(exists(clashing))));
    diesel::update(known).set(reservation::subject_id.eq(pair.into.0)).execute(act.conn)?;
    Ok(())
}
