//! Entering, changing, looking up; and looking at whole values.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::kinds::{NoIdentifier, ResidentSource, ResidentStatus};
use super::model::{Filter, Key, NewResident, ResidentChange, ResidentDetailRow};
use super::rules::{self, CLOSED, LOOKUP_KEY, NO_IDENTIFIER, NOT_COMMITTEE};
use super::views::{
    IdentityView, PHONE_SEAL, ResidentDetailView, ResidentLookupView, open_document, open_phone,
};
use super::wire::{ResidentDraft, ResidentLookupDraft, ResidentPatch};
use super::{Action, ResidentId, store};
use crate::access::act::{Act, Event, Look};
use crate::access::phone::Phone;
use crate::kit::clock::local_date;
use crate::kit::crypto::Keyring;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::patch::Patch;
use crate::kit::problem::{Fault, NOT_FOUND, Place, Problem, Result};
use crate::kit::text::{Label, Line};
use crate::people::disclosures::{self, DisclosurePurpose};
use crate::people::document::{Document, DocumentKind, Sex};
use crate::people::labels::{self, LABEL_UNKNOWN};
use crate::people::names::PersonName;
use crate::places::divisions;

/// A resident the caller sees, numbers masked.
pub fn find(look: &mut Look<'_>, id: ResidentId) -> Result<ResidentDetailView> {
    let row = store::find(look, id)?;
    ResidentDetailView::new(row, look.ring)
}

/// The filter, with where its label is seen; a label not seen on anybody is as unknown as any other.
pub fn with_label(look: &mut Look<'_>, mut filter: Filter) -> Result<Filter> {
    if let Some(label) = filter.label {
        look.scope(Action::List)?;
        let place = Place::Parameter("label".to_owned());
        let unknown =
            || Problem::from(&LABEL_UNKNOWN).with(Fault { place, code: LABEL_UNKNOWN.code, detail: None });
        let scope = labels::store::find_scope(look, label);
        filter.labelled_in = Some(scope.map_err(|problem| match *problem.rule() == NOT_FOUND {
            true => unknown(),
            false => problem,
        })?);
    }
    Ok(filter)
}

/// Enters a resident in a committee within reach.
pub fn create(act: &mut Act<'_>, draft: ResidentDraft) -> Result<ResidentDetailView> {
    let new = assemble(act.ring, act.now, draft, ResidentSource::Worker)?;
    let row = enter(act, new)?;
    ResidentDetailView::new(row, act.ring)
}

/// Enters a record that was assembled, wherever it came from.
pub fn enter(act: &mut Act<'_>, new: NewResident) -> Result<ResidentDetailRow> {
    let new = act.permit(Action::Create, new)?;
    divisions::require_committee(act, new.division, &NOT_COMMITTEE, "/division")?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row)
}

/// Makes a record of a draft: read, checked, numbers sealed.
pub fn assemble(
    ring: &Keyring,
    now: DateTime<Utc>,
    draft: ResidentDraft,
    source: ResidentSource,
) -> Result<NewResident> {
    if draft.document.is_none() && draft.phone.is_none() && draft.no_identifier.is_none() {
        return Err(NO_IDENTIFIER.at("/no_identifier"));
    }
    let document = draft.document.as_ref();
    let (born_on, sex) = rules::facts(document, draft.born_on.map(Day::get), draft.sex, local_date(now))?;
    let reading = draft.name.reading();
    let numbers = Numbers::of(document, draft.phone.as_ref(), ring)?;
    let has_number = numbers.document_kind.is_some() || numbers.phone_sealed.is_some();
    Ok(NewResident {
        id: ResidentId::new(),
        division: draft.division,
        name: draft.name.into_inner(),
        pinyin: reading.pinyin,
        initials: reading.initials,
        sex,
        born_on,
        document_kind: numbers.document_kind,
        document_sealed: numbers.document_sealed,
        document_hash: numbers.document_hash,
        phone_sealed: numbers.phone_sealed,
        phone_hash: numbers.phone_hash,
        no_identifier: draft.no_identifier.filter(|_| !has_number),
        nationality: draft.nationality.map_or_else(|| "CHN".to_owned(), |code| code.0),
        ethnicity: draft.ethnicity.map(|code| code.0),
        education: draft.education,
        political_status: draft.political_status,
        registered_place: draft.registered_place.into_inner(),
        residence: draft.residence,
        home_id: None,
        external_id: draft.external_id.map(Line::into_inner),
        source,
        created_at: now,
        updated_at: now,
    })
}

/// Numbers as they are kept: sealed, and hashed to be found by.
struct Numbers {
    document_kind: Option<DocumentKind>,
    document_sealed: Option<Vec<u8>>,
    document_hash: Option<Vec<u8>>,
    phone_sealed: Option<Vec<u8>>,
    phone_hash: Option<Vec<u8>>,
}

impl Numbers {
    fn of(document: Option<&Document>, phone: Option<&Phone>, ring: &Keyring) -> Result<Self> {
        Ok(Numbers {
            document_kind: document.map(Document::kind),
            document_sealed: document.map(|document| document.seal(ring)).transpose()?,
            document_hash: document.map(|document| document.hash(ring).to_vec()),
            phone_sealed: phone.map(|phone| phone.seal_for(ring, PHONE_SEAL)).transpose()?,
            phone_hash: phone.map(|phone| phone.hash(ring).to_vec()),
        })
    }
}

/// Changes a resident's record.
pub fn update(
    act: &mut Act<'_>,
    id: ResidentId,
    seen: &IfMatch,
    patch: ResidentPatch,
) -> Result<ResidentDetailView> {
    let resident = store::lock(act, id)?;
    let resident = act.permit(Action::Update, resident)?;
    seen.check(resident.resident.version)?;
    if resident.resident.status != ResidentStatus::Present {
        return CLOSED.refuse();
    }
    let change = change(act, &resident, patch)?;
    let row = store::update(act, &resident, change)?;
    record(act, Action::Update, &row)?;
    ResidentDetailView::new(row, act.ring)
}

fn change(act: &Act<'_>, row: &ResidentDetailRow, patch: ResidentPatch) -> Result<ResidentChange> {
    let document = after(&patch.document, open_document(row, act.ring)?);
    let phone = after(&patch.phone, open_phone(row, act.ring)?);
    let reason: Option<NoIdentifier> = after(&patch.no_identifier, row.no_identifier);
    if document.is_none() && phone.is_none() && reason.is_none() {
        return Err(NO_IDENTIFIER.at("/no_identifier"));
    }
    let (born_on, sex) = facts(act, row, &patch, document.as_ref())?;
    let numbers = Numbers::of(document.as_ref(), phone.as_ref(), act.ring)?;
    let reading = patch.name.0.as_ref().map(PersonName::reading);
    let has_number = document.is_some() || phone.is_some();
    let (with_document, with_phone) = (patch.document != Patch::Absent, patch.phone != Patch::Absent);
    Ok(ResidentChange {
        pinyin: reading.as_ref().map(|reading| reading.pinyin.clone()),
        initials: reading.map(|reading| reading.initials),
        name: patch.name.map(PersonName::into_inner),
        sex: Some(sex),
        born_on: Some(born_on),
        document_kind: with_document.then_some(numbers.document_kind),
        document_sealed: with_document.then_some(numbers.document_sealed),
        document_hash: with_document.then_some(numbers.document_hash),
        phone_sealed: with_phone.then_some(numbers.phone_sealed),
        phone_hash: with_phone.then_some(numbers.phone_hash),
        no_identifier: Some(reason.filter(|_| !has_number)),
        nationality: patch.nationality.map(|code| code.0),
        ethnicity: patch.ethnicity.map(|code| code.0),
        education: patch.education.map(|value| value),
        political_status: patch.political_status.map(|value| value),
        registered_place: patch.registered_place.map(Label::into_inner),
        residence: patch.residence.0,
        external_id: patch.external_id.map(Line::into_inner),
        ..ResidentChange::default()
    })
}

/// What a field holds after a patch.
fn after<T: Clone>(patch: &Patch<T>, before: Option<T>) -> Option<T> {
    match patch {
        Patch::Absent => before,
        Patch::Null => None,
        Patch::Value(value) => Some(value.clone()),
    }
}

/// A new document brings its own day and sex with it, unless others are sent.
fn facts(
    act: &Act<'_>,
    row: &ResidentDetailRow,
    patch: &ResidentPatch,
    document: Option<&Document>,
) -> Result<(Option<NaiveDate>, Option<Sex>)> {
    let is_new = matches!(patch.document, Patch::Value(_));
    let stated = |is_stated: bool| is_new && is_stated;
    let known_day = row.resident.born_on.filter(|_| !stated(document.is_some_and(|d| d.born_on().is_some())));
    let known_sex = row.resident.sex.filter(|_| !stated(document.is_some_and(|d| d.sex().is_some())));
    let born_on = after(&patch.born_on, known_day.map(Day::from));
    rules::facts(document, born_on.map(Day::get), after(&patch.sex, known_sex), local_date(act.now))
}

/// Looks somebody up by one exact key.
pub fn look_up(act: &mut Act<'_>, draft: ResidentLookupDraft) -> Result<ResidentLookupView> {
    act.scope(Action::CreateLookup)?;
    let (key, by) = match (draft.document, draft.phone, draft.home) {
        (Some(document), None, None) => (Key::Document(document.hash(act.ring)), "document"),
        (None, Some(phone), None) => (Key::Phone(phone.hash(act.ring)), "phone"),
        (None, None, Some(home)) => (Key::Home(home), "home"),
        _ => return Err(LOOKUP_KEY.at("")),
    };
    let rows = store::look_up(act, &key)?;
    let id = rows.first().map(|row| row.id.to_string()).unwrap_or_default();
    let (division, detail) = (rows.first().map(|row| row.division), json!({ "by": by, "found": rows.len() }));
    act.record(Event { action: Action::CreateLookup, id, division, detail })?;
    Ok(ResidentLookupView { items: rows.into_iter().map(Into::into).collect() })
}

/// Whole values, for a purpose that the person can read afterwards.
pub fn find_identity(act: &mut Act<'_>, id: ResidentId, purpose: DisclosurePurpose) -> Result<IdentityView> {
    let resident = store::find(act, id)?;
    let resident = act.permit(Action::FindIdentity, resident)?;
    let (id, division) = (resident.resident.id, resident.resident.division);
    let standing = act.actor.standing_for(Action::FindIdentity, division);
    let fields = ["document", "phone"];
    if disclosures::note(act, id, standing, purpose, &fields)? {
        let detail = json!({ "purpose": purpose.as_str(), "fields": fields });
        let (action, division) = (Action::FindIdentity, Some(division));
        act.record(Event { action, id: id.to_string(), division, detail })?;
    }
    let document = open_document(&resident, act.ring)?.map(Document::into_view);
    let phone = open_phone(&resident, act.ring)?.map(|phone| phone.expose().to_owned());
    Ok(IdentityView { resident: id, purpose, document, phone })
}

fn record(act: &mut Act<'_>, action: Action, row: &ResidentDetailRow) -> Result<()> {
    let detail = json!({ "version": row.resident.version });
    let (id, division) = (row.resident.id.to_string(), Some(row.resident.division));
    act.record(Event { action, id, division, detail })
}
