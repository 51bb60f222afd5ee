//! All of a petition, put together for whoever sees it.

use super::course::PetitionState;
use super::kinds::{PetitionKind, Publicity};
use super::model::{ListedRow, Petition};
use super::outcomes::{self, AnswerRow, RatingRow, ReviewRow};
use super::seeing::Stance;
use super::views::{
    PetitionAnswerView, PetitionDetailView, PetitionFactView, PetitionRatingView, PetitionReceiverView,
    PetitionReviewView, PetitionView, PetitionerView,
};
use super::{PETITIONS, store};
use crate::access::act::Look;
use crate::access::files;
use crate::access::phone::Phone;
use crate::kit::problem::Result;
use crate::matters::clocks::{self, MatterClockView};
use crate::matters::dispatches::{self, MatterDispatchView};
use crate::matters::registry::MatterOrganisationView;
use crate::places::coordinates::Point;

/// All of it that this stance may know.
pub fn assemble(look: &mut Look<'_>, petition: Petition, stance: Stance) -> Result<PetitionDetailView> {
    let (id, now) = (petition.matter.id, look.now);
    let (is_near, is_here) = (stance.is_near(), stance != Stance::Reader);
    let own = petition.own.clone();
    let clocks = if is_near { clocks::of(look, id)? } else { Vec::new() };
    let hops = if is_near { dispatches::store::of(look, id)? } else { Vec::new() };
    let reviews = if is_near { outcomes::reviews(look, id)? } else { Vec::new() };
    let ratings = if is_near { outcomes::ratings(look, id)? } else { Vec::new() };
    let is_answer_told = is_near || is_here && is_answer_open(&petition);
    let answers = if is_answer_told { outcomes::answers(look, id)? } else { Vec::new() };
    let view = PetitionDetailView {
        text: own.shown_text.clone().filter(|_| !is_near).unwrap_or(own.text.clone()),
        place: if is_here { own.place.clone() } else { String::new() },
        location: Point::stored(own.longitude, own.latitude).filter(|_| is_here),
        // A home may tell who asked.
        home: own.dwelling_id.filter(|_| stance.is_told_who_asked(&petition)),
        building_group: own.building_group_id.filter(|_| is_here),
        channel: own.channel,
        facts: if is_near { facts(look, &petition)? } else { Vec::new() },
        files: if is_near { files::of(look, PETITIONS, id.0)? } else { Vec::new() },
        petitioner: petitioner(look, &petition, stance)?,
        first_receiver: if is_near { receiver(look, &petition)? } else { None },
        clocks: clocks.into_iter().map(|row| MatterClockView::new(row, now)).collect(),
        emergency_order: petition.matter.emergency_order_id,
        dispatches: hops
            .into_iter()
            .map(|row| MatterDispatchView::new(row, stance.is_staff(), now))
            .collect(),
        answers: answers.into_iter().map(answer).collect(),
        ratings: ratings.into_iter().map(rating).collect(),
        reviews: reviews.into_iter().map(review).collect(),
        merged_into: own.merged_into.filter(|_| is_near),
        parent: petition.matter.parent_id.filter(|_| is_near),
        closes_at: own.closes_at,
        answer_state: own.answer_state,
        deliberation: own.deliberation,
        adoption: own.adoption.filter(|_| is_answer_told),
        publicity: own.publicity.filter(|_| is_answer_told),
        is_hidden: own.is_hidden,
        published_at: own.published_at,
        petition: listed(look, petition, is_near)?,
    };
    Ok(view)
}

fn listed(look: &mut Look<'_>, petition: Petition, is_as_written: bool) -> Result<PetitionView> {
    let (holder_name, signatures) = store::beside(look, &petition)?;
    let Petition { matter, own, state, category, .. } = petition;
    let row = ListedRow { matter, own, state, category, holder_name, signatures };
    Ok(PetitionView::new(row, is_as_written, look.now))
}

fn facts(look: &mut Look<'_>, petition: &Petition) -> Result<Vec<PetitionFactView>> {
    let told = store::facts(look, petition.matter.id)?;
    Ok(told.into_iter().map(|(code, value)| PetitionFactView { code, value }).collect())
}

/// What neighbours read besides the question: the answer to a joint petition, which they asked themselves, and to a suggestion that is
/// to be read by all 主动公开. Any other answer may name people, and is for who asked; what others may learn of it is published.
fn is_answer_open(petition: &Petition) -> bool {
    match petition.own.kind {
        PetitionKind::JointPetition => true,
        PetitionKind::Suggestion => petition.own.publicity == Some(Publicity::Open),
        _ => false,
    }
}

/// Who asked. Of a record that was sealed or erased, nothing is told that was kept beside it, either.
fn petitioner(look: &mut Look<'_>, petition: &Petition, stance: Stance) -> Result<Option<PetitionerView>> {
    if !stance.is_told_who_asked(petition) {
        return Ok(None);
    }
    let own = &petition.own;
    let archived = own.petitioner_id.map(|id| store::petitioner_name(look, id)).transpose()?.flatten();
    let is_known = own.petitioner_id.is_none() || archived.is_some();
    let sealed = own.contact_sealed.as_deref().filter(|_| is_known);
    let phone = sealed.map(|sealed| Phone::open_for(look.ring, store::CONTACT_SEAL, sealed)).transpose()?;
    let filed_by = own.filed_by.map(|account| store::account_name(look, account)).transpose()?;
    Ok(Some(PetitionerView {
        // Whoever only works on it needs no way into the archive.
        resident: own.petitioner_id.filter(|_| stance != Stance::Handler),
        name: archived.or_else(|| own.contact_name.clone().filter(|_| is_known)),
        phone: phone.map(|phone| phone.masked()),
        filed_by,
        consent_by: own.consent_by,
        confirmed_at: own.confirmed_at,
    }))
}

/// 首问负责: until an organisation has accepted it.
fn receiver(look: &mut Look<'_>, petition: &Petition) -> Result<Option<PetitionReceiverView>> {
    let is_with_them = petition.matter.holder_id.is_none() && petition.state != PetitionState::Submitted;
    let Some(account) = petition.matter.first_receiver_id.filter(|_| is_with_them) else { return Ok(None) };
    Ok(Some(PetitionReceiverView { display_name: store::account_name(look, account)? }))
}

fn answer(row: AnswerRow) -> PetitionAnswerView {
    let organisation = row.organisation_id.zip(row.organisation_name);
    PetitionAnswerView {
        outcome: row.outcome,
        text: row.text,
        law: row.law,
        organisation: organisation.map(|(id, name)| MatterOrganisationView { id, name }),
        created_at: row.created_at,
    }
}

fn rating(row: RatingRow) -> PetitionRatingView {
    let RatingRow { satisfaction, is_on_time, is_solved, comment, created_at } = row;
    PetitionRatingView { satisfaction, is_on_time, is_solved, comment, created_at }
}

fn review(row: ReviewRow) -> PetitionReviewView {
    let ReviewRow { stage, reason, conclusion, answer, created_at, answered_at, .. } = row;
    PetitionReviewView { stage, reason, conclusion, answer, created_at, answered_at }
}
