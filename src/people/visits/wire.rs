//! Visits in JSON: what comes in.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, VisitKind};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::kit::clock::start_of;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Line, Prose};
use crate::people::disclosures::ResidentId;
use crate::people::visit_findings::{VisitFindingCategory, VisitFindingDraft, VisitFindingId, VisitId};
use crate::places::dwellings::DwellingId;
use crate::text_enum;

text_enum! {
    /// Whose visits.
    pub enum VisitAuthor {
        /// 本人
        Me = "me",
    }
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitQuery {
    /// Only visits in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only visits 走访, or only receptions 接待.
    pub kind: Option<VisitKind>,
    /// Only those of this resident.
    pub resident: Option<ResidentId>,
    /// Only those about this home.
    pub home: Option<DwellingId>,
    /// Only those one wrote oneself.
    #[param(inline)]
    pub by: Option<VisitAuthor>,
    /// Only those on this day or later.
    pub from: Option<Day>,
    /// Only those on this day or earlier.
    pub until: Option<Day>,
    /// Only those to be followed up before this day, and not followed up yet 待回访.
    pub follow_up_before: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VisitQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let behind = self.until.and_then(|day| day.get().succ_opt());
        Filter {
            division: self.division,
            kind: self.kind,
            resident: self.resident,
            home: self.home,
            is_mine: self.by.is_some(),
            from: self.from.map(|day| start_of(day.get())),
            before: behind.map(start_of),
            follow_up_before: self.follow_up_before.map(Day::get),
        }
    }
}

/// The visit in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VisitPath {
    /// The visit.
    pub visit: VisitId,
}

/// Accounts of those who went along, 0 to 10.
pub type Companions = Few<AccountId, 0, 10>;

/// Write down a visit or a reception. Whom or which home is enough; a reception may be about a topic alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitDraft {
    /// The committee that keeps the record.
    pub division: Division,
    /// Visit 走访 or reception 接待.
    pub kind: VisitKind,
    /// Who was visited or received.
    pub resident: Option<ResidentId>,
    /// Which home it was about. Absent in a visit to a resident: the home they live in; null: none.
    #[serde(default)]
    #[schema(value_type = Option<DwellingId>)]
    pub home: Patch<DwellingId>,
    /// What about, in a few words. The visited person can read it.
    #[schema(example = "独居老人入户探望")]
    pub topic: Option<Line<100>>,
    /// When; now unless told. Within the last year.
    pub visited_at: Option<DateTime<Utc>>,
    /// Who went along 同行人员: accounts with a post that reaches the committee.
    #[serde(default)]
    #[schema(value_type = Vec<AccountId>, max_items = 10)]
    pub companions: Companions,
    /// What was said and seen. The visited person can read it.
    #[schema(example = "身体尚好，希望社区食堂能送餐上门。")]
    pub summary: Prose<4000>,
    /// What only staff read.
    #[serde(default)]
    pub staff_note: Prose<2000>,
    /// When to look again 回访日期.
    pub follow_up_on: Option<Day>,
    /// The earlier visit that this one follows up.
    pub follows: Option<VisitId>,
    /// What was found.
    #[serde(default)]
    #[schema(value_type = Vec<VisitFindingDraft>, max_items = 20)]
    pub findings: Few<VisitFindingDraft, 0, 20>,
    /// Photos 照片: one's own pictures that belong to nothing yet. Staff who may find the visit see them.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub photos: Few<FileId, 0, 9>,
}

/// A finding of a visit, new or put into other words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitFindingPatch {
    /// An open finding of this visit, to be put into other words; absent for a new one.
    pub id: Option<VisitFindingId>,
    /// What kind of thing it is.
    pub category: VisitFindingCategory,
    /// What was found, in words that can stand alone.
    #[schema(example = "灶具软管老化，有漏气风险。")]
    pub text: Line<500>,
}

/// Change a visit, within seven days.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitPatch {
    /// Who was visited or received. Stays once the visit is followed up.
    #[serde(default)]
    #[schema(value_type = Option<ResidentId>)]
    pub resident: Patch<ResidentId>,
    /// Which home it was about. Stays once the visit is followed up.
    #[serde(default)]
    #[schema(value_type = Option<DwellingId>)]
    pub home: Patch<DwellingId>,
    /// What about, in a few words. Stays once the visit is followed up.
    #[serde(default)]
    #[schema(value_type = Option<Line<100>>)]
    pub topic: Patch<Line<100>>,
    /// When. Stays once the visit is followed up.
    #[serde(default)]
    #[schema(value_type = DateTime<Utc>)]
    pub visited_at: Change<DateTime<Utc>>,
    /// Who went along, in place of those named before.
    #[serde(default)]
    #[schema(value_type = Vec<AccountId>, max_items = 10)]
    pub companions: Change<Companions>,
    /// What was said and seen. The visited person can read it.
    #[serde(default)]
    #[schema(value_type = Prose<4000>)]
    pub summary: Change<Prose<4000>>,
    /// What only staff read.
    #[serde(default)]
    #[schema(value_type = Prose<2000>)]
    pub staff_note: Change<Prose<2000>>,
    /// When to look again 回访日期.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub follow_up_on: Patch<Day>,
    /// Findings to add, and open ones to put into other words. Those not named stay.
    #[serde(default)]
    #[schema(value_type = Vec<VisitFindingPatch>, max_items = 20)]
    pub findings: Few<VisitFindingPatch, 0, 20>,
    /// Photos to add: one's own pictures that belong to nothing yet. Those that are there stay.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub photos: Few<FileId, 0, 9>,
}
