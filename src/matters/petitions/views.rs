//! Petitions in JSON: what goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::course::PetitionState;
use super::kinds::{
    Adoption, AnswerOutcome, AnswerState, ConsentBy, Deliberation, PetitionChannel, PetitionKind,
    PetitionVisibility, Publicity, ReviewConclusion, ReviewStage, Satisfaction,
};
use super::model::ListedRow;
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::access::files::FileView;
use crate::kit::answer::View;
use crate::kit::etag::etag_beside;
use crate::kit::moment;
use crate::matters::clocks::MatterClockView;
use crate::matters::dispatches::MatterDispatchView;
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::matters::line::Level;
use crate::matters::registry::{
    Grade, MatterCategoryView, MatterId, MatterOrganisationView, Receipt, last_day,
};
use crate::places::building_groups::BuildingGroupId;
use crate::places::coordinates::{Located, Point};
use crate::places::dwellings::DwellingId;

/// A petition, as lists tell.
#[derive(Serialize, ToSchema)]
pub struct PetitionView {
    /// Its id; it is a matter of the same id.
    pub id: MatterId,
    /// What a person reads over the telephone 受理编号.
    pub receipt: Receipt,
    /// What is asked for.
    pub kind: PetitionKind,
    /// What it is about.
    pub category: Option<MatterCategoryView>,
    /// The committee it belongs to.
    pub division: Division,
    /// In a few words.
    #[schema(example = "247号楼有人高空抛物")]
    pub title: String,
    /// Where it stands.
    pub state: PetitionState,
    /// Which clocks it runs by: `fast` is 直通快办.
    pub grade: Grade,
    /// Who of the line answers for it.
    pub level: Level,
    /// Who may read it besides those who handle it.
    pub visibility: PetitionVisibility,
    /// Whose it is since an organisation accepted it.
    pub holder: Option<MatterOrganisationView>,
    /// The last day of the nearest deadline, in Shanghai; null where none runs.
    pub due_on: Option<NaiveDate>,
    /// Whether that is past.
    pub is_overdue: bool,
    /// How many neighbours signed a joint petition; null where it is none.
    #[schema(minimum = 0)]
    pub signatures: Option<i32>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it came.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl PetitionView {
    /// A petition as it is at that moment, to somebody who reads it as it was written, or as it is shown.
    pub fn new(row: ListedRow, is_as_written: bool, now: DateTime<Utc>) -> Self {
        let ListedRow { matter, own, state, category, holder_name, signatures } = row;
        let category = category.zip(matter.category_id);
        let holder = matter.holder_id.zip(holder_name);
        let shown = own.shown_title.filter(|_| !is_as_written);
        let is_joint = own.kind == PetitionKind::JointPetition;
        Self {
            id: matter.id,
            receipt: matter.receipt,
            kind: own.kind,
            category: category.map(|((code, name), id)| MatterCategoryView { id, code, name }),
            division: matter.division,
            title: shown.unwrap_or(matter.title),
            state,
            grade: matter.grade,
            level: matter.level,
            visibility: own.visibility,
            holder: holder.map(|(id, name)| MatterOrganisationView { id, name }),
            due_on: matter.due_at.map(last_day),
            is_overdue: matter.is_open && matter.due_at.is_some_and(|due| due < now),
            signatures: is_joint.then(|| signatures.unwrap_or_default()),
            version: matter.version,
            created_at: matter.created_at,
            updated_at: matter.updated_at,
        }
    }
}

impl View for PetitionView {
    const IS_SECRET: bool = true;
}

/// Who asked, as far as the reader may know.
#[derive(Serialize, ToSchema)]
pub struct PetitionerView {
    /// Their record in the archive.
    pub resident: Option<ResidentId>,
    /// What they are called.
    #[schema(example = "陈桂芳")]
    pub name: Option<String>,
    /// How they are called back, masked.
    #[schema(example = "+86 138****0101")]
    pub phone: Option<String>,
    /// Who entered it for them 代办; null where they did themselves.
    #[schema(example = "社工小王")]
    pub filed_by: Option<String>,
    /// How they agreed to that.
    pub consent_by: Option<ConsentBy>,
    /// When they said themselves that it was so.
    #[serde(serialize_with = "moment::write_some")]
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// What was answered 答复. Never changed; a later one adds to it.
#[derive(Serialize, ToSchema)]
pub struct PetitionAnswerView {
    /// What it says.
    pub outcome: AnswerOutcome,
    /// In words.
    pub text: String,
    /// The law it stands on, where it says no.
    pub law: String,
    /// Which organisation answered.
    pub organisation: Option<MatterOrganisationView>,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

/// What who asked thinks of it 评价.
#[derive(Serialize, ToSchema)]
pub struct PetitionRatingView {
    /// How content they are.
    pub satisfaction: Satisfaction,
    /// Whether it came in time.
    pub is_on_time: bool,
    /// Whether it is solved.
    pub is_solved: bool,
    /// In words.
    pub comment: String,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

/// A review 复查、复核.
#[derive(Serialize, ToSchema)]
pub struct PetitionReviewView {
    /// Whose.
    pub stage: ReviewStage,
    /// Why it was asked for.
    pub reason: String,
    /// What it came to; null while it is not answered.
    pub conclusion: Option<ReviewConclusion>,
    /// In words.
    pub answer: Option<String>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was answered.
    #[serde(serialize_with = "moment::write_some")]
    pub answered_at: Option<DateTime<Utc>>,
}

/// Who received it first 首问负责 (E2): answers for it until an organisation has accepted it.
#[derive(Serialize, ToSchema)]
pub struct PetitionReceiverView {
    /// By name.
    #[schema(example = "社工小王")]
    pub display_name: String,
}

/// A question of the category, answered.
#[derive(Serialize, ToSchema)]
pub struct PetitionFactView {
    /// The question's code.
    #[schema(example = "happened_on")]
    pub code: String,
    /// The answer.
    #[schema(example = "2026-11-25")]
    pub value: String,
}

/// All of a petition that the reader may know. What only who asked and who handles it are told is null or empty for neighbours.
#[derive(Serialize, ToSchema)]
pub struct PetitionDetailView {
    /// What lists tell.
    #[serde(flatten)]
    pub petition: PetitionView,
    /// All of it, as it was written; for neighbours as it is shown.
    pub text: String,
    /// Where, in words; empty for who reads it as a published example.
    pub place: String,
    /// Where, on the map.
    pub location: Option<Point>,
    /// The home it is about.
    pub home: Option<DwellingId>,
    /// The building group it is about.
    pub building_group: Option<BuildingGroupId>,
    /// Which way it came.
    pub channel: PetitionChannel,
    /// Answers to the questions of the category.
    pub facts: Vec<PetitionFactView>,
    /// Photos and documents.
    pub files: Vec<FileView>,
    /// Who asked.
    pub petitioner: Option<PetitionerView>,
    /// Who received it first and answers for it; null since an organisation accepted it.
    pub first_receiver: Option<PetitionReceiverView>,
    /// The deadlines, in the order they began.
    pub clocks: Vec<MatterClockView>,
    /// The emergency order 平急转换 it runs under.
    pub emergency_order: Option<EmergencyOrderId>,
    /// Every hop of it.
    pub dispatches: Vec<MatterDispatchView>,
    /// What was answered, the first first. Neighbours read the answers to joint petitions, and to suggestions that are open to all.
    pub answers: Vec<PetitionAnswerView>,
    /// What who asked thinks of it, each time.
    pub ratings: Vec<PetitionRatingView>,
    /// Reviews.
    pub reviews: Vec<PetitionReviewView>,
    /// The petition it was merged into.
    pub merged_into: Option<MatterId>,
    /// The joint operation it is part of.
    pub parent: Option<MatterId>,
    /// Of a joint petition: until when neighbours may sign.
    #[serde(serialize_with = "moment::write_some")]
    pub closes_at: Option<DateTime<Utc>>,
    /// Of a joint petition: whether it is to be answered.
    pub answer_state: AnswerState,
    /// Of a joint petition: whether it is talked over in a meeting.
    pub deliberation: Deliberation,
    /// Of a suggestion: what came of it.
    pub adoption: Option<Adoption>,
    /// Of a suggestion: who may read that.
    pub publicity: Option<Publicity>,
    /// Whether neighbours read nothing of it.
    pub is_hidden: bool,
    /// Since when it is published as an example.
    #[serde(serialize_with = "moment::write_some")]
    pub published_at: Option<DateTime<Utc>>,
}

impl Located for PetitionDetailView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for PetitionDetailView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        etag_beside(self.petition.version, self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/petitions/{}", self.petition.id))
    }
}

/// The whole number of who asked.
#[derive(Serialize, ToSchema)]
pub struct PetitionContactView {
    /// To be called, and not written down.
    #[schema(example = "+8613800000101")]
    pub phone: String,
}

impl View for PetitionContactView {
    const IS_SECRET: bool = true;
}

/// What there is already, the most alike first.
#[derive(Serialize, ToSchema)]
pub struct PetitionLookupView {
    /// At most five, of those the asker may read.
    #[schema(max_items = 5)]
    pub items: Vec<PetitionView>,
}

impl View for PetitionLookupView {
    const IS_SECRET: bool = true;
}
