//! That somebody was told of a hearing 送达: they say so themselves, or somebody notes how they were told.

use chrono::{DateTime, Utc};

use super::planning::run;
use super::rules::{NOT_EXPECTED, NOTICE_UNFIT};
use super::views::MediationHearingView;
use super::wire::MediationHearingNoticeDraft;
use super::{Action, shown};
use crate::access::act::{Act, Governed, Permit};
use crate::kit::problem::{FORBIDDEN, Result};
use crate::kit::text::Label;
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::hearings::{
    self, HearingId, MediationHearingState, MediationNoticeMeans, NewNotice, NoticeId,
};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_cases::{self, AsParty, AsSeat, Case, CaseMove, CaseStance, advance};
use crate::matters::registry::{Audience, MatterId, STATE_UNFIT};
use crate::matters::timeline::Entry;

/// Who was told, how, and what is known of it.
struct Told {
    whom: (Option<SeatId>, Option<PartyId>),
    means: MediationNoticeMeans,
    at: DateTime<Utc>,
    is_confirmed: bool,
    note: String,
}

/// Notes that somebody was told.
pub fn create(
    act: &mut Act<'_>,
    which: (MatterId, HearingId),
    draft: MediationHearingNoticeDraft,
) -> Result<MediationHearingView> {
    if draft.party.is_none() && draft.seat.is_none() {
        return confirm(act, which, draft);
    }
    let (case, stance) = run(act, Action::CreateNotice, which.0, MediationStep::Serve)?;
    let means = draft.means.filter(|means| *means != MediationNoticeMeans::App);
    let means = means.ok_or_else(|| NOTICE_UNFIT.at("/means"))?;
    if draft.party.is_some() && draft.seat.is_some() {
        return Err(NOT_EXPECTED.at("/seat"));
    }
    let at = draft.served_at.unwrap_or(act.now);
    let told = Told {
        whom: (draft.seat, draft.party),
        means,
        at,
        is_confirmed: draft.is_confirmed,
        note: Label::into_inner(draft.note),
    };
    note(act, &case, stance, which.1, told)
}

/// One read it oneself, in the app.
fn confirm(
    act: &mut Act<'_>,
    (id, hearing): (MatterId, HearingId),
    draft: MediationHearingNoticeDraft,
) -> Result<MediationHearingView> {
    let (case, stance) = mediation_cases::lock(act, id)?;
    let is_in_app = draft.means.is_none_or(|means| means == MediationNoticeMeans::App);
    if !is_in_app || draft.served_at.is_some() {
        return Err(NOTICE_UNFIT.at("/means"));
    }
    let told = |whom, at| Told {
        whom,
        means: MediationNoticeMeans::App,
        at,
        is_confirmed: true,
        note: Label::into_inner(draft.note),
    };
    let now = act.now;
    match stance {
        CaseStance::Party(party) => {
            let case = act.permit(Action::CreateNotice, AsParty(case))?;
            note(act, &case, stance, hearing, told((None, Some(party)), now))
        }
        CaseStance::Seat { id: seat, .. } => {
            let case = act.permit(Action::CreateNotice, AsSeat(case))?;
            note(act, &case, stance, hearing, told((Some(seat), None), now))
        }
        CaseStance::Asked(_) | CaseStance::Office | CaseStance::Overseer => FORBIDDEN.refuse(),
    }
}

fn note<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    stance: CaseStance,
    id: HearingId,
    told: Told,
) -> Result<MediationHearingView> {
    let (matter, state) = {
        let case: &Case = (**permit).as_ref();
        (case.matter.id, case.state)
    };
    after(state, MediationStep::Serve).ok_or(&STATE_UNFIT)?;
    let hearing = hearings::find(act, matter, id)?.hearing;
    if hearing.state != MediationHearingState::Scheduled {
        return STATE_UNFIT.refuse();
    }
    if told.at > act.now || told.at < hearing.created_at {
        return Err(NOTICE_UNFIT.at("/served_at"));
    }
    let there = hearings::attendees(act, &[id])?;
    let (seat_id, party_id) = told.whom;
    if !there.iter().any(|one| one.is_expected && (one.seat_id, one.party_id) == told.whom) {
        return Err(NOT_EXPECTED.at(if seat_id.is_some() { "/seat" } else { "/party" }));
    }
    let new = NewNotice {
        id: NoticeId::new(),
        hearing_id: id,
        edition: hearing.edition,
        seat_id,
        party_id,
        means: told.means,
        is_confirmed: told.is_confirmed,
        note: told.note,
        served_at: told.at,
        noted_by: act.actor.account()?,
        created_at: act.now,
    };
    hearings::serve(act, permit, &new)?;
    let mut served = CaseMove::new(MediationStep::Serve);
    served.entry = Entry::of(served.entry.event).to(Audience::Staff);
    served.entry.reason = Some(told.means.as_str());
    advance(act, Action::CreateNotice, permit, served)?;
    shown::one(act, stance, matter, id)
}
