//! Extensions in JSON.

use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};

use super::model::ExtensionId;
use crate::kit::text::{Label, Line};
use crate::matters::policies::ClockKind;
use crate::text_enum;

/// The request in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ExtensionPath {
    /// The request for more time.
    #[param(value_type = uuid::Uuid)]
    pub extension: ExtensionId,
}

text_enum! {
    /// Which deadline is extended.
    pub enum ExtendedClock {
        /// 办结
        Resolution = "resolution",
        /// 重办
        Rehandling = "rehandling",
        /// 联名答复
        Answer = "answer",
    }
}

impl From<ExtendedClock> for ClockKind {
    fn from(clock: ExtendedClock) -> Self {
        match clock {
            ExtendedClock::Resolution => ClockKind::Resolution,
            ExtendedClock::Rehandling => ClockKind::Rehandling,
            ExtendedClock::Answer => ClockKind::Answer,
        }
    }
}

text_enum! {
    /// What is decided over a request for more time.
    pub enum ExtensionDecision {
        /// 同意
        Approved = "approved",
        /// 不同意
        Refused = "refused",
    }
}

/// Ask for more time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionExtensionDraft {
    /// For which deadline.
    pub clock: ExtendedClock,
    /// How much more, in the unit that the clock is counted in.
    #[serde(deserialize_with = "amount")]
    #[schema(minimum = 1, maximum = 60, example = 3)]
    pub amount: i32,
    /// Why.
    #[schema(example = "需等待房屋检测报告。")]
    pub reason: Line<500>,
}

fn amount<'de, D: Deserializer<'de>>(input: D) -> Result<i32, D::Error> {
    match i32::deserialize(input)? {
        n @ 1..=60 => Ok(n),
        _ => Err(serde::de::Error::custom("from 1 to 60")),
    }
}

/// Decide over a request for more time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionDecisionDraft {
    /// What is decided.
    pub decision: ExtensionDecision,
    /// In words; who asked for the matter reads it.
    #[serde(default)]
    #[schema(example = "同意延长三个工作日。")]
    pub note: Label<500>,
}
