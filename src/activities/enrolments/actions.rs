//! Beginning, or filling in, a record of the archive by a code. Lock order: the person's accounts, the record.

use serde_json::json;

use super::model::{EnrolmentId, EnrolmentOutcome, EnrolmentRow};
use super::rules::{
    CODE_BARE, CONSENT_WITHDRAWN, NAME_MISSING, RESIDENCE_MISSING, RESIDENT_TAKEN, RESIDENT_UNKNOWN, SELF,
};
use super::wire::{EnrolmentDraft, EnrolmentView};
use super::{Action, store};
use crate::access::accounts;
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::codes::city::CityPerson;
use crate::access::codes::{self, Shown};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::activities::check_ins::{self, CODE_USED, CheckInPurpose, Occasion, PERSON_UNKNOWN, Scan};
use crate::activities::volunteer_hours;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::patch::Patch;
use crate::kit::problem::Result;
use crate::people::consents::{self, ConsentPurpose, NOTICE_STALE};
use crate::people::document::{Document, DocumentKind};
use crate::people::names::PersonName;
use crate::people::residencies;
use crate::people::residents::{
    self, Residence, ResidentDetailRow, ResidentDraft, ResidentPatch, ResidentSource, ResidentStatus,
};
use crate::people::subjects;

/// What a code tells of whoever shows it.
struct Known {
    issuer: String,
    account: Option<AccountId>,
    name: Option<PersonName>,
    document: Option<Document>,
    phone: Option<Phone>,
}

/// Enrols whoever shows the code, which was looked at before.
pub fn create(act: &mut Act<'_>, draft: &EnrolmentDraft, shown: Result<Shown>) -> Result<EnrolmentView> {
    let place = act.permit(Action::Create, draft.division)?;
    if draft.notice_version.get() != consents::NOTICE_VERSION {
        return NOTICE_STALE.refuse();
    }
    let shown = shown?;
    let (known, once) = match &shown {
        Shown::Ours(code) => (of_account(act, codes::open(act.ring, &code.body)?)?, None),
        Shown::City(person, once) => (of_city(person)?, Some(once)),
    };
    if known.account == Some(act.actor.account()?) {
        return SELF.refuse();
    }
    // Two workers who scan the same person at once would begin two records.
    let subject = known.document.as_ref().map_or_else(
        || known.account.map(|account| account.0.as_bytes().to_vec()).unwrap_or_default(),
        |document| document.hash(act.ring).to_vec(),
    );
    act.serialise(&act.ring.hash("enrolments", &[draft.division.to_string().as_bytes(), &subject]))?;
    if let Some(first) = find_first(act, &shown, draft.division)? {
        return Ok(EnrolmentView::new(first, true));
    }
    let people = lock_people(act, draft, &known)?;
    let found = find(act, draft, &known)?;
    agree(act, &place, (&known, &people), found.as_ref())?;
    let (resident, outcome) = match found {
        Some(record) => fill(act, &place, &record, &known)?,
        None => (begin(act, &place, draft, &known)?, EnrolmentOutcome::Created),
    };
    let scan = match (&shown, once) {
        (Shown::Ours(code), _) => Scan::of_code(act, code)?,
        (_, once) => Scan::of_city(act, None, once.map_or(&[][..], |once| once)),
    };
    write(act, &place, draft, (resident, outcome, known.issuer), scan.of_resident(resident))
}

/// What the code was used for before, if for an enrolment here.
fn find_first(act: &mut Act<'_>, shown: &Shown, division: Division) -> Result<Option<EnrolmentRow>> {
    let nonce: &[u8] = match shown {
        Shown::Ours(code) => &code.body.nonce,
        Shown::City(_, once) => once,
    };
    let Some(used) = check_ins::find_use(act, nonce)? else { return Ok(None) };
    let first = store::find(act, EnrolmentId(used.0))?.filter(|first| first.division == division);
    first.map(Some).ok_or_else(|| (&CODE_USED).into())
}

fn of_account(act: &mut Act<'_>, account: AccountId) -> Result<Known> {
    let row = accounts::store::lock(act, account)?.ok_or(&PERSON_UNKNOWN)?;
    let phone = Some(Phone::open(act.ring, &row.phone_sealed)?);
    Ok(Known { issuer: "lilong".into(), account: Some(account), name: None, document: None, phone })
}

fn of_city(person: &CityPerson) -> Result<Known> {
    let number = person.id_number.as_deref().ok_or(&CODE_BARE)?;
    let document = Document::parse(DocumentKind::ResidentIdCard, number).map_err(|_| &CODE_BARE)?;
    Ok(Known {
        issuer: person.issuer.clone(),
        account: None,
        name: person.name.as_deref().and_then(|name| PersonName::new(name).ok()),
        document: Some(document),
        phone: person.phone.as_deref().and_then(|phone| Phone::parse(phone).ok()),
    })
}

/// The accounts that the code leads to, locked, so that nobody takes a consent back meanwhile: the one whose code it is; else those of
/// whoever has that document, in whatever committee, and of the record that the worker names.
fn lock_people(act: &mut Act<'_>, draft: &EnrolmentDraft, known: &Known) -> Result<Vec<AccountId>> {
    if let Some(account) = known.account {
        return Ok(vec![account]);
    }
    let mut people = Vec::new();
    if let Some(document) = &known.document {
        let hash = document.hash(act.ring);
        people.extend(store::holders(act, &hash)?);
    }
    if let Some(named) = draft.resident {
        people.extend(store::holder(act, named)?);
    }
    accounts::store::lock_all(act, &people)
}

/// The committee's record of the person: the one that account or document lead to, the one the worker names, or the one of that name
/// and number.
fn find(act: &mut Act<'_>, draft: &EnrolmentDraft, known: &Known) -> Result<Option<ResidentDetailRow>> {
    let led = match (known.account, &known.document) {
        (Some(account), _) => store::find_bound(act, account, draft.division)?,
        (_, Some(document)) => {
            let hash = document.hash(act.ring);
            store::find_by_document(act, &hash, draft.division)?
        }
        _ => None,
    };
    let found = match (led, draft.resident, &draft.name, &known.phone) {
        (Some(led), Some(named), ..) if led != named => return RESIDENT_TAKEN.refuse(),
        (Some(led), ..) => Some(led),
        (None, Some(named), ..) => Some(named),
        (None, None, Some(name), Some(phone)) if known.account.is_some() => {
            let hash = phone.hash(act.ring);
            store::find_by_phone(act, &hash, name, draft.division)?
        }
        _ => None,
    };
    let Some(id) = found else { return Ok(None) };
    let record = residents::store::lock(act, id).or_refuse(&RESIDENT_UNKNOWN, "/resident")?;
    let is_here =
        record.resident.division == draft.division && record.resident.status == ResidentStatus::Present;
    if !is_here {
        return Err(RESIDENT_UNKNOWN.at("/resident"));
    }
    if record.account_id == Some(act.actor.account()?) {
        return SELF.refuse();
    }
    let is_anothers = known.account.is_some()
        && record.account_id.is_some_and(|holder| Some(holder) != known.account)
        || led.is_none() && known.document.is_some() && record.document_kind.is_some();
    if is_anothers { RESIDENT_TAKEN.refuse() } else { Ok(Some(record)) }
}

/// Showing the code is agreeing 同意, as the person reads among their consents; who took that back agrees anew by themselves first. That a
/// child under 14 shows a code is no consent.
fn agree(
    act: &mut Act<'_>,
    place: &Permit<Division>,
    (known, people): (&Known, &[AccountId]),
    found: Option<&ResidentDetailRow>,
) -> Result<()> {
    let purpose = ConsentPurpose::Enrolment;
    // Bound to one more since the accounts were locked, perhaps.
    let bound = found.and_then(|record| record.account_id).filter(|holder| !people.contains(holder));
    for account in people.iter().copied().chain(bound) {
        if consents::is_withdrawn(act, account, purpose)? {
            return CONSENT_WITHDRAWN.refuse();
        }
    }
    let Some(account) = known.account else { return Ok(()) };
    let mut birthdays = store::birthdays(act, account)?;
    birthdays.extend(found.map(|record| record.resident.born_on));
    let today = local_date(act.now);
    match birthdays.into_iter().any(|born_on| subjects::is_child(born_on, today)) {
        true => Ok(()),
        false => consents::witness(act, place, account, purpose),
    }
}

/// Fills in what the record lacks; what it says stays.
fn fill(
    act: &mut Act<'_>,
    place: &Permit<Division>,
    record: &ResidentDetailRow,
    known: &Known,
) -> Result<(ResidentId, EnrolmentOutcome)> {
    let id = record.resident.id;
    let phone = known.phone.clone().filter(|_| record.phone_sealed.is_none());
    let document = known.document.clone().filter(|_| record.document_kind.is_none());
    let binds = known.account.filter(|_| record.account_id.is_none());
    let is_filled = phone.is_some() || document.is_some();
    if is_filled {
        let patch = ResidentPatch {
            phone: phone.map_or(Patch::Absent, Patch::Value),
            document: document.map_or(Patch::Absent, Patch::Value),
            ..ResidentPatch::default()
        };
        residents::update(act, id, &IfMatch::Any, patch)?;
    }
    if let Some(account) = binds {
        residencies::bind(act, place, id, account)?;
        volunteer_hours::follow(act, id, None)?;
    }
    let is_refreshed = is_filled || binds.is_some();
    Ok((id, if is_refreshed { EnrolmentOutcome::Refreshed } else { EnrolmentOutcome::Unchanged }))
}

/// Begins a record with the minimum.
fn begin(
    act: &mut Act<'_>,
    place: &Permit<Division>,
    draft: &EnrolmentDraft,
    known: &Known,
) -> Result<ResidentId> {
    let name = known.name.clone().or_else(|| draft.name.clone()).ok_or_else(|| NAME_MISSING.at("/name"))?;
    let residence: Residence = draft.residence.ok_or_else(|| RESIDENCE_MISSING.at("/residence"))?;
    let begun = ResidentDraft {
        name,
        division: draft.division,
        document: known.document.clone(),
        phone: known.phone.clone(),
        no_identifier: None,
        sex: None,
        born_on: None,
        nationality: None,
        ethnicity: None,
        education: None,
        political_status: None,
        registered_place: Default::default(),
        residence,
        external_id: None,
    };
    let new = residents::assemble(act.ring, act.now, begun, ResidentSource::Enrolment)?;
    let id = residents::enter(act, new)?.resident.id;
    if let Some(account) = known.account {
        residencies::bind(act, place, id, account)?;
    }
    Ok(id)
}

/// Uses the code up, and writes down what was done and under which notice.
fn write(
    act: &mut Act<'_>,
    place: &Permit<Division>,
    draft: &EnrolmentDraft,
    (resident, outcome, issuer): (ResidentId, EnrolmentOutcome, String),
    scan: Scan,
) -> Result<EnrolmentView> {
    let occasion =
        Occasion { purpose: CheckInPurpose::Enrolment, division: draft.division, event: None, venue: None };
    let recorded = check_ins::record(act, place, &occasion, scan)?;
    if recorded.is_duplicate {
        // Used since it was looked for, by an act that is not an enrolment of this person.
        return CODE_USED.refuse();
    }
    let row = EnrolmentRow {
        id: EnrolmentId(recorded.row.id.0),
        division: draft.division,
        resident_id: resident,
        issuer,
        outcome,
        notice_version: draft.notice_version.get(),
        enrolled_by: act.actor.account()?,
        created_at: act.now,
    };
    store::insert(act, place, &row)?;
    let detail = json!({
        "resident": resident, "outcome": outcome.as_str(), "issuer": row.issuer, "notice_version": row.notice_version
    });
    let (id, division) = (row.id.to_string(), Some(draft.division));
    act.record(Event { action: Action::Create, id, division, detail })?;
    Ok(EnrolmentView::new(row, false))
}
