//! What hangs on a visit: who went along, what was found, and photos.

use super::model::VisitRow;
use super::rules::{COMPANION_UNKNOWN, FINDING_UNKNOWN, MOST, PHOTO_INVALID, TOO_MUCH};
use super::wire::VisitFindingPatch;
use crate::access::act::{Act, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::files::{self, Attachment, FileId};
use crate::access::posts;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::people::visit_findings::{
    self, FindingChange, NewFinding, VISITS, VisitFindingCategory, VisitFindingId, VisitFindingState,
};

/// Who went along: colleagues in office there, each once, and not the author.
pub(super) fn companions(
    act: &mut Act<'_>,
    division: Division,
    author: AccountId,
    people: Vec<AccountId>,
) -> Result<Vec<AccountId>> {
    let in_office = posts::reaching(act, &people, division)?;
    for (at, person) in people.iter().enumerate() {
        let is_repeated = people.iter().take(at).any(|before| before == person);
        if *person == author || is_repeated || !in_office.contains(person) {
            return Err(COMPANION_UNKNOWN.at(format!("/companions/{at}")));
        }
    }
    Ok(people)
}

/// What kind of thing was found, and its words.
pub(super) type Words = (VisitFindingCategory, Line<500>);

/// Enters what was found.
pub(super) fn add_findings(act: &mut Act<'_>, visit: &Permit<VisitRow>, findings: Vec<Words>) -> Result<()> {
    let new = |(category, text): Words| NewFinding {
        id: VisitFindingId::new(),
        visit_id: visit.id,
        division: visit.division,
        category,
        text: text.into_inner(),
        state: VisitFindingState::Open,
        created_at: act.now,
    };
    let rows: Vec<NewFinding> = findings.into_iter().map(new).collect();
    visit_findings::store::insert(act, visit, &rows)
}

/// Rewrites findings that have an id, and adds those that have none.
pub(super) fn change_findings(
    act: &mut Act<'_>,
    visit: &Permit<VisitRow>,
    findings: Vec<VisitFindingPatch>,
) -> Result<()> {
    let mut added = Vec::new();
    for (at, VisitFindingPatch { id, category, text }) in findings.into_iter().enumerate() {
        let Some(id) = id else {
            added.push((category, text));
            continue;
        };
        let change = FindingChange { category, text: text.into_inner() };
        if !visit_findings::store::rewrite(act, visit, (visit.id, id), &change)? {
            return Err(FINDING_UNKNOWN.at(format!("/findings/{at}/id")));
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    if visit_findings::store::of(act, &[visit.id])?.len() + added.len() > MOST {
        return Err(TOO_MUCH.at("/findings"));
    }
    add_findings(act, visit, added)
}

/// Photos are pictures of the one who writes; from now on they go through the visit's door.
pub(super) fn add_photos(act: &mut Act<'_>, visit: &Permit<VisitRow>, photos: &[FileId]) -> Result<()> {
    if photos.is_empty() {
        return Ok(());
    }
    let to = Attachment { resource: VISITS, id: visit.id.0, division: visit.division };
    files::attach(act, photos, &to, "/photos")?;
    let all = files::of(act, VISITS, visit.id.0)?;
    if all.len() > MOST {
        return Err(TOO_MUCH.at("/photos"));
    }
    let is_picture = |id: &FileId| all.iter().any(|file| file.id == *id && file.thumbnail_url.is_some());
    match photos.iter().position(|id| !is_picture(id)) {
        Some(at) => Err(PHOTO_INVALID.at(format!("/photos/{at}"))),
        None => Ok(()),
    }
}
