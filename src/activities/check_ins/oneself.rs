//! The other way about: a person scans the code of a venue, and checks themselves in.

use serde_json::json;

use super::Action;
use super::actions::note;
use super::model::{CheckInId, CheckInRow, Occasion};
use super::recording::{note_hours, write};
use super::rules::must_fit;
use super::wire::{CheckInResultView, OwnCheckInDraft};
use crate::access::act::{Act, Mine};
use crate::kit::problem::Result;
use crate::people::consents::{self, ConsentPurpose};
use crate::people::subjects;
use crate::places::venues::{self, CodeGrade, VenueScan};

/// Checks the caller in where they are. A code that moves proves that they are there, and counts for the hours of a shift, too; a printed
/// one can be photographed, so whoever organises notes those.
pub fn create(act: &mut Act<'_>, draft: OwnCheckInDraft) -> Result<CheckInResultView> {
    let mine = act.permit(Action::CreateOwn, Mine)?;
    let scan = venues::read_code(act, &draft.code, draft.location)?;
    let VenueScan { venue, division, grade, .. } = scan;
    let occasion = Occasion { purpose: draft.purpose, division, event: draft.event, venue: Some(venue) };
    must_fit(&occasion)?;
    let account = act.actor.account()?;
    if occasion.purpose.is_track() {
        consents::require(act, account, ConsentPurpose::MovementTrack)?;
    }
    // A record of another committee is none of this one's business.
    let here = subjects::own(act)?.into_iter().find(|subject| subject.division == division);
    let row = CheckInRow {
        id: CheckInId::new(),
        division,
        purpose: occasion.purpose,
        event_id: occasion.event,
        venue_id: occasion.venue,
        account_id: Some(account),
        resident_id: here.map(|subject| subject.resident),
        recorded_by: Some(account),
        application_id: None,
        is_offline: false,
        scanned_at: None,
        checked_in_at: act.now,
        recorded_at: act.now,
        follows_id: None,
    };
    let recorded = write(act, &mine, &row)?;
    let is_noted = match grade {
        CodeGrade::Rotating => note_hours(act, &row, true)?,
        _ => occasion.purpose.is_shift().then_some(false),
    };
    note(act, Action::CreateOwn, &occasion, &recorded.row, json!({ "is_duplicate": recorded.is_duplicate }))?;
    Ok(recorded.noted(is_noted).into())
}
