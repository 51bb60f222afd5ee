//! Matters in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::RECEIPT_INVALID;
use super::model::{Filter, Grade, MatterId, MatterRow, NamedMatterRow};
use super::receipt::Receipt;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::clock::local_date;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::problem::{Fault, Place, Problem, Result};
use crate::matters::categories::CategoryId;
use crate::matters::policies::{Level, MatterKind};

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MatterQuery {
    /// Only matters in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only matters of this kind.
    #[param(inline)]
    pub kind: Option<MatterKind>,
    /// The one with this receipt number 受理编号; spaces and dashes do not matter.
    #[param(example = "482711930562")]
    pub receipt: Option<String>,
    /// Only those of this category.
    pub category: Option<CategoryId>,
    /// Only those this organisation holds.
    pub holder: Option<OrganisationId>,
    /// Only those that are part of this one 联合行动.
    pub parent: Option<MatterId>,
    /// Only open ones, or only those that are over.
    pub is_open: Option<bool>,
    /// Only open ones whose nearest deadline is past 超期.
    pub is_overdue: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Reads a receipt number of a query.
pub fn read_receipt(text: Option<&str>) -> Result<Option<Receipt>> {
    let invalid = || {
        Problem::from(&RECEIPT_INVALID).with(Fault {
            place: Place::Parameter("receipt".into()),
            code: RECEIPT_INVALID.code,
            detail: None,
        })
    };
    text.map(|text| Receipt::parse(text).ok_or_else(invalid)).transpose()
}

impl MatterQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Result<Filter> {
        Ok(Filter {
            division: self.division,
            kind: self.kind,
            receipt: read_receipt(self.receipt.as_deref())?,
            category: self.category,
            holder: self.holder,
            parent: self.parent,
            is_open: self.is_open,
            is_overdue: self.is_overdue == Some(true),
        })
    }
}

/// The matter in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MatterPath {
    /// The matter.
    pub matter: MatterId,
}

/// Make a matter part of a joint operation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatterParentDraft {
    /// The matter it is part of; null: of none any more.
    pub parent: Option<MatterId>,
}

/// An organisation, by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatterOrganisationView {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    #[schema(example = "友谊路街道城管中队")]
    pub name: String,
}

/// A category, by name.
#[derive(Clone, Serialize, ToSchema)]
pub struct MatterCategoryView {
    /// The category.
    pub id: CategoryId,
    /// Its code, which does not change.
    #[schema(example = "high_altitude_throwing")]
    pub code: String,
    /// What people call it.
    #[schema(example = "高空抛物")]
    pub name: String,
}

/// What every matter has, whatever its kind.
#[derive(Clone, Serialize, ToSchema)]
pub struct MatterView {
    /// Its id; a petition or a case has the same.
    pub id: MatterId,
    /// Petition or case.
    pub kind: MatterKind,
    /// What a person reads over the telephone 受理编号.
    pub receipt: Receipt,
    /// The committee it lies in.
    pub division: Division,
    /// What it is about, in a few words.
    #[schema(example = "247号楼有人高空抛物")]
    pub title: String,
    /// What it is about; null where the kind has no categories.
    pub category: Option<MatterCategoryView>,
    /// Where it stands; the kind says what follows.
    #[schema(example = "dispatched")]
    pub state: String,
    /// Which clocks it runs by: `fast` is 直通快办.
    pub grade: Grade,
    /// Who of the line 街居条线 answers for it.
    pub level: Level,
    /// Whose it is since it was accepted by an organisation.
    pub holder: Option<MatterOrganisationView>,
    /// The joint operation it is part of.
    pub parent: Option<MatterId>,
    /// The day of the nearest deadline, in Shanghai; null where none runs.
    pub due_on: Option<NaiveDate>,
    /// Whether that is past.
    pub is_overdue: bool,
    /// Whether it is still to be handled.
    pub is_open: bool,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it came.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl MatterView {
    /// Puts a matter together with its names.
    pub fn new(row: NamedMatterRow, now: DateTime<Utc>) -> Self {
        let NamedMatterRow { matter, category, holder_name } = row;
        let (id, is_late) = (matter.category_id, is_overdue(&matter, now));
        let named = |((code, name), id)| MatterCategoryView { id, code, name };
        let holder = matter.holder_id.zip(holder_name).map(|(id, name)| MatterOrganisationView { id, name });
        Self {
            id: matter.id,
            kind: matter.kind,
            receipt: matter.receipt,
            division: matter.division,
            title: matter.title,
            category: category.zip(id).map(named),
            state: matter.state,
            grade: matter.grade,
            level: matter.level,
            holder,
            parent: matter.parent_id,
            due_on: matter.due_at.map(last_day),
            is_overdue: is_late,
            is_open: matter.is_open,
            version: matter.version,
            created_at: matter.created_at,
            updated_at: matter.updated_at,
        }
    }
}

/// A deadline is the midnight that ends a day: the day it ends is the one before.
pub fn last_day(due_at: DateTime<Utc>) -> NaiveDate {
    local_date(due_at - chrono::TimeDelta::seconds(1))
}

fn is_overdue(matter: &MatterRow, now: DateTime<Utc>) -> bool {
    matter.is_open && matter.due_at.is_some_and(|due| due < now)
}

impl View for MatterView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}
