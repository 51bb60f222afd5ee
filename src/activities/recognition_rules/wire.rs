//! Rules in JSON.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Criterion, RecognitionKind, Rules};
use crate::access::division::Division;
use crate::kit::answer::View;

/// Which rules.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecognitionRulesQuery {
    /// At which place.
    #[param(example = "310113003005")]
    pub division: Division,
    /// As what somebody is recognised.
    #[param(inline)]
    pub kind: RecognitionKind,
}

/// One thing that is looked at.
#[derive(Serialize, ToSchema)]
pub struct RecognitionCriterionView {
    /// Its code.
    #[schema(example = "mutual_help")]
    pub criterion: String,
    /// What it is called.
    #[schema(example = "邻里互助与志愿服务")]
    pub name: String,
    /// The most points it gives.
    #[schema(minimum = 1)]
    pub most: i32,
}

impl From<Criterion> for RecognitionCriterionView {
    fn from(one: Criterion) -> Self {
        Self { criterion: one.code, name: one.name, most: one.most }
    }
}

/// The rules that hold at a place today.
#[derive(Serialize, ToSchema)]
pub struct RecognitionRulesView {
    /// For how many days a nomination is publicised; null where no rule says so.
    pub publicity_days: Option<i32>,
    /// How many points are enough.
    #[schema(minimum = 0)]
    pub passing_points: i32,
    /// What is looked at; nothing where nobody is assessed.
    pub criteria: Vec<RecognitionCriterionView>,
    /// What the rules stand on.
    pub legal_bases: Vec<String>,
}

impl From<Rules> for RecognitionRulesView {
    fn from(rules: Rules) -> Self {
        Self {
            publicity_days: rules.publicity_days,
            passing_points: rules.passing_points,
            criteria: rules.criteria.into_iter().map(RecognitionCriterionView::from).collect(),
            legal_bases: rules.legal_bases,
        }
    }
}

impl View for RecognitionRulesView {}
