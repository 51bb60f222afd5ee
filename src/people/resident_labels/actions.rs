//! Setting a label on a person, and taking it off.

use serde_json::json;

use super::model::{NewResidentLabel, ResidentLabelId, ResidentLabelRow};
use super::wire::{ResidentLabelDraft, ResidentLabelView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::access::division::Division;
use crate::kit::answer::Nothing;
use crate::kit::named::Named;
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::people::disclosures::ResidentId;
use crate::people::labels::{self, LABEL_UNKNOWN, LabelId, LabelRow, RETIRED};
use crate::people::residents::{self, ResidentStatus};

/// Sets a label on a resident. A label not seen there is as unknown as any other.
pub fn create(act: &mut Act<'_>, id: ResidentId, draft: ResidentLabelDraft) -> Result<ResidentLabelView> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Create, resident)?;
    let division = resident.resident.division;
    let label =
        labels::store::find_on_people(act, draft.label, division).or_refuse(&LABEL_UNKNOWN, "/label")?;
    require_setter(act, &label, division)?;
    if resident.resident.status != ResidentStatus::Present {
        return residents::CLOSED.refuse();
    }
    if label.retired_on.is_some() {
        return RETIRED.refuse();
    }
    if label.is_sensitive && draft.reason.is_empty() {
        return Err(rules::REASON_MISSING.at("/reason"));
    }
    let new = NewResidentLabel {
        id: ResidentLabelId::new(),
        resident_id: id,
        label_id: label.id,
        division,
        source: draft.source,
        reason: draft.reason.into_inner(),
        set_by: act.actor.account()?,
        set_at: act.now,
        until: rules::end(draft.until, label.lasts_days, act.now)?,
    };
    let new = act.permit(Action::Create, new)?;
    store::insert(act, &new)?;
    record(act, Action::Create, id, &label, division)?;
    Ok(view(new.into_inner(), label))
}

fn view(new: NewResidentLabel, label: LabelRow) -> ResidentLabelView {
    let NewResidentLabel { id, label_id, source, reason, set_by, set_at, until, .. } = new;
    let LabelRow { code, name, is_sensitive, .. } = label;
    ResidentLabelRow { id, label_id, code, name, is_sensitive, source, reason, set_by, set_at, until }.into()
}

/// Takes a label off a resident. One that the caller does not see there is absent, carried or not.
pub fn delete(act: &mut Act<'_>, id: ResidentId, label: LabelId) -> Result<Nothing> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Delete, resident)?;
    let division = resident.resident.division;
    let label = labels::store::find_on_people(act, label, division)?;
    require_setter(act, &label, division)?;
    if !store::remove(act, &resident, label.id)? {
        return NOT_FOUND.refuse();
    }
    record(act, Action::Delete, id, &label, division)?;
    Ok(Nothing {})
}

fn require_setter(act: &Act<'_>, label: &LabelRow, division: Division) -> Result<()> {
    FORBIDDEN.unless(labels::may_set(&act.actor, label, division))
}

fn record(
    act: &mut Act<'_>,
    action: Action,
    resident: ResidentId,
    label: &LabelRow,
    division: Division,
) -> Result<()> {
    let detail = json!({ "label": label.id });
    act.record(Event { action, id: resident.to_string(), division: Some(division), detail })
}
