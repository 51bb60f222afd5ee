//! What is said while a petition is handled.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::kit::text::{Label, Line, Prose};
use crate::matters::categories::CategoryId;
use crate::matters::petitions::{Adoption, AnswerOutcome, Publicity, RejectionReason, SuspensionReason};
use crate::matters::registry::{Audience, Grade, MatterId};

/// Take a petition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionAcceptanceDraft {
    /// A word to who asked.
    #[serde(default)]
    #[schema(example = "已受理，我们先到现场看一看。")]
    pub note: Label<500>,
    /// What it is about, where they chose another category.
    pub category: Option<CategoryId>,
    /// Which clocks it runs by: `fast` is 直通快办.
    pub grade: Option<Grade>,
}

/// Do not take a petition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionRejectionDraft {
    /// Why. Some reasons hide the words from everybody but who wrote them and who handles them.
    pub reason: RejectionReason,
    /// In words, with where to go instead.
    #[schema(example = "劳动争议请向劳动仲裁委员会申请仲裁。")]
    pub note: Line<500>,
}

/// A word about a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionNoteDraft {
    /// In words; who asked reads it.
    #[schema(example = "已电话联系，约明天上午上门。")]
    pub note: Line<500>,
}

/// What was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionProgressDraft {
    /// In words.
    #[schema(example = "已调取监控，正在核对楼层。")]
    pub note: Line<1000>,
    /// Who reads it: who asked, all who work on it, or one's own organisation alone.
    pub audience: Audience,
}

/// Wait for somebody outside.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionSuspensionDraft {
    /// For whom.
    pub reason: SuspensionReason,
    /// What is waited for; who asked reads it.
    #[schema(example = "请补充事发时段的照片或录像。")]
    pub note: Line<500>,
}

/// Answer a petition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionAnswerDraft {
    /// What it says.
    pub outcome: AnswerOutcome,
    /// In words. It is released with this, and never changed: a later answer adds to it.
    #[schema(example = "已查明为602室晾晒花盆坠落，责令拆除窗外花架并书面告知。")]
    pub text: Prose<4000>,
    /// The law it stands on; needed where it says no.
    #[serde(default)]
    #[schema(example = "民法典第一千二百五十四条")]
    pub law: Label<500>,
    /// Of the first answer to a suggestion: what came of it 办理结果.
    pub adoption: Option<Adoption>,
    /// Of the first answer to a suggestion: who may read that 公开类别.
    pub publicity: Option<Publicity>,
}

/// Make a petition one with another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionMergeDraft {
    /// The other one, which goes on.
    pub into: MatterId,
    /// Why; who asked reads it.
    #[schema(example = "与此前受理的同一事项并案办理。")]
    pub note: Line<500>,
}
