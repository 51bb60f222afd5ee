//! Visits in JSON: what goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{NamedVisitRow, OwnVisitRow, VisitKind};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::files::FileView;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::people::disclosures::ResidentId;
use crate::people::visit_findings::{
    VisitAccountView, VisitFindingCategory, VisitFindingState, VisitFindingView, VisitHomeView, VisitId,
    VisitResidentView,
};

/// A visit, as lists tell.
#[derive(Serialize, ToSchema)]
pub struct VisitView {
    /// Its id.
    pub id: VisitId,
    /// The committee that keeps the record.
    pub division: Division,
    /// Visit or reception.
    pub kind: VisitKind,
    /// Who was visited or received; null where nobody of the archive was.
    pub resident: Option<VisitResidentView>,
    /// Which home it was about; null where it was about none.
    pub home: Option<VisitHomeView>,
    /// What about, in a few words.
    #[schema(example = "独居老人入户探望")]
    pub topic: Option<String>,
    /// When it was.
    #[serde(serialize_with = "moment::write")]
    pub visited_at: DateTime<Utc>,
    /// Who wrote it down.
    pub author: VisitAccountView,
    /// When to look again; null where that is not planned.
    pub follow_up_on: Option<NaiveDate>,
    /// The later visit that followed it up; null while there is none.
    pub followed_up_by: Option<VisitId>,
    /// The earlier visit that it follows up.
    pub follows: Option<VisitId>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedVisitRow> for VisitView {
    fn from(row: NamedVisitRow) -> Self {
        let NamedVisitRow { visit, author_name, followed_up_by, resident, home } = row;
        Self {
            id: visit.id,
            division: visit.division,
            kind: visit.kind,
            resident: resident.map(Into::into),
            home: home.map(Into::into),
            topic: visit.topic,
            visited_at: visit.visited_at,
            author: VisitAccountView { id: visit.author_id, display_name: author_name },
            follow_up_on: visit.follow_up_on,
            followed_up_by,
            follows: visit.follows_id,
            version: visit.version,
            created_at: visit.created_at,
            updated_at: visit.updated_at,
        }
    }
}

/// All of a visit.
#[derive(Serialize, ToSchema)]
pub struct VisitDetailView {
    /// What lists tell.
    #[serde(flatten)]
    pub visit: VisitView,
    /// What was said and seen.
    #[schema(example = "身体尚好，希望社区食堂能送餐上门。")]
    pub summary: String,
    /// What only staff read.
    pub staff_note: String,
    /// Who went along.
    pub companions: Vec<VisitAccountView>,
    /// What was found.
    pub findings: Vec<VisitFindingView>,
    /// The photos.
    pub photos: Vec<FileView>,
}

impl VisitDetailView {
    /// Puts a visit together with what belongs to it.
    pub fn new(
        mut row: NamedVisitRow,
        companions: Vec<(AccountId, String)>,
        findings: Vec<VisitFindingView>,
        photos: Vec<FileView>,
    ) -> Self {
        let named = |(id, display_name)| VisitAccountView { id, display_name };
        Self {
            summary: std::mem::take(&mut row.visit.summary),
            staff_note: std::mem::take(&mut row.visit.staff_note),
            companions: companions.into_iter().map(named).collect(),
            findings,
            photos,
            visit: row.into(),
        }
    }
}

impl View for VisitDetailView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.visit.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/visits/{}", self.visit.id))
    }
}

/// What kind of thing was found when oneself was visited. Its words may speak of others.
#[derive(Serialize, ToSchema)]
pub struct OwnVisitFindingView {
    /// What kind of thing it is.
    pub category: VisitFindingCategory,
    /// Whether something is still to be done.
    pub state: VisitFindingState,
}

/// A visit to oneself.
#[derive(Serialize, ToSchema)]
pub struct OwnVisitView {
    /// Its id.
    pub id: VisitId,
    /// The committee that keeps the record.
    pub division: Division,
    /// Visit or reception.
    pub kind: VisitKind,
    /// One's record in the archive.
    pub resident: Option<ResidentId>,
    /// What about, in a few words.
    #[schema(example = "独居老人入户探望")]
    pub topic: Option<String>,
    /// When it was.
    #[serde(serialize_with = "moment::write")]
    pub visited_at: DateTime<Utc>,
    /// Who wrote it down.
    #[schema(example = "社工小王")]
    pub by: String,
    /// What was said and seen.
    #[schema(example = "身体尚好，希望社区食堂能送餐上门。")]
    pub summary: String,
    /// When somebody comes again; null where that is not planned.
    pub follow_up_on: Option<NaiveDate>,
    /// What kinds of things were found, and what became of them.
    pub findings: Vec<OwnVisitFindingView>,
}

impl OwnVisitView {
    /// Puts a visit together with what was found.
    pub fn new(row: OwnVisitRow, findings: Vec<OwnVisitFindingView>) -> Self {
        let OwnVisitRow {
            id,
            division,
            kind,
            resident_id,
            topic,
            visited_at,
            author_name,
            summary,
            follow_up_on,
        } = row;
        let (resident, by) = (resident_id, author_name);
        Self { id, division, kind, resident, topic, visited_at, by, summary, follow_up_on, findings }
    }
}

impl View for VisitView {
    const IS_SECRET: bool = true;
}

impl View for OwnVisitView {
    const IS_SECRET: bool = true;
}
