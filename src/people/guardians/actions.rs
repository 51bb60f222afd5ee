//! Recording who acts for a child, and ending it.

use serde_json::json;

use super::model::{GuardianRow, GuardianshipId, NewGuardian};
use super::rules::{NOT_ADULT, NOT_CHILD, UNKNOWN, is_of_age};
use super::wire::{GuardianDraft, GuardianView};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::ResidentId;
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::named::Named;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::people::residents::{self, ResidentDetailRow, ResidentStatus};
use crate::people::subjects;

/// Records a guardian of a child under 14, both within reach.
pub fn create(act: &mut Act<'_>, id: ResidentId, draft: GuardianDraft) -> Result<GuardianView> {
    let ward = residents::store::lock(act, id)?;
    let ward = act.permit(Action::Create, ward)?;
    let today = local_date(act.now);
    let is_present = |row: &ResidentDetailRow| row.resident.status == ResidentStatus::Present;
    if !is_present(&ward) || !subjects::is_child(ward.resident.born_on, today) {
        return NOT_CHILD.refuse();
    }
    let guardian = residents::store::find(act, draft.guardian).or_refuse(&UNKNOWN, "/guardian")?.resident;
    if guardian.id == id || guardian.status != ResidentStatus::Present {
        return Err(UNKNOWN.at("/guardian"));
    }
    if !is_of_age(guardian.born_on, today) {
        return Err(NOT_ADULT.at("/guardian"));
    }
    let new = NewGuardian {
        id: GuardianshipId::new(),
        ward_id: id,
        guardian_id: guardian.id,
        division: ward.resident.division,
        relation: draft.relation,
        evidence: draft.evidence.into_inner(),
        recorded_by: act.actor.account()?,
        created_at: act.now,
    };
    store::insert(act, &ward, &new)?;
    record(act, Action::Create, &ward, guardian.id)?;
    act.announce("guardian.recorded", json!({ "resident": id, "guardian": guardian.id }))?;
    let NewGuardian { id, ward_id, guardian_id, relation, evidence, created_at, .. } = new;
    Ok(GuardianRow { id, ward_id, guardian_id, name: guardian.name, relation, evidence, created_at }.into())
}

/// Ends a guardianship.
pub fn delete(act: &mut Act<'_>, id: ResidentId, guardian: ResidentId) -> Result<Nothing> {
    let ward = residents::store::lock(act, id)?;
    let ward = act.permit(Action::Delete, ward)?;
    if !store::end(act, &ward, guardian)? {
        return NOT_FOUND.refuse();
    }
    record(act, Action::Delete, &ward, guardian)?;
    act.announce("guardian.ended", json!({ "resident": id, "guardian": guardian }))?;
    Ok(Nothing {})
}

fn record(
    act: &mut Act<'_>,
    action: Action,
    ward: &Permit<ResidentDetailRow>,
    guardian: ResidentId,
) -> Result<()> {
    let (id, division) = (ward.resident.id.to_string(), Some(ward.resident.division));
    act.record(Event { action, id, division, detail: json!({ "guardian": guardian }) })
}
