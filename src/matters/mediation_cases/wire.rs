//! Cases in JSON: what comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::course::MediationState;
use super::kinds::{MediationGrade, MediationRepresentation, MediationSide, MediationSource};
use super::model::CaseFilter;
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::text::{Label, Line, Story};
use crate::matters::disputes::DisputeType;
use crate::matters::registry::MatterId;
use crate::text_enum;

/// The case in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationCasePath {
    /// The case.
    pub mediation_case: MatterId,
}

text_enum! {
    /// Whose cases.
    pub enum MediationSight {
        /// 本人的: those one is a party of, sits at the table of, or registered.
        Own = "own",
        /// 辖区的: that there are some, in the range of one's posts.
        Range = "range",
    }
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationCaseQuery {
    /// Whose. Unless told: those of the range for whoever has one, one's own for everybody else.
    #[param(inline)]
    pub of: Option<MediationSight>,
    /// Only cases in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only cases in this state.
    #[param(inline)]
    pub state: Option<MediationState>,
    /// Only disputes of this type.
    #[param(inline)]
    pub dispute_type: Option<DisputeType>,
    /// Only cases of this grade.
    #[param(inline)]
    pub grade: Option<MediationGrade>,
    /// Only cases that came this way.
    #[param(inline)]
    pub source: Option<MediationSource>,
    /// Only those that this organisation mediates.
    pub office: Option<OrganisationId>,
    /// Only open ones whose nearest deadline is past 超期.
    pub is_overdue: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl MediationCaseQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> CaseFilter {
        CaseFilter {
            division: self.division,
            state: self.state,
            dispute_type: self.dispute_type,
            grade: self.grade,
            source: self.source,
            holder: self.office,
            is_overdue: self.is_overdue == Some(true),
        }
    }
}

/// Somebody in dispute: a resident, an organisation, or somebody named.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationPartyDraft {
    /// On which side.
    pub side: MediationSide,
    /// A record of the archive that one may look into.
    pub resident: Option<ResidentId>,
    /// An organisation of the map.
    pub organisation: Option<OrganisationId>,
    /// Somebody who is neither.
    #[schema(example = "赵先生")]
    pub name: Option<Line<100>>,
    /// How they are reached. Kept sealed, shown masked, and to the mediators alone.
    pub phone: Option<Phone>,
    /// Who speaks for them; themselves, unless told. A minor has a guardian.
    pub representation: Option<MediationRepresentation>,
    /// Who that is, of the archive.
    pub representative: Option<ResidentId>,
    /// Who that is, of nowhere.
    #[schema(example = "钱律师")]
    pub representative_name: Option<Line<100>>,
    /// By what authority.
    #[serde(default)]
    #[schema(example = "授权委托书，一般代理")]
    pub authority: Label<500>,
}

impl MediationPartyDraft {
    /// Nobody yet, who speaks for themselves.
    pub fn of(side: MediationSide) -> Self {
        Self {
            side,
            resident: None,
            organisation: None,
            name: None,
            phone: None,
            representation: None,
            representative: None,
            representative_name: None,
            authority: Label::default(),
        }
    }
}

/// Register a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationCaseDraft {
    /// The committee it belongs to.
    pub division: Division,
    /// Which way it came.
    pub source: MediationSource,
    /// 警情编号: of what the police refer.
    #[schema(example = "310113202611260231")]
    pub incident_number: Option<Line<40>>,
    /// The petition it comes from.
    pub petition: Option<MatterId>,
    /// What the dispute is about. Lists call it by this alone.
    pub dispute_type: DisputeType,
    /// How hard it is; `general`, unless told.
    pub grade: Option<MediationGrade>,
    /// In a few words, in confidence.
    #[schema(example = "楼上楼下噪声纠纷")]
    pub subject: Line<100>,
    /// What happened, in confidence.
    #[schema(example = "夜间拖动家具，报警两次，民警现场调处未果。")]
    pub facts: Story<4000>,
    /// What is asked for.
    #[serde(default)]
    #[schema(example = "晚十点后不得拖动家具，赔偿2000元。")]
    pub claims: Label<2000>,
    /// Whether it may turn violent 可能激化: told to the police at the table (人民调解法 25).
    #[serde(default)]
    pub is_violent: bool,
    /// Why that is feared. The parties do not read it.
    #[serde(default)]
    pub risk_note: Label<500>,
    /// Who mediates it: the mediation committee or office; one's own, unless told.
    pub office: Option<OrganisationId>,
    /// Who is in dispute.
    #[schema(value_type = Vec<MediationPartyDraft>, min_items = 1, max_items = 20)]
    pub parties: Few<MediationPartyDraft, 1, 20>,
}

/// Change a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationCasePatch {
    /// What the dispute is about.
    #[serde(default)]
    #[schema(value_type = DisputeType)]
    pub dispute_type: Change<DisputeType>,
    /// How hard it is.
    #[serde(default)]
    #[schema(value_type = MediationGrade)]
    pub grade: Change<MediationGrade>,
    /// In a few words, in confidence.
    #[serde(default)]
    #[schema(value_type = Line<100>)]
    pub subject: Change<Line<100>>,
    /// What happened, in confidence.
    #[serde(default)]
    #[schema(value_type = Story<4000>)]
    pub facts: Change<Story<4000>>,
    /// What is asked for.
    #[serde(default)]
    #[schema(value_type = Label<2000>)]
    pub claims: Change<Label<2000>>,
    /// Whether it may turn violent.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_violent: Change<bool>,
    /// Why that is feared.
    #[serde(default)]
    #[schema(value_type = Label<500>)]
    pub risk_note: Change<Label<500>>,
}
