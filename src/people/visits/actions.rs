//! Writing a visit down, and mending it.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::model::{NewVisit, Subject, VisitChange, VisitRow};
use super::rules::{
    self, FOLLOWED_UP, FOLLOWS_OTHER, FOLLOWS_UNKNOWN, HOME_UNKNOWN, NOT_COMMITTEE, RESIDENT_UNKNOWN,
};
use super::views::{OwnVisitFindingView, OwnVisitView, VisitDetailView};
use super::wire::{VisitDraft, VisitPatch};
use super::{Action, VisitKind, parts, store};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::access::files::{self};
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::page::{Page, Pager};
use crate::kit::patch::Patch;
use crate::kit::problem::Result;
use crate::kit::text::{Line, Prose};
use crate::people::disclosures::ResidentId;
use crate::people::residents;
use crate::people::visit_findings::{self, VISITS, VisitFindingDraft, VisitFindingView, VisitId};
use crate::places::divisions;
use crate::places::dwellings::{self, DwellingId};

/// A visit with what belongs to it.
pub fn find(look: &mut Look<'_>, id: VisitId) -> Result<VisitDetailView> {
    let row = store::find(look, id)?;
    let companions = store::companions(look, id)?;
    let findings = visit_findings::store::of(look, &[id])?;
    let findings = findings.into_iter().map(VisitFindingView::from).collect();
    let photos = files::of(look, VISITS, id.0)?;
    Ok(VisitDetailView::new(row, companions, findings, photos))
}

/// One page of the visits to oneself, with what kinds of things were found.
pub fn own_page(
    look: &mut Look<'_>,
    pager: &Pager<'_, (DateTime<Utc>, uuid::Uuid)>,
) -> Result<Page<OwnVisitView>> {
    let rows = store::own_page(look, pager)?;
    let ids: Vec<VisitId> = rows.iter().map(|row| row.id).collect();
    let findings = visit_findings::store::of(look, &ids)?;
    let of = |visit: VisitId| {
        let made = findings.iter().map(|row| &row.finding).filter(move |finding| finding.visit_id == visit);
        made.map(|finding| OwnVisitFindingView { category: finding.category, state: finding.state }).collect()
    };
    pager.page(
        rows,
        |row| (row.visited_at, row.id.0),
        |row| {
            let findings = of(row.id);
            OwnVisitView::new(row, findings)
        },
    )
}

/// Writes down a visit in a committee within reach.
pub fn create(act: &mut Act<'_>, draft: VisitDraft) -> Result<VisitDetailView> {
    let division = act.permit(Action::Create, draft.division)?.into_inner();
    divisions::require_committee(act, division, &NOT_COMMITTEE, "/division")?;
    let visited_at = draft.visited_at.unwrap_or(act.now);
    rules::must_be_past(visited_at, act.now)?;
    let follow_up_on = draft.follow_up_on.map(Day::get);
    rules::must_look_later(visited_at, follow_up_on)?;
    let topic = draft.topic.map(Line::into_inner);
    let subject = subject(act, division, draft.kind, (draft.resident, draft.home, topic))?;
    let companions = parts::companions(act, division, act.actor.account()?, draft.companions.into_inner())?;
    let earlier = draft
        .follows
        .map(|earlier| lock_earlier(act, division, earlier, visited_at, &subject))
        .transpose()?;
    let new = NewVisit {
        id: VisitId::new(),
        division,
        kind: draft.kind,
        resident_id: subject.resident,
        home_id: subject.home,
        topic: subject.topic,
        visited_at,
        author_id: act.actor.account()?,
        summary: draft.summary.into_inner(),
        staff_note: draft.staff_note.into_inner(),
        follow_up_on,
        follows_id: draft.follows,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    if let Some(earlier) = earlier {
        store::touch(act, &new, &earlier)?;
    }
    let visit = act.permit(Action::Create, row)?;
    store::set_companions(act, &visit, &companions)?;
    let findings = draft.findings.into_inner().into_iter();
    parts::add_findings(
        act,
        &visit,
        findings.map(|VisitFindingDraft { category, text }| (category, text)).collect(),
    )?;
    parts::add_photos(act, &visit, &draft.photos.into_inner())?;
    record(act, Action::Create, &visit)?;
    find(act, visit.id)
}

/// Changes a visit within seven days.
pub fn update(act: &mut Act<'_>, id: VisitId, seen: &IfMatch, patch: VisitPatch) -> Result<VisitDetailView> {
    let visit = store::lock(act, id)?;
    let visit = act.permit(Action::Update, visit)?;
    seen.check(visit.version)?;
    rules::must_be_fresh(&visit, act.now)?;
    if let Some(people) = patch.companions.0 {
        let people = parts::companions(act, visit.division, visit.author_id, people.into_inner())?;
        store::set_companions(act, &visit, &people)?;
    }
    let visited_at = patch.visited_at.0.unwrap_or(visit.visited_at);
    let follow_up_on = patch.follow_up_on.over(visit.follow_up_on.map(Day::from)).map(Day::get);
    rules::must_look_later(visited_at, follow_up_on)?;
    let sent = (patch.resident, patch.home, patch.topic);
    let subject = changed_subject(act, &visit, visited_at, sent)?;
    let change = VisitChange {
        resident_id: Some(subject.resident),
        home_id: Some(subject.home),
        topic: Some(subject.topic),
        visited_at: Some(visited_at),
        summary: patch.summary.map(Prose::into_inner),
        staff_note: patch.staff_note.map(Prose::into_inner),
        follow_up_on: Some(follow_up_on),
    };
    let row = store::update(act, &visit, change)?;
    parts::change_findings(act, &visit, patch.findings.into_inner())?;
    parts::add_photos(act, &visit, &patch.photos.into_inner())?;
    record(act, Action::Update, &row)?;
    find(act, id)
}

/// Whom, which home, what about: as sent.
type Sent = (Option<ResidentId>, Patch<DwellingId>, Option<String>);

/// Whom and what a visit is about; both must be of the committee. A visit to a resident is to their home, unless told.
fn subject(act: &mut Act<'_>, division: Division, kind: VisitKind, sent: Sent) -> Result<Subject> {
    let (resident, home, topic) = sent;
    let resident = resident.map(|id| find_resident(act, division, id)).transpose()?;
    let lives_in = resident.and_then(|(_, home)| home).filter(|_| kind == VisitKind::Visit);
    let home = match home {
        Patch::Null => None,
        Patch::Value(home) => Some(find_home(act, division, home)?),
        Patch::Absent => lives_in.and_then(|home| find_home(act, division, home).ok()),
    };
    let subject = Subject { resident: resident.map(|(id, _)| id), home, topic };
    rules::must_have_subject(kind, &subject)?;
    Ok(subject)
}

/// A resident of the committee, and where they live. A record that was merged is answered by the one it was merged into.
fn find_resident(
    act: &mut Act<'_>,
    division: Division,
    id: ResidentId,
) -> Result<(ResidentId, Option<DwellingId>)> {
    let row = residents::store::find(act, id).or_refuse(&RESIDENT_UNKNOWN, "/resident")?.resident;
    if row.division == division { Ok((row.id, row.home_id)) } else { Err(RESIDENT_UNKNOWN.at("/resident")) }
}

fn find_home(act: &mut Act<'_>, division: Division, id: DwellingId) -> Result<DwellingId> {
    let home = dwellings::store::find(act, id).or_refuse(&HOME_UNKNOWN, "/home")?;
    if home.division == division { Ok(home.id) } else { Err(HOME_UNKNOWN.at("/home")) }
}

/// The subject after a change. Once a visit is followed up, whom it was about and when stay; one that follows up another goes on
/// doing so.
fn changed_subject(
    act: &mut Act<'_>,
    visit: &VisitRow,
    visited_at: DateTime<Utc>,
    (resident, home, topic): (Patch<ResidentId>, Patch<DwellingId>, Patch<Line<100>>),
) -> Result<Subject> {
    let before = visit.subject();
    // What is not named is not asked about again: the record may have left the committee since.
    let is_same = resident == Patch::Absent && home == Patch::Absent && topic == Patch::Absent;
    let subject = if is_same {
        before.clone()
    } else {
        let topic = topic.map(Line::into_inner).unwrap_or(before.topic.clone());
        let home = home.over(before.home).map_or(Patch::Null, Patch::Value);
        subject(act, visit.division, visit.kind, (resident.over(before.resident), home, topic))?
    };
    if subject == before && visited_at == visit.visited_at {
        return Ok(subject);
    }
    if visited_at != visit.visited_at {
        rules::must_be_past(visited_at, act.now)?;
    }
    if store::is_followed_up(act, visit)? {
        return FOLLOWED_UP.refuse();
    }
    if let Some(earlier) = visit.follows_id {
        let earlier = store::find(act, earlier)?.visit;
        rules::must_follow(&earlier, visited_at, &subject)?;
    }
    Ok(subject)
}

/// The earlier visit that a new one follows up. It stays as it is until this act has ended.
fn lock_earlier(
    act: &mut Act<'_>,
    division: Division,
    earlier: VisitId,
    visited_at: DateTime<Utc>,
    subject: &Subject,
) -> Result<VisitRow> {
    let earlier = store::lock(act, earlier).or_refuse(&FOLLOWS_UNKNOWN, "/follows")?;
    if earlier.division != division {
        return Err(FOLLOWS_OTHER.at("/follows"));
    }
    rules::must_follow(&earlier, visited_at, subject)?;
    Ok(earlier)
}

fn record(act: &mut Act<'_>, action: Action, row: &VisitRow) -> Result<()> {
    let detail = json!({ "kind": row.kind.as_str(), "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
