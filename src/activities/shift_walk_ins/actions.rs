//! Letting somebody in. Lock order: the call, the record, the shift, the person's turn.

use serde_json::json;

use super::rules::FULL;
use super::wire::ShiftWalkInDraft;
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::AccountId;
use crate::access::codes::Shown;
use crate::activities::attendances::{self, AttendanceView};
use crate::activities::check_ins::{self, CODE_USED, CheckInPurpose, Occasion, PERSON_UNKNOWN, Scan};
use crate::activities::shift_signups::{
    self, CLASH, CONSENT_MISSING, GuardianConsent, NOT_OPEN, OUTSIDE, OWN, PersonId, ShiftSignupId,
    ShiftSignupState, SignupRow, store as signups,
};
use crate::activities::shifts::{self, ShiftId};
use crate::activities::volunteer_calls::{self, VolunteerCall, VolunteerCallStep, must_follow};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// Lets somebody in who may, where a place is free; who has one already just comes. The code was looked at before.
pub fn create(
    act: &mut Act<'_>,
    id: ShiftId,
    draft: &ShiftWalkInDraft,
    shown: Result<Shown>,
) -> Result<AttendanceView> {
    let shift = shifts::store::load(act, id)?;
    let call = volunteer_calls::store::find(act, shift.call_id)?;
    let call = act.permit(Action::Create, call)?;
    must_follow(attendances::store::hold_call(act, shift.call_id)?, VolunteerCallStep::NoteAttendance)?;
    attendances::must_be_arrival(&shift, act.now, act.now)?;
    let (purpose, division) = (CheckInPurpose::ShiftIn, shift.division);
    let occasion = Occasion { purpose, division, event: Some(id.0), venue: None };
    let scan = Scan::of_shown(act, &shown?, &occasion)?;
    let account = scan.account().ok_or(&PERSON_UNKNOWN)?;
    if account == act.actor.account()? {
        return OWN.refuse();
    }
    let signup = take(act, &call, id, account, draft)?;
    let today = local_date(act.now);
    shift_signups::must_be_safe(act, signup, (today, today))?;
    // What a gate has used up, at this moment perhaps, says nothing of the hours; a fresh one does.
    let recorded = check_ins::record(act, &call, &occasion, scan)?;
    let unheard = if recorded.is_used { &CODE_USED } else { &attendances::CAME };
    let stay = attendances::store::open(act, signup)?.ok_or(unheard)?;
    let detail = json!({ "shift": id, "signup": signup });
    act.record(Event { action: Action::Create, id: stay.id.to_string(), division: Some(division), detail })?;
    Ok(stay.into())
}

/// The sign-up by which somebody has a place, now at the latest.
fn take(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    shift: ShiftId,
    account: AccountId,
    draft: &ShiftWalkInDraft,
) -> Result<ShiftSignupId> {
    shift_signups::hold(act, &[account])?;
    match store::active(act, shift, PersonId(account.0))? {
        None => take_free(act, call, shift, account, draft),
        Some(signup) => match signup.state {
            ShiftSignupState::Held => Ok(signup.id),
            ShiftSignupState::Requested => approve(act, call, &signup, draft),
            _ => FULL.refuse(),
        },
    }
}

/// How a guardian agreed, where one must.
fn consent(draft: &ShiftWalkInDraft, is_needed: bool) -> Result<Option<GuardianConsent>> {
    match draft.consent_by {
        None if is_needed => Err(CONSENT_MISSING.at("/consent_by")),
        consent_by => Ok(consent_by.filter(|_| is_needed)),
    }
}

/// Whoever asked and stands there may come.
fn approve(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    signup: &SignupRow,
    draft: &ShiftWalkInDraft,
) -> Result<ShiftSignupId> {
    let consent_by = consent(draft, signup.needs_consent)?;
    signups::decide(act, call, signup.id, (consent_by, None))?;
    let changed = shifts::store::change_places(act, signup.shift_id, Some((signup.id.0, "approved")), None)?;
    let has_place = changed.iter().any(|one| one.signup == signup.id.0 && one.became == "held");
    if has_place { Ok(signup.id) } else { FULL.refuse() }
}

fn take_free(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    shift: ShiftId,
    account: AccountId,
    draft: &ShiftWalkInDraft,
) -> Result<ShiftSignupId> {
    let offer = signups::offers(act, &[shift])?.pop().ok_or(&NOT_OPEN)?;
    let known = shift_signups::own_candidates(act, &[account])?;
    let records: Vec<_> = known.iter().map(|one| one.resident).collect();
    let members = match offer.team {
        Some(team) => shift_signups::members(act, &[team], &records)?,
        None => Vec::new(),
    };
    let (one, is_first) = shift_signups::closest(&offer, &known, &members).ok_or(&OUTSIDE)?;
    let asking = shift_signups::may_come(&offer, (one, is_first), false, draft.confirms.as_slice(), act.now)?;
    let consent_by = consent(draft, asking.consents)?;
    let id = ShiftSignupId::new();
    match store::claim_at_door(act, call, (id, shift), one, consent_by)?.as_str() {
        "held" => Ok(id),
        "full" => FULL.refuse(),
        "busy" => CLASH.refuse(),
        _ => NOT_OPEN.refuse(),
    }
}
