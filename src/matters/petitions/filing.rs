//! Filing a petition: by a verified resident, or by staff on somebody's behalf.

use serde_json::json;

use super::advance::refresh;
use super::course::PetitionState;
use super::kinds::{AnswerState, Deliberation, PetitionChannel, PetitionKind, PetitionVisibility};
use super::model::NewPetition;
use super::rules::{
    self, EXTERNAL_UNFIT, NOT_COMMITTEE, PETITIONER_UNKNOWN, REPORT_ELSEWHERE, RESIDENT_UNVERIFIED, TOO_MANY,
};
use super::views::PetitionDetailView;
use super::wire::{PetitionBehalfDraft, PetitionDraft};
use super::{Action, PETITIONS, actions, fitting, seeing, store};
use crate::access::accounts;
use crate::access::act::{Act, Event, Governed, Permit};
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::access::files::{self, Attachment};
use crate::access::phone::Phone;
use crate::kit::clock::{local_date, start_of};
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::categories::CategoryRow;
use crate::matters::clocks::{self, Effect};
use crate::matters::emergency_orders;
use crate::matters::policies::{ClockKind, Level, MatterKind};
use crate::matters::registry::{self, Grade, MatterChange, MatterId, NewMatter, Receipt};
use crate::matters::timeline::{self, Entry};
use crate::people::residents;
use crate::places::coordinates::Point;
use crate::places::divisions;

/// Where a petition is filed, and whether by who asks.
#[derive(Clone, Copy, Debug)]
struct Filing {
    division: Division,
    by: Option<AccountId>,
}

impl Governed for Filing {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.by.is_some() && actor.account().ok() == self.by
    }
}

/// Who asks, and which way it came.
struct Asker {
    resident: Option<ResidentId>,
    account: Option<AccountId>,
    name: Option<String>,
    phone: Option<Phone>,
}

/// Files a petition; one that came before under the same number of another system is answered instead.
pub fn file(act: &mut Act<'_>, draft: PetitionDraft) -> Result<PetitionDetailView> {
    let (filing, asker) = match &draft.on_behalf {
        Some(behalf) => {
            let filing = act.permit(Action::Create, for_another(&draft)?)?;
            divisions::require_committee(act, filing.division, &NOT_COMMITTEE, "/division")?;
            must_be_theirs_to_read(act, &filing, &draft)?;
            if let Some(known) = known(act, behalf)? {
                return actions::find(act, known);
            }
            let asker = another(act, filing.division, behalf)?;
            (filing, asker)
        }
        None => oneself(act, &draft)?,
    };
    fitting::must_fit(&draft, act.now)?;
    let category = fitting::category(act, filing.division, &draft)?;
    fitting::must_be_there(act, filing.division, &draft)?;
    let id = enter(act, &filing, &draft, (&category, &asker))?;
    let to = Attachment { resource: PETITIONS, id: id.0, division: filing.division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    open(act, id, draft.on_behalf.is_some())?;
    actions::find(act, id)
}

fn for_another(draft: &PetitionDraft) -> Result<Filing> {
    let division = draft.division.ok_or_else(|| NOT_COMMITTEE.at("/division"))?;
    Ok(Filing { division, by: None })
}

/// Whoever may not look at a report does not enter it for somebody, either.
fn must_be_theirs_to_read(act: &Act<'_>, filing: &Filing, draft: &PetitionDraft) -> Result<()> {
    let reads = act.actor.may(Action::ListReports, Some(filing.division), false);
    let is_about_us = draft.accused.is_some_and(|accused| seeing::offices(&act.actor).contains(&accused));
    let is_report = draft.kind == PetitionKind::Report;
    if is_report && (!reads || is_about_us) { REPORT_ELSEWHERE.refuse() } else { Ok(()) }
}

/// Who files for themselves lives there, and does not flood the office.
fn oneself(act: &mut Act<'_>, draft: &PetitionDraft) -> Result<(Permit<Filing>, Asker)> {
    let account = act.actor.account()?;
    let residencies = act.residencies()?;
    let lives = residencies.iter().find(|one| draft.division.is_none_or(|wanted| wanted == one.division));
    let lives = *lives.ok_or(&RESIDENT_UNVERIFIED)?;
    let filing = act.permit(Action::Create, Filing { division: lives.division, by: Some(account) })?;
    let subject = act.ring.hash("petitions", &[account.0.as_bytes()]);
    act.serialise(&subject)?;
    let since = start_of(local_date(act.now));
    let (all, alike) = store::filed_since(act, account, since, &rules::text_hash(&draft.text))?;
    if all >= rules::MOST_A_DAY || alike >= rules::MOST_ALIKE {
        return TOO_MANY.refuse();
    }
    let sealed = accounts::store::find_own(act)?.phone_sealed;
    let phone = Some(Phone::open(act.ring, &sealed)?);
    Ok((filing, Asker { resident: Some(lives.resident), account: Some(account), name: None, phone }))
}

/// The petition that came before under the number, where the caller may see it.
fn known(act: &mut Act<'_>, behalf: &PetitionBehalfDraft) -> Result<Option<MatterId>> {
    let is_outer = !matches!(behalf.channel, PetitionChannel::App);
    if !is_outer {
        return Err(EXTERNAL_UNFIT.at("/on_behalf/channel"));
    }
    let Some(external_id) = &behalf.external_id else { return Ok(None) };
    // A twin waits, and is answered with the first.
    let subject =
        act.ring.hash("petitions.external", &[behalf.channel.as_str().as_bytes(), external_id.as_bytes()]);
    act.serialise(&subject)?;
    let known = store::by_external_id(act, behalf.channel, external_id)?;
    if let Some(id) = known {
        seeing::seen(act, id).or_refuse(&EXTERNAL_UNFIT, "/on_behalf/external_id")?;
    }
    Ok(known)
}

fn another(act: &mut Act<'_>, division: Division, behalf: &PetitionBehalfDraft) -> Result<Asker> {
    let pointer = "/on_behalf/resident";
    let record = match behalf.resident {
        Some(id) => {
            // Whoever may not look into the archive can't name one of it, either.
            let may_look = act.scope(residents::Action::Find).is_ok();
            let record = match may_look {
                true => residents::store::find(act, id).or_refuse(&PETITIONER_UNKNOWN, pointer)?,
                false => return Err(PETITIONER_UNKNOWN.at(pointer)),
            };
            if record.resident.division != division {
                return Err(PETITIONER_UNKNOWN.at(pointer));
            }
            Some(record.resident.id)
        }
        None if behalf.name.is_none() => return Err(PETITIONER_UNKNOWN.at(pointer)),
        None => None,
    };
    let account = record.map(|id| store::account_of(act, id)).transpose()?.flatten();
    let (name, phone) = (behalf.name.clone().map(Line::into_inner), behalf.phone.clone());
    Ok(Asker { resident: record, account, name, phone })
}

/// What every matter has.
fn matter(
    act: &mut Act<'_>,
    id: MatterId,
    division: Division,
    (draft, category): (&PetitionDraft, &CategoryRow),
) -> Result<NewMatter> {
    let staff = act.actor.account()?;
    let now = act.now;
    let order = emergency_orders::in_force(act.conn, division, now)?;
    Ok(NewMatter {
        id,
        kind: MatterKind::Petition,
        division,
        receipt: Receipt::random()?,
        title: draft.title.to_string(),
        category_id: Some(category.id),
        state: PetitionState::Submitted.as_str().to_owned(),
        grade: if category.is_fast { Grade::Fast } else { Grade::Normal },
        // 检举 goes past the committee, which is too near to whom it may be about.
        level: if draft.kind == PetitionKind::Report { Level::Street } else { Level::Committee },
        first_receiver_id: draft.on_behalf.is_some().then_some(staff),
        emergency_order_id: order.map(|order| order.id),
        is_open: true,
        returns: 0,
        created_at: now,
        updated_at: now,
    })
}

fn enter(
    act: &mut Act<'_>,
    filing: &Permit<Filing>,
    draft: &PetitionDraft,
    (category, asker): (&CategoryRow, &Asker),
) -> Result<MatterId> {
    let id = MatterId::new();
    let matter = matter(act, id, filing.division, (draft, category))?;
    registry::insert(act, filing, &matter)?;
    let location = draft.location.map(Point::to_wgs84);
    let phone =
        asker.phone.as_ref().map(|phone| phone.seal_for(act.ring, store::CONTACT_SEAL)).transpose()?;
    let behalf = draft.on_behalf.as_ref();
    let new = NewPetition {
        id,
        kind: draft.kind,
        channel: behalf.map_or(PetitionChannel::App, |behalf| behalf.channel),
        external_id: behalf.and_then(|behalf| behalf.external_id.clone()).map(Line::into_inner),
        petitioner_id: asker.resident,
        account_id: asker.account,
        filed_by: matter.first_receiver_id,
        consent_by: behalf.map(|behalf| behalf.consent_by),
        contact_name: asker.name.clone(),
        contact_sealed: phone,
        visit_finding_id: behalf.and_then(|behalf| behalf.visit_finding),
        text: draft.text.to_string(),
        text_hash: rules::text_hash(&draft.text),
        is_hidden: false,
        place: draft.place.to_string(),
        dwelling_id: draft.home,
        building_group_id: draft.building_group,
        longitude: location.map(|point| point.longitude),
        latitude: location.map(|point| point.latitude),
        visibility: draft.visibility.unwrap_or(PetitionVisibility::Private),
        accused_id: draft.accused,
        closes_at: draft.closes_at(),
        answer_state: AnswerState::None,
        deliberation: Deliberation::None,
        created_at: act.now,
    };
    let facts: Vec<(String, String)> = draft.facts.clone().into_iter().collect();
    store::insert(act, filing, &new, &facts)?;
    Ok(id)
}

/// It is there: its first clock runs, the timeline begins, and somebody is told that it waits.
fn open(act: &mut Act<'_>, id: MatterId, is_on_behalf: bool) -> Result<()> {
    let petition = store::load(act, id)?;
    clocks::apply(act, &petition.subject(), Effect::Start(ClockKind::Acceptance))?;
    let entry = Entry { is_on_behalf, ..Entry::of("submitted") };
    timeline::append(act, id, petition.state.as_str(), entry)?;
    refresh(act, &petition, &MatterChange::default())?;
    let detail = json!({ "kind": petition.own.kind.as_str(), "channel": petition.own.channel.as_str() });
    let (action, division) = (Action::Create, Some(petition.matter.division));
    act.record(Event { action, id: id.to_string(), division, detail })?;
    act.announce("petition.submitted", json!({ "petition": id }))
}
