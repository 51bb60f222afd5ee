//! Whether what is filed fits: what its kind asks of the rest, and whether what it names is there.

use chrono::{DateTime, Utc};

use super::kinds::{PetitionKind, PetitionVisibility};
use super::rules::{
    self, ACCUSED_UNKNOWN, CATEGORY_UNFIT, EVIDENCE_MISSING, FINDING_UNKNOWN, GROUP_MISSING, JOINT_UNFIT,
    PLACE_UNKNOWN, REPORT_UNFIT, TEXT_MISSING,
};
use super::store;
use super::wire::PetitionDraft;
use crate::access::act::Act;
use crate::access::division::Division;
use crate::kit::list::Few;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::matters::categories::{self, CategoryRow};
use crate::matters::dispatches;
use crate::people::visit_findings;
use crate::places::{building_groups, dwellings};

/// What the kind asks of the rest.
pub fn must_fit(draft: &PetitionDraft, now: DateTime<Utc>) -> Result<()> {
    if draft.text.is_empty() {
        return Err(TEXT_MISSING.at("/text"));
    }
    let visibility = draft.visibility.unwrap_or(PetitionVisibility::Private);
    rules::must_close_in_time(draft.kind, draft.closes_at(), now)?;
    match draft.kind {
        PetitionKind::JointPetition if visibility == PetitionVisibility::Private => {
            return Err(JOINT_UNFIT.at("/visibility"));
        }
        PetitionKind::Report if visibility != PetitionVisibility::Private => {
            return Err(REPORT_UNFIT.at("/visibility"));
        }
        PetitionKind::Report => {}
        _ if draft.accused.is_some() => return Err(REPORT_UNFIT.at("/accused")),
        _ => {}
    }
    if visibility == PetitionVisibility::BuildingGroup && draft.building_group.is_none() {
        return Err(GROUP_MISSING.at("/building_group"));
    }
    Ok(())
}

/// The category, of use there, with its questions answered and its evidence given.
pub fn category(act: &mut Act<'_>, division: Division, draft: &PetitionDraft) -> Result<CategoryRow> {
    let category = categories::store::find(act, draft.category).or_refuse(&CATEGORY_UNFIT, "/category")?;
    if !category.applies_in(division) {
        return Err(CATEGORY_UNFIT.at("/category"));
    }
    categories::check_answers(&categories::questions(act, category.id)?, &draft.facts)?;
    let has_evidence = draft.files != Few::default() || draft.on_behalf.is_some();
    if category.is_evidence_asked && !has_evidence {
        return Err(EVIDENCE_MISSING.at("/files"));
    }
    Ok(category)
}

/// The home, the group, the finding and the organisation it names are there.
pub fn must_be_there(act: &mut Act<'_>, division: Division, draft: &PetitionDraft) -> Result<()> {
    if let Some(home) = draft.home {
        // Who asks for themselves names their own home, and looks at no other.
        let is_there = match draft.on_behalf {
            Some(_) => {
                dwellings::store::find(act, home).or_refuse(&PLACE_UNKNOWN, "/home")?.division == division
            }
            None => store::lives_in(act, home)?,
        };
        if !is_there {
            return Err(PLACE_UNKNOWN.at("/home"));
        }
    }
    if let Some(finding) = draft.on_behalf.as_ref().and_then(|behalf| behalf.visit_finding) {
        let pointer = "/on_behalf/visit_finding";
        let made = visit_findings::store::find(act, finding).or_refuse(&FINDING_UNKNOWN, pointer)?;
        if made.finding.division != division {
            return Err(FINDING_UNKNOWN.at(pointer));
        }
    }
    if let Some(accused) = draft.accused {
        dispatches::store::is_open(act, accused)?.ok_or_else(|| ACCUSED_UNKNOWN.at("/accused"))?;
    }
    if let Some(group) = draft.building_group {
        let there = building_groups::find(act, group).or_refuse(&PLACE_UNKNOWN, "/building_group")?;
        if there.group.division != division {
            return Err(PLACE_UNKNOWN.at("/building_group"));
        }
    }
    Ok(())
}
