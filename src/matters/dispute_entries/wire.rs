//! Dispute entries in JSON: what comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{DisputeEntryId, DisputeEntryState, EntryFilter};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::text::{Label, Line, Story};
use crate::matters::dispute_route_rules::{DisputeGround, DisputeRoute};
use crate::matters::disputes::DisputeType;
use crate::text_enum;

/// The entry in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DisputeEntryPath {
    /// The entry.
    #[param(value_type = uuid::Uuid)]
    pub dispute_entry: DisputeEntryId,
}

text_enum! {
    /// Whose entries.
    pub enum DisputeEntrySight {
        /// 本人的: one's own, and what one entered for somebody.
        Own = "own",
        /// 辖区的: that there are some, in the range of one's posts.
        Range = "range",
        /// 本单位接收的
        Received = "received",
    }
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DisputeEntryQuery {
    /// Whose. Unless told: those of the range for whoever has one, one's own for everybody else.
    #[param(inline)]
    pub of: Option<DisputeEntrySight>,
    /// Only entries in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only disputes of this type.
    #[param(inline)]
    pub dispute_type: Option<DisputeType>,
    /// Only those that went this way.
    #[param(inline)]
    pub route: Option<DisputeRoute>,
    /// Only those in this state.
    #[param(inline)]
    pub state: Option<DisputeEntryState>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl DisputeEntryQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> EntryFilter {
        let Self { division, dispute_type, route, state, .. } = *self;
        EntryFilter { division, dispute_type, route, state }
    }
}

/// With whom one is in dispute: an organisation, or somebody named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeOtherDraft {
    /// Somebody.
    #[schema(example = "楼上钱先生")]
    pub name: Option<Line<100>>,
    /// An organisation of the map, such as a property company.
    pub organisation: Option<OrganisationId>,
    /// How they are reached. Kept sealed, shown masked.
    pub phone: Option<Phone>,
}

/// For whom staff tell it: a resident, or somebody named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeBehalfDraft {
    /// A record of the committee's archive that one may look into.
    pub resident: Option<ResidentId>,
    /// Somebody who has none.
    #[schema(example = "赵先生")]
    pub name: Option<Line<100>>,
    /// How they are reached. Kept sealed, shown masked.
    pub phone: Option<Phone>,
}

/// Tell a dispute, once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeEntryDraft {
    /// The committee: of which one is a resident, where there are several; of whoever it is told for.
    #[schema(example = "310113003005")]
    pub division: Option<Division>,
    /// What it is about.
    pub dispute_type: DisputeType,
    /// What may decide where it goes.
    #[serde(default)]
    #[schema(value_type = Vec<DisputeGround>, min_items = 0, max_items = 4)]
    pub grounds: Few<DisputeGround, 0, 4>,
    /// What happened.
    #[schema(example = "楼上深夜拖动家具，多次沟通无果。")]
    pub facts: Story<3700>,
    /// What one wants.
    #[serde(default)]
    #[schema(example = "晚十点后保持安静。")]
    pub wanted: Label<2000>,
    /// Where it happened.
    #[serde(default)]
    #[schema(example = "247号502室")]
    pub place: Label<200>,
    /// With whom.
    pub other: DisputeOtherDraft,
    /// For whom, where staff tell it for somebody.
    pub on_behalf: Option<DisputeBehalfDraft>,
}

/// Answer what was received.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeAnswerDraft {
    /// What came of it, as the entrant reads it.
    #[schema(example = "已指派法律援助律师，请于3日内到所办理手续。")]
    pub outcome: Line<500>,
}

/// Hand on what is not one's own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeHandoverDraft {
    /// Which way it goes instead.
    pub route: DisputeRoute,
    /// Why, as the entrant reads it.
    #[schema(example = "双方已平息，属一般邻里纠纷。")]
    pub reason: Line<500>,
}
