//! Registering a case, and entering who is in dispute.

use chrono::{Months, NaiveDate};
use serde_json::json;

use super::archive::{Known, in_archive};
use super::course::MediationState;
use super::kinds::{
    MediationConsent, MediationGrade, MediationPartyKind, MediationRepresentation, MediationSource,
};
use super::model::NewCase;
use super::parties::{self, NewParty, PartyId};
use super::rules::{
    GUARDIAN_MISSING, INCIDENT_UNFIT, NOT_COMMITTEE, OFFICE_UNKNOWN, ORGANISATION_UNKNOWN, PARTY_TWICE,
    PARTY_UNFIT, PETITION_UNFIT, REPRESENTATION_UNFIT, SOURCE_UNFIT,
};
use super::views::MediationCaseDetailView;
use super::wire::{MediationCaseDraft, MediationPartyDraft};
use super::{Action, actions, store};
use crate::access::act::{Act, Event, Governed, Permit};
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::kit::text::{Label, Line, Story};
use crate::matters::clocks::{self, Effect};
use crate::matters::policies::{ClockKind, Level, MatterKind};
use crate::matters::registry::{self, Grade, MatterChange, MatterId, NewMatter, Receipt};
use crate::matters::timeline::{self, Entry};
use crate::matters::{dispatches, emergency_orders, engine, petitions};
use crate::places::divisions;

/// Until the 18th birthday a guardian speaks for somebody (民法典 17, 23).
const MINORITY: Months = Months::new(18 * 12);

/// Registers a case.
pub fn register(act: &mut Act<'_>, draft: MediationCaseDraft) -> Result<MediationCaseDetailView> {
    let place = act.permit(Action::Create, draft.division)?;
    divisions::require_committee(act, draft.division, &NOT_COMMITTEE, "/division")?;
    must_come_from(act, &draft)?;
    let office = office(act, &draft)?;
    let receiver = Some(act.actor.account()?);
    let detail = json!({ "source": draft.source.as_str(), "dispute_type": draft.dispute_type.as_str() });
    let (action, division) = (Action::Create, Some(draft.division));
    let id = file(act, &place, Brought { draft, office, receiver, vouched: Vec::new() })?;
    act.record(Event { action, id: id.to_string(), division, detail })?;
    actions::find(act, id)
}

/// A case as one of its ways brings it.
pub struct Brought {
    /// What it says.
    pub draft: MediationCaseDraft,
    /// Who mediates it.
    pub office: Option<OrganisationId>,
    /// Who of the staff was told first 首接; nobody, where the parties came themselves.
    pub receiver: Option<AccountId>,
    /// The records that its way has looked up, so that whoever brings it need not be able to.
    pub vouched: Vec<Known>,
}

/// Writes the case with its parties and its first clock. Who may is the matter of the way that it came; so is the audit.
pub fn file<T: Governed>(act: &mut Act<'_>, by: &Permit<T>, brought: Brought) -> Result<MatterId> {
    let Brought { draft, office, receiver, vouched } = brought;
    let id = MatterId::new();
    let matter = matter(act, id, &draft, receiver)?;
    let row = registry::insert(act, by, &matter)?;
    let holder_id = Some(office);
    registry::update(act, by, &row, &MatterChange { holder_id, ..MatterChange::default() })?;
    enter(act, by, id, &draft)?;
    for (at, party) in draft.parties.into_inner().into_iter().enumerate() {
        enter_vouched(act, by, (id, draft.division), party, (&vouched, &format!("/parties/{at}")))?;
    }
    open(act, id)?;
    act.announce("mediation_case.registered", json!({ "mediation_case": id }))?;
    Ok(id)
}

/// What each source brings with it, and nothing else does.
fn must_come_from(act: &mut Act<'_>, draft: &MediationCaseDraft) -> Result<()> {
    if draft.source.has_own_way() {
        return Err(SOURCE_UNFIT.at("/source"));
    }
    let is_referral = draft.source == MediationSource::PoliceReferral;
    if is_referral != draft.incident_number.is_some() {
        return Err(INCIDENT_UNFIT.at("/incident_number"));
    }
    match (draft.source, draft.petition) {
        (MediationSource::Petition, Some(petition)) => {
            let (petition, stance) =
                petitions::seen(act, petition).or_refuse(&PETITION_UNFIT, "/petition")?;
            let is_fit = stance.is_staff() && petition.matter.division == draft.division;
            if is_fit { Ok(()) } else { Err(PETITION_UNFIT.at("/petition")) }
        }
        (MediationSource::Petition, None) | (_, Some(_)) => Err(PETITION_UNFIT.at("/petition")),
        (_, None) => Ok(()),
    }
}

/// Who mediates it: an open organisation of the line of that place; where none is named, the one that registers it.
fn office(act: &mut Act<'_>, draft: &MediationCaseDraft) -> Result<Option<OrganisationId>> {
    let Some(office) = draft.office else {
        let standing = act.actor.standing_for(Action::Create, draft.division);
        return Ok(standing.and_then(|standing| standing.organisation));
    };
    let division = dispatches::store::is_open(act, office)?.ok_or_else(|| OFFICE_UNKNOWN.at("/office"))?;
    let is_of_line = draft.division.line().contains(&division);
    if is_of_line { Ok(Some(office)) } else { Err(OFFICE_UNKNOWN.at("/office")) }
}

/// What every matter has. Its title says the type alone, since lists of all kinds show it.
fn matter(
    act: &mut Act<'_>,
    id: MatterId,
    draft: &MediationCaseDraft,
    first_receiver_id: Option<AccountId>,
) -> Result<NewMatter> {
    let now = act.now;
    let order = emergency_orders::in_force(act.conn, draft.division, now)?;
    Ok(NewMatter {
        id,
        kind: MatterKind::MediationCase,
        division: draft.division,
        receipt: Receipt::random()?,
        title: draft.dispute_type.title().to_owned(),
        category_id: None,
        state: MediationState::Registered.as_str().to_owned(),
        grade: Grade::Normal,
        // The judicial office 司法所, which guides mediation, stands at the street.
        level: Level::Street,
        first_receiver_id,
        emergency_order_id: order.map(|order| order.id),
        is_open: true,
        returns: 0,
        created_at: now,
        updated_at: now,
    })
}

fn enter<T>(act: &mut Act<'_>, by: &Permit<T>, id: MatterId, draft: &MediationCaseDraft) -> Result<()> {
    let new = NewCase {
        id,
        source: draft.source,
        incident_number: draft.incident_number.clone().map(Line::into_inner),
        petition_id: draft.petition,
        dispute_type: draft.dispute_type,
        grade: draft.grade.unwrap_or(MediationGrade::General),
        subject: draft.subject.to_string(),
        facts: Story::into_inner(draft.facts.clone()),
        claims: draft.claims.to_string(),
        is_violent: draft.is_violent,
        risk_note: draft.risk_note.to_string(),
        registered_by: act.actor.account()?,
        end_note: String::new(),
        routes: Vec::new(),
    };
    store::insert(act, by, &new, &INCIDENT_UNFIT)
}

/// It is there: its first clock runs, the timeline begins, and somebody is told that it waits.
fn open(act: &mut Act<'_>, id: MatterId) -> Result<()> {
    let case = store::load(act, id)?;
    clocks::apply(act, &case.subject(), Effect::Start(ClockKind::Acceptance))?;
    timeline::append(act, id, case.state.as_str(), Entry::of("registered"))?;
    engine::refresh(act, &case, &MatterChange::default()).map(drop)
}

/// Enters somebody in dispute, named by a part of the body at `pointer`.
pub fn enter_party<T>(
    act: &mut Act<'_>,
    by: &Permit<T>,
    place: (MatterId, Division),
    draft: MediationPartyDraft,
    pointer: &str,
) -> Result<PartyId> {
    enter_vouched(act, by, place, draft, (&[], pointer))
}

fn enter_vouched<T>(
    act: &mut Act<'_>,
    by: &Permit<T>,
    (case, division): (MatterId, Division),
    draft: MediationPartyDraft,
    (vouched, pointer): (&[Known], &str),
) -> Result<PartyId> {
    let at = |field: &str| format!("{pointer}/{field}");
    let (kind, resident) = who(act, &draft, division, (vouched, pointer))?;
    let representation = draft.representation.unwrap_or(MediationRepresentation::Oneself);
    must_be_represented(&draft, representation, pointer)?;
    let representative = match draft.representative {
        Some(id) => Some(looked_up(act, id, (vouched, &at("representative")))?.0),
        None => None,
    };
    let is_minor = resident.is_some_and(|(_, born)| is_minor(born, local_date(act.now)));
    if is_minor && representation != MediationRepresentation::Guardian {
        return Err(GUARDIAN_MISSING.at(at("representation")));
    }
    let resident_id = resident.map(|(id, _)| id);
    // Whoever is spoken for does not speak in the app besides.
    let speaks =
        if representation == MediationRepresentation::Oneself { resident_id } else { representative };
    let phone =
        draft.phone.as_ref().map(|phone| phone.seal_for(act.ring, store::CONTACT_SEAL)).transpose()?;
    let new = NewParty {
        id: PartyId::new(),
        case_id: case,
        side: draft.side,
        kind,
        resident_id,
        organisation_id: draft.organisation,
        name: draft.name.map(Line::into_inner),
        phone_sealed: phone,
        account_id: account(act, speaks)?,
        representation,
        representative_id: representative,
        representative_name: draft.representative_name.map(Line::into_inner),
        authority: Label::into_inner(draft.authority),
        consent: MediationConsent::Pending,
        created_at: act.now,
    };
    parties::add(act, by, &new, (&PARTY_TWICE, &at("resident"), &at("organisation")))?;
    Ok(new.id)
}

fn account(act: &mut Act<'_>, resident: Option<ResidentId>) -> Result<Option<AccountId>> {
    match resident {
        Some(resident) => parties::account_bound(act, resident),
        None => Ok(None),
    }
}

/// A record that the way of a case has looked up, or that the caller may look into.
fn looked_up(act: &mut Act<'_>, id: ResidentId, (vouched, pointer): (&[Known], &str)) -> Result<Known> {
    match vouched.iter().find(|(known, _)| *known == id) {
        Some(known) => Ok(*known),
        None => in_archive(act, id, pointer),
    }
}

/// One of three things.
fn who(
    act: &mut Act<'_>,
    draft: &MediationPartyDraft,
    division: Division,
    (vouched, pointer): (&[Known], &str),
) -> Result<(MediationPartyKind, Option<Known>)> {
    match (draft.resident, draft.organisation, &draft.name) {
        (Some(id), None, None) => {
            let known = looked_up(act, id, (vouched, &format!("{pointer}/resident")))?;
            Ok((MediationPartyKind::Resident, Some(known)))
        }
        (None, Some(id), None) => {
            must_be_of_line(act, id, division, &format!("{pointer}/organisation"))?;
            Ok((MediationPartyKind::Organisation, None))
        }
        (None, None, Some(_)) => Ok((MediationPartyKind::Person, None)),
        _ => Err(PARTY_UNFIT.at(pointer.to_owned())),
    }
}

/// An organisation in dispute is open, and of the line of that place.
pub fn must_be_of_line(
    act: &mut Act<'_>,
    id: OrganisationId,
    division: Division,
    pointer: &str,
) -> Result<()> {
    let place = dispatches::store::is_open(act, id)?;
    let is_there = place.is_some_and(|place| division.line().contains(&place));
    if is_there { Ok(()) } else { Err(ORGANISATION_UNKNOWN.at(pointer)) }
}

/// Whoever speaks for somebody else is named, with their authority; whoever speaks for themselves names nobody.
fn must_be_represented(
    draft: &MediationPartyDraft,
    representation: MediationRepresentation,
    pointer: &str,
) -> Result<()> {
    let named =
        usize::from(draft.representative.is_some()) + usize::from(draft.representative_name.is_some());
    let is_fit = match representation {
        MediationRepresentation::Oneself => named == 0,
        _ => named == 1 && !draft.authority.is_empty(),
    };
    if is_fit { Ok(()) } else { Err(REPRESENTATION_UNFIT.at(format!("{pointer}/representation"))) }
}

/// Whether somebody born on that day is spoken for by a guardian (民法典 17, 23). Who has no day of birth is not.
pub fn is_minor(born_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    born_on.and_then(|day| day.checked_add_months(MINORITY)).is_some_and(|birthday| birthday > today)
}
