//! Finding a petition, changing what nobody has looked at, confirming what was said for one, and saying what neighbours read.

use serde_json::json;

use super::advance::{Move, advance, refresh};
use super::course::{PetitionState, PetitionStep};
use super::details::assemble;
use super::kinds::PetitionKind;
use super::model::{AsHandler, AsPetitioner, Petition, PetitionChange};
use super::rules::{self, CHANGE_LATE, TEXT_MISSING};
use super::views::{PetitionContactView, PetitionDetailView};
use super::wire::{PetitionContactDraft, PetitionModerationDraft, PetitionPatch, PetitionPublicationDraft};
use super::{Action, PETITIONS, seeing, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::files::{self, Attachment};
use crate::access::phone::Phone;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::kit::text::{Label, Line, Prose};
use crate::matters::registry::{Audience, MatterChange, MatterId, STATE_UNFIT};
use crate::matters::timeline::{self, Entry};
use crate::people::disclosures::{self, DisclosurePurpose};

/// A petition, as the caller sees it.
pub fn find(look: &mut Look<'_>, id: MatterId) -> Result<PetitionDetailView> {
    let (petition, stance) = seeing::seen(look, id)?;
    assemble(look, petition, stance)
}

/// Changes a petition that nobody has accepted yet.
pub fn update(
    act: &mut Act<'_>,
    id: MatterId,
    seen: &IfMatch,
    patch: PetitionPatch,
) -> Result<PetitionDetailView> {
    let (petition, _) = seeing::lock(act, id)?;
    let own = act.permit(Action::Update, AsPetitioner(petition))?;
    let petition = &own.0;
    seen.check(petition.matter.version)?;
    if petition.state != PetitionState::Submitted {
        return CHANGE_LATE.refuse();
    }
    if patch.text.0.as_ref().is_some_and(|text| text.is_empty()) {
        return Err(TEXT_MISSING.at("/text"));
    }
    if let Some(visibility) = patch.visibility.0 {
        rules::must_be_readable(&petition.own, visibility)?;
    }
    let text = patch.text.map(Prose::into_inner);
    let change = PetitionChange {
        text_hash: text.as_deref().map(rules::text_hash),
        text,
        place: patch.place.map(Label::into_inner),
        visibility: patch.visibility.0,
        ..PetitionChange::default()
    };
    store::change(act, &own, id, &change)?;
    let to = Attachment { resource: PETITIONS, id: id.0, division: petition.matter.division };
    files::attach(act, &patch.files.into_inner(), &to, "/files")?;
    let title = patch.title.map(Line::into_inner);
    tell(act, petition, Entry::of("changed"), &MatterChange { title, ..MatterChange::default() })?;
    record(act, Action::Update, petition)?;
    find(act, id)
}

/// Something that is no step was done to a petition.
fn tell(act: &mut Act<'_>, petition: &Petition, entry: Entry, change: &MatterChange) -> Result<()> {
    timeline::append(act, petition.matter.id, petition.state.as_str(), entry)?;
    refresh(act, petition, change).map(drop)
}

fn record(act: &mut Act<'_>, action: Action, petition: &Petition) -> Result<()> {
    let (id, division) = (petition.matter.id.to_string(), Some(petition.matter.division));
    act.record(Event { action, id, division, detail: json!({ "state": petition.state.as_str() }) })
}

/// Who was spoken for says that it was so.
pub fn confirm(act: &mut Act<'_>, id: MatterId) -> Result<PetitionDetailView> {
    let (petition, _) = seeing::lock(act, id)?;
    let own = act.permit(Action::CreateConfirmation, AsPetitioner(petition))?;
    if own.0.own.filed_by.is_none() || own.0.own.confirmed_at.is_some() {
        return STATE_UNFIT.refuse();
    }
    let confirmed_at = Some(Some(act.now));
    store::change(act, &own, id, &PetitionChange { confirmed_at, ..PetitionChange::default() })?;
    advance(act, Action::CreateConfirmation, &own, Move::new(PetitionStep::Confirm))?;
    find(act, id)
}

/// Says what neighbours read.
pub fn moderate(
    act: &mut Act<'_>,
    id: MatterId,
    draft: PetitionModerationDraft,
) -> Result<PetitionDetailView> {
    let petition = lock_in_range(act, Action::CreateModeration, id)?;
    // What all read was written for all: it is replaced or hidden, and never turns back into what who asked wrote.
    let is_replaced = draft.title.is_some() && draft.text.as_ref().is_some_and(|text| !text.is_empty());
    if petition.own.published_at.is_some() && !is_replaced {
        return Err(TEXT_MISSING.at("/text"));
    }
    let change = PetitionChange {
        shown_title: Some(draft.title.map(Line::into_inner)),
        shown_text: Some(draft.text.map(Prose::into_inner).filter(|text| !text.is_empty())),
        is_hidden: Some(draft.is_hidden),
        ..PetitionChange::default()
    };
    store::change(act, &petition, id, &change)?;
    let entry = Entry::of("moderated").saying(draft.reason.into_inner()).to(Audience::Staff);
    tell(act, &petition, entry, &MatterChange::default())?;
    record(act, Action::CreateModeration, &petition)?;
    find(act, id)
}

/// Publishes a closed petition as an example, without names.
pub fn publish(
    act: &mut Act<'_>,
    id: MatterId,
    draft: PetitionPublicationDraft,
) -> Result<PetitionDetailView> {
    let petition = lock_in_range(act, Action::CreatePublication, id)?;
    let is_fit = petition.state == PetitionState::Closed && petition.own.kind != PetitionKind::Report;
    if !is_fit {
        return STATE_UNFIT.refuse();
    }
    if draft.text.is_empty() {
        return Err(TEXT_MISSING.at("/text"));
    }
    let change = PetitionChange {
        shown_title: Some(Some(draft.title.into_inner())),
        shown_text: Some(Some(draft.text.into_inner())),
        is_hidden: Some(false),
        published_at: Some(Some(act.now)),
        ..PetitionChange::default()
    };
    store::change(act, &petition, id, &change)?;
    tell(act, &petition, Entry::of("published"), &MatterChange::default())?;
    record(act, Action::CreatePublication, &petition)?;
    find(act, id)
}

fn lock_in_range(act: &mut Act<'_>, action: Action, id: MatterId) -> Result<Permit<Petition>> {
    let (petition, _) = seeing::lock(act, id)?;
    let petition = act.permit(action, petition)?;
    rules::must_be_anothers(&petition, &act.actor)?;
    Ok(petition)
}

/// The whole number of who asked, to be called. They can read who looked.
pub fn disclose_contact(
    act: &mut Act<'_>,
    id: MatterId,
    draft: PetitionContactDraft,
) -> Result<PetitionContactView> {
    let (petition, stance) = seeing::lock(act, id)?;
    let petition = act.permit(Action::CreateContactDisclosure, AsHandler(petition))?;
    let petition = &petition.0;
    rules::must_be_anothers(petition, &act.actor)?;
    let is_of_range = act.actor.may(Action::CreateContactDisclosure, Some(petition.matter.division), false);
    if !is_of_range && !petition.is_worked_on_by(&act.actor) {
        return FORBIDDEN.refuse();
    }
    if !stance.is_told_who_asked(petition) {
        return NOT_FOUND.refuse();
    }
    let sealed = petition.own.contact_sealed.as_deref().ok_or(&NOT_FOUND)?;
    let phone = Phone::open_for(act.ring, store::CONTACT_SEAL, sealed)?;
    if let Some(resident) = petition.own.petitioner_id {
        store::petitioner_name(act, resident)?.ok_or(&NOT_FOUND)?;
        let standing = act.actor.standing_for(Action::CreateContactDisclosure, petition.matter.division);
        disclosures::note(act, resident, standing, DisclosurePurpose::Petition, &["phone"])?;
    }
    let office = petition.office_of(&act.actor);
    let entry = Entry::of("contact_disclosed").saying(draft.reason.into_inner()).by(office);
    timeline::append(act, id, petition.state.as_str(), entry)?;
    record(act, Action::CreateContactDisclosure, petition)?;
    Ok(PetitionContactView { phone: phone.expose().to_owned() })
}
