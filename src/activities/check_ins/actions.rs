//! Checking people in, one by one or as a gate has gathered them.

use serde_json::json;

use super::Action;
use super::model::{CheckInRow, Occasion};
use super::recording::{Recorded, Scan, record, record_all};
use super::rules::{ONLINE_ONLY, SCAN_UNFIT, VENUE_UNKNOWN, is_in_time, must_fit};
use super::wire::{
    CheckInBatchDraft, CheckInBatchView, CheckInDraft, CheckInResultView, OfflineScanDraft, OfflineScanView,
};
use crate::access::act::{Act, Event};
use crate::access::codes::Shown;
use crate::access::codes::sg1::Code;
use crate::access::gate::Gate;
use crate::kit::problem::{Problem, Result, Rule};
use crate::places::venues;

/// How many signatures are looked at before others get their turn.
const TURN: usize = 16;

/// Checks somebody in. The code was looked at before, so that a repeated request gets the first answer though the code is over.
pub fn create(act: &mut Act<'_>, draft: &CheckInDraft, shown: Result<Shown>) -> Result<CheckInResultView> {
    let occasion = act.permit(Action::Create, draft.occasion())?;
    must_fit(&occasion)?;
    must_be_there(act, &occasion)?;
    let scan = Scan::of_shown(act, &shown?, &occasion)?.scanned(draft.scanned_at);
    let recorded = record(act, &occasion, &occasion, scan)?;
    note(act, Action::Create, &occasion, &recorded.row, json!({ "is_duplicate": recorded.is_duplicate }))?;
    Ok(recorded.into())
}

/// The codes that a gate has gathered, each judged at the moment it was scanned. Needs no database.
pub async fn look_at_all(gate: &Gate, scans: &[OfflineScanDraft]) -> Vec<Result<Code, &'static Rule>> {
    let now = gate.now();
    let mut looked = Vec::with_capacity(scans.len());
    for some in scans.chunks(TURN) {
        looked.extend(some.iter().map(|scan| {
            let code = scan.code.expose();
            match (is_in_time(scan.scanned_at, now), gate.city_codes().knows(code)) {
                (false, _) => Err(&SCAN_UNFIT),
                (_, true) => Err(&ONLINE_ONLY),
                _ => gate.codes().verify(code, scan.scanned_at).map_err(|no| Problem::from(no).rule()),
            }
        }));
        tokio::task::yield_now().await;
    }
    looked
}

/// Writes down what a gate has gathered: what is refused costs the others nothing.
pub fn create_batch(
    act: &mut Act<'_>,
    draft: CheckInBatchDraft,
    looked: Vec<Result<Code, &'static Rule>>,
) -> Result<CheckInBatchView> {
    let occasion = act.permit(Action::CreateBatch, draft.occasion())?;
    must_fit(&occasion)?;
    must_be_there(act, &occasion)?;
    let mut scans = Vec::with_capacity(looked.len());
    for (code, scanned) in looked.iter().zip(draft.scans.into_inner()) {
        if let Ok(code) = code {
            scans.push(Scan::of_code(act, code)?.uploaded(scanned.scanned_at));
        }
    }
    let mut recorded = record_all(act, &occasion, &occasion, scans)?.into_iter();
    let answers =
        looked.into_iter().map(|code| code.and_then(|_| recorded.next().unwrap_or(Err(&SCAN_UNFIT))));
    let items: Vec<OfflineScanView> = answers.enumerate().map(answer).collect();
    let count = |status| items.iter().filter(|item| item.status == status).count();
    let detail = json!({
        "purpose": occasion.purpose.as_str(), "scans": items.len(), "recorded": count(201), "duplicates": count(200)
    });
    let (id, division) =
        (occasion.event.map(|id| id.to_string()).unwrap_or_default(), Some(occasion.division));
    act.record(Event { action: Action::CreateBatch, id, division, detail })?;
    Ok(CheckInBatchView { items })
}

/// A venue that is named lies in the division.
fn must_be_there(act: &mut Act<'_>, occasion: &Occasion) -> Result<()> {
    match occasion.venue {
        Some(venue) if !venues::store::is_in(act, venue, occasion.division)? => {
            Err(VENUE_UNKNOWN.at("/venue"))
        }
        _ => Ok(()),
    }
}

fn answer((index, answer): (usize, Result<Recorded, &'static Rule>)) -> OfflineScanView {
    match answer {
        Ok(recorded) => {
            let status = if recorded.is_duplicate { 200 } else { 201 };
            OfflineScanView { index, status, check_in: Some(recorded.into()), problem: None }
        }
        Err(rule) => OfflineScanView {
            index,
            status: rule.status().as_u16(),
            check_in: None,
            problem: Some(rule.code),
        },
    }
}

/// Whose check-in it was is left out: the trail is kept longer than the track.
/// Writes into the trail what was done, and of which check-in.
pub(super) fn note(
    act: &mut Act<'_>,
    action: Action,
    occasion: &Occasion,
    row: &CheckInRow,
    mut detail: serde_json::Value,
) -> Result<()> {
    detail["purpose"] = row.purpose.as_str().into();
    act.record(Event { action, id: row.id.to_string(), division: Some(occasion.division), detail })
}
