//! Findings in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{
    Filter, HomeRow, NamedFindingRow, PlacedFindingRow, VisitFindingCategory, VisitFindingId,
    VisitFindingState, VisitId,
};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::files::FileView;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::Line;
use crate::people::disclosures::ResidentId;
use crate::places::dwellings::DwellingId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitFindingQuery {
    /// Only findings in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only findings of this kind.
    pub category: Option<VisitFindingCategory>,
    /// Open ones 待办, unless closed ones are asked for.
    pub state: Option<VisitFindingState>,
    /// Only those made when this resident was visited or received.
    pub resident: Option<ResidentId>,
    /// Only those made about this home.
    pub home: Option<DwellingId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VisitFindingQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter {
            division: self.division,
            category: self.category,
            state: self.state.unwrap_or(VisitFindingState::Open),
            resident: self.resident,
            home: self.home,
        }
    }
}

/// The finding in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VisitFindingPath {
    /// The finding.
    pub visit_finding: VisitFindingId,
}

/// Write down a finding.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitFindingDraft {
    /// What kind of thing it is.
    pub category: VisitFindingCategory,
    /// What was found, in words that can stand alone. Staff read it; the visited person does not.
    #[schema(example = "灶具软管老化，有漏气风险。")]
    pub text: Line<500>,
}

/// Close a finding.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitFindingClosureDraft {
    /// What became of it.
    #[schema(example = "已联系燃气公司更换软管。")]
    pub note: Line<500>,
}

/// Somebody with an account, by name.
#[derive(Serialize, ToSchema)]
pub struct VisitAccountView {
    /// The account.
    pub id: AccountId,
    /// How others see it.
    #[schema(example = "社工小王")]
    pub display_name: String,
}

/// A resident, by name.
#[derive(Serialize, ToSchema)]
pub struct VisitResidentView {
    /// The resident.
    pub id: ResidentId,
    /// The name.
    #[schema(example = "陈桂芳")]
    pub name: String,
}

impl From<(ResidentId, String)> for VisitResidentView {
    fn from((id, name): (ResidentId, String)) -> Self {
        Self { id, name }
    }
}

/// A home, by what it is called.
#[derive(Serialize, ToSchema)]
pub struct VisitHomeView {
    /// The dwelling.
    pub id: DwellingId,
    /// Its building's number 楼号.
    #[schema(example = "247号")]
    pub building_number: String,
    /// Its unit 单元; empty where the building has none.
    #[schema(example = "1")]
    pub unit: String,
    /// Its number 室号.
    #[schema(example = "502")]
    pub number: String,
}

impl From<HomeRow> for VisitHomeView {
    fn from(row: HomeRow) -> Self {
        let HomeRow { id, building_number, unit, number } = row;
        Self { id, building_number, unit, number }
    }
}

/// How a finding was closed.
#[derive(Serialize, ToSchema)]
pub struct VisitFindingClosureView {
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: VisitAccountView,
    /// What became of it.
    #[schema(example = "已联系燃气公司更换软管。")]
    pub note: String,
}

/// A finding.
#[derive(Serialize, ToSchema)]
pub struct VisitFindingView {
    /// Its id.
    pub id: VisitFindingId,
    /// What kind of thing it is.
    pub category: VisitFindingCategory,
    /// What was found.
    #[schema(example = "灶具软管老化，有漏气风险。")]
    pub text: String,
    /// Whether something is still to be done.
    pub state: VisitFindingState,
    /// How it was closed; null while it is open.
    pub closure: Option<VisitFindingClosureView>,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<NamedFindingRow> for VisitFindingView {
    fn from(row: NamedFindingRow) -> Self {
        let NamedFindingRow { finding, closed_by_name } = row;
        let by = finding.closed_by.zip(closed_by_name);
        let by = by.map(|(id, display_name)| VisitAccountView { id, display_name });
        let closure = finding.closed_at.zip(by).zip(finding.closing_note);
        Self {
            id: finding.id,
            category: finding.category,
            text: finding.text,
            state: finding.state,
            closure: closure.map(|((at, by), note)| VisitFindingClosureView { at, by, note }),
            created_at: finding.created_at,
        }
    }
}

/// A finding, and the visit it was made at.
#[derive(Serialize, ToSchema)]
pub struct VisitFindingPlacedView {
    /// The finding.
    #[serde(flatten)]
    pub finding: VisitFindingView,
    /// The visit.
    pub visit: VisitId,
    /// The committee.
    pub division: Division,
    /// When the visit was.
    #[serde(serialize_with = "moment::write")]
    pub visited_at: DateTime<Utc>,
    /// Who was visited or received; null where nobody of the archive was.
    pub resident: Option<VisitResidentView>,
    /// Which home it was about; null where it was about none.
    pub home: Option<VisitHomeView>,
}

impl From<PlacedFindingRow> for VisitFindingPlacedView {
    fn from(row: PlacedFindingRow) -> Self {
        let PlacedFindingRow { finding, closed_by_name, visited_at, resident, home } = row;
        Self {
            visit: finding.visit_id,
            division: finding.division,
            finding: NamedFindingRow { finding, closed_by_name }.into(),
            visited_at,
            resident: resident.map(Into::into),
            home: home.map(Into::into),
        }
    }
}

/// All of a finding.
#[derive(Serialize, ToSchema)]
pub struct VisitFindingDetailView {
    /// The finding, and the visit it was made at.
    #[serde(flatten)]
    pub finding: VisitFindingPlacedView,
    /// The photos of the visit.
    pub photos: Vec<FileView>,
}

impl View for VisitFindingDetailView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some(format!("/v1/visit-findings/{}", self.finding.finding.id))
    }
}

impl View for VisitFindingPlacedView {
    const IS_SECRET: bool = true;
}
