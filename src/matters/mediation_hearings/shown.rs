//! Hearings, put together for whoever reads them.

use super::views::{
    MediationHearingAttendeeView, MediationHearingNoticeView, MediationHearingRoomView, MediationHearingView,
};
use crate::access::act::Look;
use crate::kit::problem::{FORBIDDEN, Result};
use crate::matters::mediation_cases::hearings::{
    self, AttendeeRow, HearingId, HearingRow, NoticeRow, PlacedHearingRow,
};
use crate::matters::mediation_cases::{self, Case, CaseStance};
use crate::matters::registry::MatterId;

/// A case of which the caller may read more than that there is one.
pub fn seen(look: &mut Look<'_>, id: MatterId) -> Result<(Case, CaseStance)> {
    let (case, stance) = mediation_cases::seen(look, id)?;
    if stance.is_told_facts() { Ok((case, stance)) } else { FORBIDDEN.refuse() }
}

/// One hearing as that reader is told.
pub fn one(
    look: &mut Look<'_>,
    stance: CaseStance,
    case: MatterId,
    id: HearingId,
) -> Result<MediationHearingView> {
    let row = hearings::find(look, case, id)?;
    let (there, told) = (hearings::attendees(look, &[id])?, hearings::notices(look, &[id])?);
    Ok(view(row, stance, &there, &told))
}

/// Several.
pub fn all(
    look: &mut Look<'_>,
    stance: CaseStance,
    rows: Vec<PlacedHearingRow>,
) -> Result<Vec<MediationHearingView>> {
    let ids: Vec<HearingId> = rows.iter().map(|row| row.hearing.id).collect();
    let (there, told) = (hearings::attendees(look, &ids)?, hearings::notices(look, &ids)?);
    Ok(rows.into_iter().map(|row| view(row, stance, &there, &told)).collect())
}

fn view(
    row: PlacedHearingRow,
    stance: CaseStance,
    there: &[AttendeeRow],
    told: &[NoticeRow],
) -> MediationHearingView {
    let PlacedHearingRow { hearing, room_name, address } = row;
    let of_it = there.iter().filter(|one| one.hearing_id == hearing.id);
    let attendees = of_it.map(|one| attendee(one, &hearing, stance, told)).collect();
    MediationHearingView {
        id: hearing.id,
        case: hearing.case_id,
        room: MediationHearingRoomView { id: hearing.room_id, name: room_name, address },
        slot: hearing.slot_id,
        begins_at: hearing.begins_at,
        ends_at: hearing.ends_at,
        is_open: hearing.is_open,
        state: hearing.state,
        edition: hearing.edition,
        attendees,
        begun_at: hearing.begun_at,
        ended_at: hearing.ended_at,
        minutes: hearing.minutes,
        next_steps: hearing.next_steps,
        reason: hearing.reason,
        version: hearing.version,
        created_at: hearing.created_at,
        updated_at: hearing.updated_at,
    }
}

fn attendee(
    one: &AttendeeRow,
    hearing: &HearingRow,
    stance: CaseStance,
    told: &[NoticeRow],
) -> MediationHearingAttendeeView {
    let is_told = match stance {
        CaseStance::Party(party) => one.party_id == Some(party),
        _ => stance.is_at_table(),
    };
    let of_now = |row: &&NoticeRow| {
        row.hearing_id == hearing.id
            && row.edition == hearing.edition
            && (row.seat_id, row.party_id) == (one.seat_id, one.party_id)
    };
    // The last word counts: who was told by telephone may confirm it later.
    let last = told.iter().rfind(of_now).filter(|_| is_told);
    MediationHearingAttendeeView {
        seat: one.seat_id,
        party: one.party_id,
        is_expected: one.is_expected,
        has_attended: one.has_attended,
        notice: last.map(|row| MediationHearingNoticeView {
            means: row.means,
            served_at: row.served_at,
            is_confirmed: row.is_confirmed,
            note: stance.is_at_table().then(|| row.note.clone()),
        }),
    }
}
