//! Adding and changing a venue, showing its code, and reading one that was scanned.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::codes::{self, Shown, VenueCode, VenueScan};
use super::model::{CodeGrade, NewVenue, SECRET_SEAL, VenueChange, VenueId, VenueRow};
use super::rules::{CODE_UNKNOWN, NOT_PRINTED, ORGANISATION_UNKNOWN, check_fence};
use super::short_code::ShortCode;
use super::wire::{VenueCodeView, VenueDraft, VenuePatch, VenueView};
use super::{Action, sheet, store};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::OrganisationId;
use crate::kit::crypto::{Keyring, random_bytes};
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::patch::Patch;
use crate::kit::problem::{Problem, Result};
use crate::places::coordinates::{Point, Radius};
use crate::places::{divisions, organisations};

/// Adds a venue to a division within reach.
pub fn create(act: &mut Act<'_>, draft: VenueDraft) -> Result<VenueView> {
    let division = act.permit(Action::Create, draft.division)?;
    divisions::must_stand(act, *division, "/division")?;
    let radius = draft.radius.map(Radius::get);
    check_fence(radius, draft.location.is_some(), draft.code_grade)?;
    if let Some(organisation) = draft.organisation {
        check_organisation(act, organisation)?;
    }
    let (short, secret_sealed) = new_code(act.ring)?;
    let location = draft.location.map(Point::to_wgs84);
    let new = NewVenue {
        id: VenueId::new(),
        division: *division,
        organisation_id: draft.organisation,
        name: draft.name.into_inner(),
        kind: draft.kind,
        address: draft.address.into_inner(),
        longitude: location.map(|point| point.longitude),
        latitude: location.map(|point| point.latitude),
        code_grade: draft.code_grade,
        radius,
        short_code: short.to_string(),
        secret_sealed,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(VenueView::new(row, None))
}

/// Changes a venue.
pub fn update(act: &mut Act<'_>, id: VenueId, seen: &IfMatch, patch: VenuePatch) -> Result<VenueView> {
    let venue = store::lock(act, id)?;
    let venue = act.permit(Action::Update, venue)?;
    seen.check(venue.version)?;
    let radius = patch.radius.clone().map(Radius::get).unwrap_or(venue.radius);
    let is_placed = match patch.location {
        Patch::Absent => venue.latitude.is_some(),
        Patch::Null => false,
        Patch::Value(_) => true,
    };
    check_fence(radius, is_placed, patch.code_grade.0.unwrap_or(venue.code_grade))?;
    if let Patch::Value(organisation) = patch.organisation
        && venue.organisation_id != Some(organisation)
    {
        check_organisation(act, organisation)?;
    }
    let row = store::update(act, &venue, patch.into())?;
    record(act, Action::Update, &row)?;
    Ok(VenueView::new(row, None))
}

/// Gives a venue another code: one that was photographed, or printed for somewhere else, counts no more.
pub fn create_code(act: &mut Act<'_>, id: VenueId) -> Result<VenueCodeView> {
    let venue = store::lock(act, id)?;
    let venue = act.permit(Action::CreateCode, venue)?;
    let (short, sealed) = new_code(act.ring)?;
    let (short_code, secret_sealed) = (Some(short.to_string()), Some(sealed));
    let row =
        store::update(act, &venue, VenueChange { short_code, secret_sealed, ..VenueChange::default() })?;
    record(act, Action::CreateCode, &row)?;
    show(act.ring, &row, act.now).map(|shown| VenueCodeView::new(&row, shown))
}

/// The code that a venue shows now.
pub fn find_code(look: &mut Look<'_>, action: Action, id: VenueId) -> Result<(VenueRow, Shown)> {
    let row = store::find_for(look, action, id)?;
    let shown = show(look.ring, &row, look.now)?;
    Ok((row, shown))
}

/// A venue whose code may be printed.
pub fn find_printed(look: &mut Look<'_>, id: VenueId) -> Result<(VenueRow, Shown)> {
    let (row, shown) = find_code(look, Action::FindSheet, id)?;
    if row.code_grade == CodeGrade::Static { Ok((row, shown)) } else { NOT_PRINTED.refuse() }
}

/// The sheet that hangs at such a venue.
pub fn draw_sheet(row: &VenueRow, shown: &Shown) -> Result<String> {
    let short =
        ShortCode::parse(&row.short_code).ok_or_else(|| Problem::fault("a short code is not whole"))?;
    sheet::draw(row, &short, &shown.text)
}

/// What a code shows that somebody scanned now and there: for check-ins, in their own act.
pub fn read_code(look: &mut Look<'_>, text: &str, at: Option<Point>) -> Result<VenueScan> {
    let code = VenueCode::parse(text)?;
    let row = store::find_by_code(look, &code.short).or_refuse(&CODE_UNKNOWN, "/code")?;
    let secret = look.ring.open_sealed(SECRET_SEAL, &row.secret_sealed)?;
    codes::read(&row, &secret, &code, look.now, at)
}

fn show(ring: &Keyring, row: &VenueRow, now: DateTime<Utc>) -> Result<Shown> {
    let secret = ring.open_sealed(SECRET_SEAL, &row.secret_sealed)?;
    codes::show(row, &secret, now)
}

/// A short code, and the sealed secret of the rotating one, which each venue has so that its grade can change.
fn new_code(ring: &Keyring) -> Result<(ShortCode, Vec<u8>)> {
    Ok((ShortCode::random()?, ring.seal(SECRET_SEAL, &random_bytes::<32>()?)?))
}

fn check_organisation(act: &mut Act<'_>, organisation: OrganisationId) -> Result<()> {
    organisations::find_open(act, organisation, &ORGANISATION_UNKNOWN, "/organisation").map(drop)
}

fn record(act: &mut Act<'_>, action: Action, row: &VenueRow) -> Result<()> {
    let detail = json!({
        "kind": row.kind.as_str(), "code_grade": row.code_grade.as_str(), "radius": row.radius,
        "status": row.status.as_str(), "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
