//! All of an entry, put together for whoever sees it.

use super::model::{EntryRow, PlacedEntryRow};
use super::seeing::DisputeReadAs;
use super::store::{OTHER_PHONE_SEAL, PHONE_SEAL};
use super::views::{
    DisputeEntryDetailView, DisputeEntryView, DisputeHandoverView, DisputePersonView, DisputeTellingView,
};
use crate::access::act::Look;
use crate::access::actor::ResidentId;
use crate::access::phone::Phone;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::store as cases;

/// All that the reader may know.
pub fn assemble(
    look: &mut Look<'_>,
    row: PlacedEntryRow,
    read_as: DisputeReadAs,
) -> Result<DisputeEntryDetailView> {
    let telling = match read_as {
        DisputeReadAs::Entrant | DisputeReadAs::Receiver => Some(telling(look, row.entry.clone())?),
        DisputeReadAs::Overseer => None,
    };
    Ok(DisputeEntryDetailView { entry: DisputeEntryView::from(row), read_as, telling })
}

fn telling(look: &mut Look<'_>, row: EntryRow) -> Result<DisputeTellingView> {
    let known: Vec<ResidentId> = row.resident_id.into_iter().chain(row.guardian_id).collect();
    let mut names = cases::resident_names(look, &known)?;
    let name = match row.resident_id {
        Some(resident) => names.remove(&resident),
        None => row.name,
    };
    let guardian = row.guardian_id.and_then(|guardian| names.remove(&guardian));
    let other_name = match row.other_organisation_id {
        Some(other) => cases::organisation_names(look, &[other])?.remove(&other),
        None => row.other_name,
    };
    let phone = masked(look, PHONE_SEAL, row.phone_sealed.as_deref())?;
    let other_phone = masked(look, OTHER_PHONE_SEAL, row.other_phone_sealed.as_deref())?;
    let handover = row.handed_from.zip(row.handed_reason).zip(row.handed_at);
    Ok(DisputeTellingView {
        grounds: row.grounds.into_iter().flatten().collect(),
        facts: row.facts,
        wanted: row.wanted,
        place: row.place,
        whose: DisputePersonView { name, organisation: None, phone },
        guardian,
        other: DisputePersonView {
            name: other_name,
            organisation: row.other_organisation_id,
            phone: other_phone,
        },
        legal_basis: row.legal_basis,
        accepted_at: row.accepted_at,
        outcome: row.outcome,
        answered_at: row.answered_at,
        handover: handover.map(|((from, reason), at)| DisputeHandoverView { from, reason, at }),
    })
}

fn masked(look: &Look<'_>, purpose: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed.map(|sealed| Ok(Phone::open_for(look.ring, purpose, sealed)?.masked())).transpose()
}
