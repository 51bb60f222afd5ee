//! Summons in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Attendance, Filter, NamedSummonsRow, RecordRow, Side, SummonsId, SummonsState};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::{Label, Line, Prose};
use crate::matters::registry::{MatterId, MatterOrganisationView};
use crate::text_enum;

text_enum! {
    /// From which side one looks.
    pub enum SummonsRole {
        /// 约请方: what was called in the range of one's posts
        Caller = "caller",
        /// 受邀方: what one's own organisations are called to
        Called = "called",
    }
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SummonsQuery {
    /// Only what was called in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only what this organisation is called to.
    pub organisation: Option<OrganisationId>,
    /// Only summons in this state.
    #[param(inline)]
    pub state: Option<SummonsState>,
    /// Only from this side; both, unless told.
    #[param(inline)]
    pub role: Option<SummonsRole>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl SummonsQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let side = self.role.map(|role| match role {
            SummonsRole::Caller => Side::Caller,
            SummonsRole::Called => Side::Called,
        });
        Filter { division: self.division, organisation: self.organisation, state: self.state, side }
    }
}

/// Whose records to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SummonsRecordQuery {
    /// Only what was called in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The summons in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SummonsPath {
    /// The summons.
    pub summons: SummonsId,
}

/// Call an organisation: to a meeting, to answer a question, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SummonsDraft {
    /// Who calls: a street or a district within the range of one's posts, or a committee that it calls for.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// Who is called.
    pub organisation: OrganisationId,
    /// Which matter it is about, where it is about one.
    pub matter: Option<MatterId>,
    /// What it is about.
    #[schema(example = "宝钢五村居民代表会议：楼道堆物整治")]
    pub subject: Line<100>,
    /// What is asked.
    #[serde(default)]
    pub question: Prose<2000>,
    /// When the meeting is, where there is one.
    pub meets_at: Option<DateTime<Utc>>,
    /// Where it is.
    #[serde(default)]
    #[schema(example = "友谊路1588弄居委会议室")]
    pub place: Label<200>,
    /// Until which day a reply is asked for.
    pub reply_on: Day,
}

/// Refuse to come, or to answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SummonsRefusalDraft {
    /// Why.
    pub reason: Line<500>,
}

/// Write down who came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SummonsAttendanceDraft {
    /// Who came.
    pub attendance: Attendance,
}

/// Answer what is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SummonsAnswerDraft {
    /// The answer.
    #[schema(example = "已安排本周三集中清理，后续纳入每月巡查。")]
    pub answer: Prose<4000>,
}

/// A summons.
#[derive(Serialize, ToSchema)]
pub struct SummonsView {
    /// Its id.
    pub id: SummonsId,
    /// Who calls.
    pub division: Division,
    /// Who is called.
    pub organisation: MatterOrganisationView,
    /// Which matter it is about.
    pub matter: Option<MatterId>,
    /// What it is about.
    pub subject: String,
    /// What is asked; empty when nothing is.
    pub question: String,
    /// When the meeting is; null where there is none.
    #[serde(serialize_with = "moment::write_some")]
    pub meets_at: Option<DateTime<Utc>>,
    /// Where it is.
    pub place: String,
    /// Until which day a reply is asked for.
    pub reply_on: NaiveDate,
    /// What was said to it.
    pub state: SummonsState,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When it was accepted or refused.
    #[serde(serialize_with = "moment::write_some")]
    pub replied_at: Option<DateTime<Utc>>,
    /// Who came; null until it is noted.
    pub attendance: Option<Attendance>,
    /// What was answered.
    pub answer: Option<String>,
    /// When it was answered.
    #[serde(serialize_with = "moment::write_some")]
    pub answered_at: Option<DateTime<Utc>>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was called.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedSummonsRow> for SummonsView {
    fn from(row: NamedSummonsRow) -> Self {
        let NamedSummonsRow { summons, organisation_name } = row;
        Self {
            id: summons.id,
            division: summons.division,
            organisation: MatterOrganisationView { id: summons.organisation_id, name: organisation_name },
            matter: summons.matter_id,
            subject: summons.subject,
            question: summons.question,
            meets_at: summons.meets_at,
            place: summons.place,
            reply_on: summons.reply_on,
            state: summons.state,
            reason: summons.reason,
            replied_at: summons.replied_at,
            attendance: summons.attendance,
            answer: summons.answer,
            answered_at: summons.answered_at,
            version: summons.version,
            created_at: summons.created_at,
            updated_at: summons.updated_at,
        }
    }
}

impl View for SummonsView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/summons/{}", self.id))
    }
}

/// What an organisation did of what it was called to. What was withdrawn is not counted.
#[derive(Serialize, ToSchema)]
pub struct SummonsRecordView {
    /// Who was called.
    pub organisation: MatterOrganisationView,
    /// How often it was called.
    pub called: i64,
    /// How often it agreed.
    pub accepted: i64,
    /// How often it refused.
    pub declined: i64,
    /// How often it said nothing, and the day for that is past.
    pub unanswered: i64,
    /// How often its head came.
    pub attended: i64,
    /// How often it sent somebody.
    pub represented: i64,
    /// How often nobody came.
    pub absent: i64,
    /// How often it answered what was asked.
    pub answered: i64,
}

impl From<(RecordRow, String)> for SummonsRecordView {
    fn from((row, name): (RecordRow, String)) -> Self {
        let RecordRow { organisation, called, accepted, declined, unanswered, .. } = row;
        let RecordRow { attended, represented, absent, answered, .. } = row;
        let organisation = MatterOrganisationView { id: organisation, name };
        Self { organisation, called, accepted, declined, unanswered, attended, represented, absent, answered }
    }
}

impl View for SummonsRecordView {}
