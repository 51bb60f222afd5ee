//! Planning a hearing, and moving it.

use chrono::{DateTime, Utc};

use super::rules::{
    self, ATTENDEE_UNKNOWN, CLASHES, PLACE_UNFIT, PLANNED, ROOM_CLOSED, ROOM_SMALL, ROOM_UNFIT, TIME_UNFIT,
};
use super::views::MediationHearingView;
use super::wire::{MediationHearingDraft, MediationHearingPatch};
use super::{Action, shown};
use crate::access::act::{Act, Permit};
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::hours::OpeningHours;
use crate::kit::list::Few;
use crate::kit::named::Named;
use crate::kit::problem::{Result, Rule};
use crate::matters::hearing_slots::{self, HearingSlotId, is_a_time};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::hearings::{
    self, HearingChange, HearingId, HearingRow, MediationHearingState, NewHearing, Wanted,
};
use crate::matters::mediation_cases::parties::{PartyId, PartyRow};
use crate::matters::mediation_cases::seats::{self, SeatId, SeatRow};
use crate::matters::mediation_cases::{
    self, AsRunner, CONSENT_MISSING, Case, CaseMove, CaseStance, advance, store as cases,
};
use crate::matters::mediation_rooms::{self, MediationRoomId};
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// Where and when.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    slot: Option<HearingSlotId>,
    room: MediationRoomId,
    begins_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// Who is at the table, and which parties.
pub struct Cast<'a> {
    /// Seats that are taken.
    pub seats: Vec<&'a SeatRow>,
    /// Parties.
    pub parties: Vec<&'a PartyRow>,
}

impl<'a> Cast<'a> {
    /// Those that are named, or all who sit and all parties.
    pub fn of(case: &'a Case, seats: Option<&[SeatId]>, parties: Option<&[PartyId]>) -> Result<Self> {
        let sits = |id: &SeatId| case.seats.iter().find(|seat| seat.id == *id && seat.is_taken());
        let is_party = |id: &PartyId| case.parties.iter().find(|party| party.id == *id);
        let seats = match seats {
            None => case.seats.iter().filter(|seat| seat.is_taken()).collect(),
            Some(named) => known(named, sits, "seats")?,
        };
        let parties = match parties {
            None => case.parties.iter().collect(),
            Some(named) => known(named, is_party, "parties")?,
        };
        Ok(Cast { seats, parties })
    }

    /// Whose time that takes.
    pub fn wanted(&self) -> Vec<Wanted> {
        let seats = self.seats.iter().map(|seat| Wanted::seat(seat));
        seats.chain(self.parties.iter().map(|party| Wanted::party(party))).collect()
    }
}

/// Those named, each once.
fn known<'a, I: PartialEq, T>(
    named: &[I],
    find: impl Fn(&I) -> Option<&'a T>,
    field: &str,
) -> Result<Vec<&'a T>> {
    let is_first = |(at, id): &(usize, &I)| !named.iter().take(*at).any(|earlier| earlier == *id);
    let found = named.iter().enumerate().filter(is_first);
    found.map(|(at, id)| find(id).ok_or_else(|| ATTENDEE_UNKNOWN.at(format!("/{field}/{at}")))).collect()
}

/// What holds whenever a case is heard: all agreed, the table is manned, nobody there is objected to, and it is open only if all want it.
pub fn must_be_fit(
    act: &mut Act<'_>,
    case: &Case,
    cast: &Cast<'_>,
    (is_open, on): (bool, DateTime<Utc>),
) -> Result<()> {
    if !case.is_agreed_to() {
        return CONSENT_MISSING.refuse();
    }
    rules::may_be_open(is_open, &case.parties)?;
    rules::must_be_undisputed(&seats::objections(act, case.matter.id)?, &cast.seats)?;
    let rule = cases::grade_rule(act, case.own.grade, case.matter.division, local_date(on))?;
    rules::must_be_manned(rule.as_ref(), &cast.seats)
}

/// A case that the actor runs, locked, that may take this step.
pub fn run(
    act: &mut Act<'_>,
    action: Action,
    id: MatterId,
    step: MediationStep,
) -> Result<(Permit<AsRunner>, CaseStance)> {
    let (case, stance) = mediation_cases::lock(act, id)?;
    let case = act.permit(action, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    after(case.0.state, step).ok_or(&STATE_UNFIT)?;
    Ok((case, stance))
}

/// Plans a hearing.
pub fn create(act: &mut Act<'_>, id: MatterId, draft: MediationHearingDraft) -> Result<MediationHearingView> {
    let (case, stance) = run(act, Action::Create, id, MediationStep::Schedule)?;
    if hearings::live(act, id)?.is_some() {
        return PLANNED.refuse();
    }
    let place = match (draft.slot, draft.room, draft.begins_at, draft.ends_at) {
        (Some(slot), None, None, None) => of_slot(act, slot)?,
        (None, Some(room), Some(begins_at), Some(ends_at)) => Place { slot: None, room, begins_at, ends_at },
        _ => return Err(PLACE_UNFIT.at("")),
    };
    let cast = Cast::of(
        &case.0,
        draft.seats.as_ref().map(Few::as_slice),
        draft.parties.as_ref().map(Few::as_slice),
    )?;
    let wanted = cast.wanted();
    must_be_fit(act, &case.0, &cast, (draft.is_open, place.begins_at))?;
    must_have_room(act, &case.0, &place, wanted.len())?;
    let new = NewHearing {
        id: HearingId::new(),
        case_id: id,
        room_id: place.room,
        slot_id: place.slot,
        begins_at: place.begins_at,
        ends_at: place.ends_at,
        is_open: draft.is_open,
        state: MediationHearingState::Scheduled,
        holds: true,
        edition: 1,
        minutes: String::new(),
        next_steps: String::new(),
        reason: String::new(),
        created_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    hearings::hold(act, place.room.0, &wanted)?;
    hearings::insert(act, &case, &new, CLASHES)?;
    let hearing = hearings::find(act, id, new.id)?.hearing;
    hearings::expect(act, &case, &hearing, (&wanted, true), CLASHES)?;
    advance(act, Action::Create, &case, planned(MediationStep::Schedule, place.begins_at))?;
    shown::one(act, stance, id, new.id)
}

/// A step that is told with its day.
fn planned(step: MediationStep, begins_at: DateTime<Utc>) -> CaseMove {
    let mut step = CaseMove::new(step);
    step.entry.due_on = Some(local_date(begins_at));
    step
}

/// Moves a planned hearing, or changes who is expected.
pub fn update(
    act: &mut Act<'_>,
    (id, hearing): (MatterId, HearingId),
    seen: &IfMatch,
    patch: MediationHearingPatch,
) -> Result<MediationHearingView> {
    let (case, stance) = run(act, Action::Update, id, MediationStep::Move)?;
    let before = hearings::find(act, id, hearing)?.hearing;
    seen.check(before.version)?;
    if before.state != MediationHearingState::Scheduled {
        return STATE_UNFIT.refuse();
    }
    let (place, is_open) = (moved(act, &before, &patch)?, patch.is_open.0.unwrap_or(before.is_open));
    let (seats, parties) = expected(act, &case.0, &before, &patch)?;
    let cast = Cast::of(&case.0, Some(&seats), Some(&parties))?;
    let wanted = cast.wanted();
    must_be_fit(act, &case.0, &cast, (is_open, place.begins_at))?;
    let is_moved = place != placed(&before);
    if is_moved {
        must_have_room(act, &case.0, &place, wanted.len())?;
    }
    let is_new = is_moved || is_open != before.is_open;
    let change = HearingChange {
        room_id: Some(place.room),
        slot_id: Some(place.slot),
        begins_at: Some(place.begins_at),
        ends_at: Some(place.ends_at),
        is_open: Some(is_open),
        edition: is_new.then_some(before.edition.saturating_add(1)),
        ..HearingChange::default()
    };
    hearings::hold(act, place.room.0, &wanted)?;
    hearings::drop_all_but(act, &case, hearing, &wanted)?;
    hearings::change(act, &case, hearing, &change, CLASHES)?;
    let after = hearings::find(act, id, hearing)?.hearing;
    hearings::expect(act, &case, &after, (&wanted, true), CLASHES)?;
    advance(act, Action::Update, &case, planned(MediationStep::Move, place.begins_at))?;
    shown::one(act, stance, id, hearing)
}

fn placed(hearing: &HearingRow) -> Place {
    let HearingRow { slot_id, room_id, begins_at, ends_at, .. } = *hearing;
    Place { slot: slot_id, room: room_id, begins_at, ends_at }
}

/// Where it is after the change: in a free time, or where and when is told, the rest as before.
fn moved(act: &mut Act<'_>, before: &HearingRow, patch: &MediationHearingPatch) -> Result<Place> {
    let (room, begins_at, ends_at) = (patch.room.0, patch.begins_at.0, patch.ends_at.0);
    let is_placed = room.is_some() || begins_at.is_some() || ends_at.is_some();
    match patch.slot.0 {
        Some(_) if is_placed => Err(PLACE_UNFIT.at("/slot")),
        Some(slot) => of_slot(act, slot),
        None if !is_placed => Ok(placed(before)),
        None => Ok(Place {
            slot: None,
            room: room.unwrap_or(before.room_id),
            begins_at: begins_at.unwrap_or(before.begins_at),
            ends_at: ends_at.unwrap_or(before.ends_at),
        }),
    }
}

/// Who is expected after the change: whoever is named, else as before, but for who left the table meanwhile.
fn expected(
    act: &mut Act<'_>,
    case: &Case,
    before: &HearingRow,
    patch: &MediationHearingPatch,
) -> Result<(Vec<SeatId>, Vec<PartyId>)> {
    let there = hearings::attendees(act, &[before.id])?;
    let sits = |id: &SeatId| case.seats.iter().any(|seat| seat.id == *id && seat.is_taken());
    let seats = match &patch.seats.0 {
        Some(named) => named.as_slice().to_vec(),
        None => there.iter().filter_map(|one| one.seat_id).filter(sits).collect(),
    };
    let parties = match &patch.parties.0 {
        Some(named) => named.as_slice().to_vec(),
        None => there.iter().filter_map(|one| one.party_id).collect(),
    };
    Ok((seats, parties))
}

fn of_slot(act: &mut Act<'_>, slot: HearingSlotId) -> Result<Place> {
    let slot = hearing_slots::store::find(act, slot).or_refuse(&ROOM_UNFIT, "/slot")?;
    Ok(Place { slot: Some(slot.id), room: slot.room_id, begins_at: slot.begins_at, ends_at: slot.ends_at })
}

/// A room that is used, serves the place of the case, is open then and holds so many, and a time that is ahead.
fn must_have_room(act: &mut Act<'_>, case: &Case, place: &Place, people: usize) -> Result<()> {
    let refuse = |rule: &'static Rule, field| rule.at(if place.slot.is_some() { "/slot" } else { field });
    let found = mediation_rooms::store::find(act, place.room);
    let room = found.or_refuse(&ROOM_UNFIT, if place.slot.is_some() { "/slot" } else { "/room" })?.room;
    if !room.is_active || !room.division.range().contains(case.matter.division) {
        return Err(refuse(&ROOM_UNFIT, "/room"));
    }
    if !is_a_time(place.begins_at, place.ends_at, act.now) {
        return Err(refuse(&TIME_UNFIT, "/begins_at"));
    }
    if usize::try_from(room.capacity).is_ok_and(|holds| people > holds) {
        return ROOM_SMALL.refuse();
    }
    // Only what was checked is written, so what does not read was written by another hand: no hours. Without hours nobody is kept out.
    let hours: OpeningHours = serde_json::from_value(room.opening_hours).unwrap_or_default();
    let is_known = !hours.weekly.is_empty() || !hours.exceptions.is_empty();
    // A free time says by itself that somebody is there.
    let is_open = place.slot.is_some() || !is_known || hours.is_open_between(place.begins_at, place.ends_at);
    ROOM_CLOSED.unless(is_open)
}
