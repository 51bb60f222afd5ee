//! Who is what in which home, in JSON: what comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{DwellingResidentId, HomeRelation, HomeSource};
use super::shares::HomeShare;
use crate::access::actor::OrganisationId;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;

/// The dwelling in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct HomePath {
    /// The dwelling.
    pub dwelling: DwellingId,
}

/// What somebody is in a dwelling, in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DwellingResidentPath {
    /// The dwelling.
    pub dwelling: DwellingId,
    /// What somebody is in it.
    pub dwelling_resident: DwellingResidentId,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DwellingResidentQuery {
    /// Whether those are listed, too, whose relation to the home has ended.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    pub history: bool,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The resident in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ResidentHomesPath {
    /// The resident.
    pub resident: ResidentId,
}

/// Say who is something in a home: move somebody in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DwellingResidentDraft {
    /// The resident, of the dwelling's own committee.
    pub resident: ResidentId,
    /// What they are; owners are set with `PUT …/owners`.
    pub relation: HomeRelation,
    /// Whether they live there; they cease to live where they lived before. `true` unless told.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub is_living: bool,
    /// Since when; today unless told, and not in the future.
    pub starts_on: Option<Day>,
    /// Where it is known from; `worker` unless told.
    #[serde(default = "by_worker")]
    #[schema(value_type = Option<HomeSource>)]
    pub source: HomeSource,
}

fn yes() -> bool {
    true
}

fn by_worker() -> HomeSource {
    HomeSource::Worker
}

/// Correct what somebody is in a home.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DwellingResidentPatch {
    /// What they are: tenant or occupant.
    #[serde(default)]
    #[schema(value_type = HomeRelation)]
    pub relation: Change<HomeRelation>,
    /// Whether they live there.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_living: Change<bool>,
    /// The first day on which it holds.
    #[serde(default)]
    #[schema(value_type = Day)]
    pub starts_on: Change<Day>,
    /// The first day on which it holds no longer.
    #[serde(default)]
    #[schema(value_type = Day)]
    pub ends_on: Change<Day>,
    /// Where it is known from.
    #[serde(default)]
    #[schema(value_type = HomeSource)]
    pub source: Change<HomeSource>,
}

/// An owner, with their share. Exactly one of `resident` and `organisation`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DwellingOwnerDraft {
    /// A resident, of the dwelling's own committee.
    pub resident: Option<ResidentId>,
    /// A body.
    pub organisation: Option<OrganisationId>,
    /// How much of the home.
    pub share: HomeShare,
}

/// The owners of a home, 1 to 50.
pub type Owners = Few<DwellingOwnerDraft, 1, 50>;

/// Set the owners of a home.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DwellingOwnersDraft {
    /// Everybody who owns the home; the shares are exactly 1 together.
    #[schema(value_type = Vec<DwellingOwnerDraft>, min_items = 1, max_items = 50)]
    pub owners: Owners,
    /// Since when it is so; today unless told, and not in the future. Owners who stay with the same share are not touched.
    pub starts_on: Option<Day>,
    /// Where it is known from; `property_register` unless told.
    #[serde(default = "by_register")]
    #[schema(value_type = Option<HomeSource>)]
    pub source: HomeSource,
}

fn by_register() -> HomeSource {
    HomeSource::PropertyRegister
}
