//! Visit plans in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, NamedPlanRow, VisitPlanId, VisitPlanRole, VisitPlanUnit};
use super::target::VisitTarget;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::Line;
use crate::people::labels::LabelId;
use crate::people::visit_findings::VisitAccountView;

/// From every day to every two years.
pub type EveryDays = Whole<1, 730>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitPlanQuery {
    /// Only plans of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only plans that run today, or only those that do not.
    pub running: Option<bool>,
    /// Only plans that go by this label 标签; none where the caller does not see it on people.
    pub label: Option<LabelId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VisitPlanQuery {
    /// What the rows are narrowed to, on that day.
    pub fn filter(&self, today: NaiveDate) -> Filter {
        Filter { division: self.division, label: self.label, runs_on: self.running.map(|runs| (today, runs)) }
    }
}

/// The plan in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VisitPlanPath {
    /// The plan.
    pub visit_plan: VisitPlanId,
}

/// Who carries out a plan: one person, or whoever holds a role there.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({ "kind": "role", "role": "committee_worker" }))]
pub enum VisitResponsibleDraft {
    /// One person.
    Account {
        /// An account with a post that reaches the committee.
        account: AccountId,
    },
    /// Whoever holds a role in the committee.
    Role {
        /// The role.
        role: VisitPlanRole,
    },
}

/// Make a visit plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitPlanDraft {
    /// The committee.
    pub division: Division,
    /// Its name, the only one of it in the committee.
    #[schema(example = "八十岁以上老人每周走访")]
    pub name: Line<60>,
    /// What is counted: each person, or each home.
    pub unit: VisitPlanUnit,
    /// Whom it is about.
    pub target: VisitTarget,
    /// Of those only whoever carries this label 标签 at the moment of asking; absent: all of them. The caller sees the label on
    /// people of the committee. Whoever does not is shown nothing of the plan, as if there were none: its name, its numbers and
    /// its list would tell who carries the label.
    pub label: Option<LabelId>,
    /// How often each is to be visited: every so many days.
    pub every_days: EveryDays,
    /// The day it begins; today unless told.
    pub starts_on: Option<Day>,
    /// The last day; absent: until it is told.
    pub ends_on: Option<Day>,
    /// Who carries it out.
    pub responsible: VisitResponsibleDraft,
}

/// Change a visit plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitPlanPatch {
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<60>, example = "八十岁以上老人每周走访")]
    pub name: Change<Line<60>>,
    /// What is counted: each person, or each home.
    #[serde(default)]
    #[schema(value_type = VisitPlanUnit)]
    pub unit: Change<VisitPlanUnit>,
    /// Whom it is about.
    #[serde(default)]
    #[schema(value_type = VisitTarget)]
    pub target: Change<VisitTarget>,
    /// Of those only whoever carries this label, which the caller sees on people of the committee; null: all of them, and
    /// whoever reads plans is shown it.
    #[serde(default)]
    #[schema(value_type = Option<LabelId>)]
    pub label: Patch<LabelId>,
    /// How often each is to be visited: every so many days.
    #[serde(default)]
    #[schema(value_type = EveryDays)]
    pub every_days: Change<EveryDays>,
    /// The day it begins.
    #[serde(default)]
    #[schema(value_type = Day)]
    pub starts_on: Change<Day>,
    /// The last day.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub ends_on: Patch<Day>,
    /// Who carries it out.
    #[serde(default)]
    #[schema(value_type = VisitResponsibleDraft)]
    pub responsible: Change<VisitResponsibleDraft>,
}

/// Who carries out a plan.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VisitResponsibleView {
    /// One person.
    Account {
        /// Who.
        account: VisitAccountView,
    },
    /// Whoever holds a role in the committee.
    Role {
        /// The role.
        role: VisitPlanRole,
    },
}

/// A visit plan.
#[derive(Serialize, ToSchema)]
pub struct VisitPlanView {
    /// Its id.
    pub id: VisitPlanId,
    /// The committee.
    pub division: Division,
    /// Its name.
    #[schema(example = "八十岁以上老人每周走访")]
    pub name: String,
    /// What is counted.
    pub unit: VisitPlanUnit,
    /// Whom it is about.
    pub target: VisitTarget,
    /// Of those only whoever carries this label 标签 at the moment of asking; null: all of them. A plan that has one is shown to
    /// those alone who see the label on people of the committee.
    pub label: Option<LabelId>,
    /// How often each is to be visited: every so many days.
    #[schema(example = 7)]
    pub every_days: i32,
    /// The day it begins.
    pub starts_on: NaiveDate,
    /// The last day; null: until it is told.
    pub ends_on: Option<NaiveDate>,
    /// Who carries it out.
    pub responsible: Option<VisitResponsibleView>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedPlanRow> for VisitPlanView {
    fn from(row: NamedPlanRow) -> Self {
        let NamedPlanRow { plan, responsible_name } = row;
        let account = plan.responsible_id.zip(responsible_name);
        let account = account.map(|(id, display_name)| VisitAccountView { id, display_name });
        let responsible = account.map(|account| VisitResponsibleView::Account { account });
        let role = plan.responsible_role.map(|role| VisitResponsibleView::Role { role });
        Self {
            target: VisitTarget::of(plan.target()),
            label: plan.label_id,
            id: plan.id,
            division: plan.division,
            name: plan.name,
            unit: plan.unit,
            every_days: plan.every_days,
            starts_on: plan.starts_on,
            ends_on: plan.ends_on,
            responsible: responsible.or(role),
            version: plan.version,
            created_at: plan.created_at,
            updated_at: plan.updated_at,
        }
    }
}

impl View for VisitPlanView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/visit-plans/{}", self.id))
    }
}
