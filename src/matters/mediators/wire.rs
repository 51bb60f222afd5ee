//! Rosters as they are sent.

use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, MediatorChange, MediatorId, MediatorKind, MediatorStatus};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::Line;
use crate::matters::disputes::{DisputeType, MediationLanguage};
use crate::matters::registry::MatterId;

/// What somebody knows.
type Expertise = Few<DisputeType, 1, 10>;
/// What somebody speaks.
type Languages = Few<MediationLanguage, 1, 4>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediatorQuery {
    /// Only those of this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only those of this kind.
    #[param(inline)]
    pub kind: Option<MediatorKind>,
    /// Only those who know this kind of dispute.
    #[param(inline)]
    pub dispute_type: Option<DisputeType>,
    /// Only those who speak this language.
    #[param(inline)]
    pub language: Option<MediationLanguage>,
    /// Only those of this organisation's roster, among whole entries.
    pub organisation: Option<OrganisationId>,
    /// Only those of this status, among whole entries.
    #[param(inline)]
    pub status: Option<MediatorStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl MediatorQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let Self { division, kind, dispute_type, language, organisation, status, .. } = *self;
        Filter { division, kind, dispute_type, language, organisation, status }
    }
}

/// The entry in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediatorPath {
    /// The entry.
    pub mediator: MediatorId,
}

/// At most twenty entries, with commas between them.
#[derive(Clone, Debug, Default)]
pub struct MediatorIds(pub Vec<MediatorId>);

impl<'de> Deserialize<'de> for MediatorIds {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let ids: Result<Vec<_>, _> = text.split(',').map(|id| id.parse().map(MediatorId)).collect();
        match ids {
            Ok(ids) if ids.len() <= 20 => Ok(MediatorIds(ids)),
            Ok(_) => Err(serde::de::Error::custom("at most 20 ids")),
            Err(_) => Err(serde::de::Error::custom("ids are UUIDs with commas between them")),
        }
    }
}

/// For what somebody is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediatorProposalQuery {
    /// Where the dispute lies.
    #[param(example = "310113003005")]
    pub division: Division,
    /// What it is about.
    #[param(inline)]
    pub dispute_type: DisputeType,
    /// In which language it must be heard.
    #[param(inline)]
    pub language: Option<MediationLanguage>,
    /// Whether a mediator, a lawyer or an expert is wanted; a mediator unless told.
    #[param(inline)]
    pub kind: Option<MediatorKind>,
    /// For which case, where one runs it or sits at its table: who is a party, speaks for or lives with one, or was objected to by one
    /// with success is told to be in conflict.
    pub mediation_case: Option<MatterId>,
    /// Not these: ids with commas between them, at most 20.
    #[param(value_type = Option<String>, max_length = 739)]
    pub excluding: Option<MediatorIds>,
    /// How many, 1 to 100; 20 unless told.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Whole<1, 100>>,
}

/// Enter somebody in a roster, for one term.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediatorDraft {
    /// Whom they serve: this division and below. Stays.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// Whose roster: a mediation committee, a law firm, a department that works there. Stays.
    pub organisation: OrganisationId,
    /// As what. Stays.
    pub kind: MediatorKind,
    /// The account, which holds the post of a mediator or a lawyer there; an expert may have none. Stays.
    pub account: Option<AccountId>,
    /// The person's name; the account's, unless told.
    pub name: Option<Line<60>>,
    /// What they know.
    #[schema(value_type = Vec<DisputeType>, min_items = 1, max_items = 10)]
    pub expertise: Expertise,
    /// What they speak.
    #[schema(value_type = Vec<MediationLanguage>, min_items = 1, max_items = 4)]
    pub languages: Languages,
    /// How many open cases they take at once.
    pub max_load: Whole<1, 200>,
    /// Whether they mediate beside other work 兼职.
    #[serde(default)]
    pub is_part_time: bool,
    /// The first day of the term; today, unless told. Stays.
    pub starts_on: Option<Day>,
    /// The last day; of a mediator the longest term that the staffing rule allows, unless told.
    pub ends_on: Option<Day>,
}

/// Change an entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediatorPatch {
    /// The person's name.
    #[serde(default)]
    #[schema(value_type = Line<60>)]
    pub name: Change<Line<60>>,
    /// What they know.
    #[serde(default)]
    #[schema(value_type = Vec<DisputeType>, min_items = 1, max_items = 10)]
    pub expertise: Change<Expertise>,
    /// What they speak.
    #[serde(default)]
    #[schema(value_type = Vec<MediationLanguage>, min_items = 1, max_items = 4)]
    pub languages: Change<Languages>,
    /// How many open cases they take at once.
    #[serde(default)]
    #[schema(value_type = Whole<1, 200>)]
    pub max_load: Change<Whole<1, 200>>,
    /// Whether they mediate beside other work 兼职.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_part_time: Change<bool>,
    /// The last day, today or later; null for one without an end, which a mediator's term has not.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub ends_on: Patch<Day>,
    /// Suspended or removed, nobody is proposed or counted.
    #[serde(default)]
    #[schema(value_type = MediatorStatus)]
    pub status: Change<MediatorStatus>,
}

/// Each once, in the order they were sent.
pub fn distinct<T: Copy + PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

impl From<MediatorPatch> for MediatorChange {
    fn from(patch: MediatorPatch) -> Self {
        Self {
            name: patch.name.map(Line::into_inner),
            expertise: patch.expertise.map(|all| distinct(all.into_inner())),
            languages: patch.languages.map(|all| distinct(all.into_inner())),
            max_load: patch.max_load.map(Whole::get),
            is_part_time: patch.is_part_time.0,
            ends_on: patch.ends_on.map(Day::get),
            status: patch.status.0,
        }
    }
}
