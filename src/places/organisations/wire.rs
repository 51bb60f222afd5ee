//! Organisations in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::credit_code::CreditCode;
use super::model::{Filter, NewOrganisation, OrganisationChange, OrganisationKind, OrganisationRow};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Line, Prose};
use crate::places::coordinates::{CoordSystem, Located, Point};

/// Public telephone numbers, at most ten.
type Phones = Few<Line<30>, 0, 10>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrganisationQuery {
    /// Only organisations in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only organisations of this kind.
    pub kind: Option<OrganisationKind>,
    /// Only organisations directly under this one.
    pub superior: Option<OrganisationId>,
    /// Only names that begin like this.
    #[param(value_type = Option<String>, min_length = 1, max_length = 40)]
    pub name: Option<Line<40>>,
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl OrganisationQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let name = self.name.clone().map(Line::into_inner);
        Filter { division: self.division, kind: self.kind, superior: self.superior, name }
    }
}

/// The organisation in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OrganisationPath {
    /// The organisation.
    pub organisation: OrganisationId,
}

/// Add an organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationDraft {
    /// Its name.
    #[schema(example = "宝钢五村居民委员会")]
    pub name: Line<100>,
    /// What it is. Stays.
    pub kind: OrganisationKind,
    /// Its territory 块.
    pub division: Division,
    /// The organisation above it 条.
    pub superior: Option<OrganisationId>,
    /// Its unified social credit code 统一社会信用代码.
    pub social_credit_code: Option<CreditCode>,
    /// Its address.
    #[serde(default)]
    pub address: Prose<200>,
    /// Its public telephone numbers.
    #[serde(default)]
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    pub phones: Phones,
    /// Where it is.
    pub location: Option<Point>,
    /// The day it closed.
    pub closed_on: Option<Day>,
}

impl OrganisationDraft {
    /// As written to a row.
    pub fn into_new(self, now: DateTime<Utc>) -> NewOrganisation {
        let location = self.location.map(Point::to_wgs84);
        NewOrganisation {
            id: OrganisationId::new(),
            name: self.name.into_inner(),
            kind: self.kind,
            division: self.division,
            superior_id: self.superior,
            social_credit_code: self.social_credit_code.map(CreditCode::into_inner),
            address: self.address.into_inner(),
            phones: kept(self.phones),
            longitude: location.map(|point| point.longitude),
            latitude: location.map(|point| point.latitude),
            created_at: now,
            updated_at: now,
            closed_on: self.closed_on.map(Day::get),
        }
    }
}

fn kept(phones: Phones) -> Vec<Option<String>> {
    phones.into_inner().into_iter().map(|phone| Some(phone.into_inner())).collect()
}

/// Change an organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationPatch {
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<100>, example = "宝钢五村居民委员会")]
    pub name: Change<Line<100>>,
    /// Its territory 块; the new one must be within one's range too.
    #[serde(default)]
    #[schema(value_type = Division)]
    pub division: Change<Division>,
    /// The organisation above it 条.
    #[serde(default)]
    #[schema(value_type = Option<OrganisationId>)]
    pub superior: Patch<OrganisationId>,
    /// Its unified social credit code 统一社会信用代码.
    #[serde(default)]
    #[schema(value_type = Option<CreditCode>)]
    pub social_credit_code: Patch<CreditCode>,
    /// Its address.
    #[serde(default)]
    #[schema(value_type = Prose<200>)]
    pub address: Change<Prose<200>>,
    /// Its public telephone numbers.
    #[serde(default)]
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    pub phones: Change<Phones>,
    /// Where it is.
    #[serde(default)]
    #[schema(value_type = Option<Point>)]
    pub location: Patch<Point>,
    /// The day it closed.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub closed_on: Patch<Day>,
}

impl From<OrganisationPatch> for OrganisationChange {
    fn from(patch: OrganisationPatch) -> Self {
        let location = patch.location.map(Point::to_wgs84);
        OrganisationChange {
            name: patch.name.map(Line::into_inner),
            division: patch.division.0,
            superior_id: patch.superior.map(|superior| superior),
            social_credit_code: patch.social_credit_code.map(CreditCode::into_inner),
            address: patch.address.map(Prose::into_inner),
            phones: patch.phones.map(kept),
            longitude: location.map(|point| point.map(|p| p.longitude)),
            latitude: location.map(|point| point.map(|p| p.latitude)),
            closed_on: patch.closed_on.map(Day::get),
        }
    }
}

/// An organisation. Its members are its posts: `list_posts?organisation=`.
#[derive(Serialize, ToSchema)]
pub struct OrganisationView {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    #[schema(example = "宝钢五村居民委员会")]
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its territory 块.
    pub division: Division,
    /// The organisation above it 条; null when there is none.
    pub superior: Option<OrganisationId>,
    /// Its unified social credit code 统一社会信用代码; null when unknown.
    #[schema(example = "91350100M000100Y43")]
    pub social_credit_code: Option<String>,
    /// Its address; empty when unknown.
    pub address: String,
    /// Its public telephone numbers.
    pub phones: Vec<String>,
    /// Where it is; null when unknown.
    pub location: Option<Point>,
    /// The day it closed; null while it is open.
    pub closed_on: Option<NaiveDate>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<OrganisationRow> for OrganisationView {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind,
            division: row.division,
            superior: row.superior_id,
            social_credit_code: row.social_credit_code,
            address: row.address,
            phones: row.phones.into_iter().flatten().collect(),
            location: Point::stored(row.longitude, row.latitude),
            closed_on: row.closed_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Located for OrganisationView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for OrganisationView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/organisations/{}", self.id))
    }
}
