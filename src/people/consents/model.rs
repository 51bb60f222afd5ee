//! Rows of consents.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::schema::consents;
use crate::{id, text_enum};

id! {
    /// A consent's id.
    ConsentId
}

text_enum! {
    /// What somebody agrees to.
    pub enum ConsentPurpose {
        /// 消息通知: messages beyond those about one's own matters
        Notifications = "notifications",
        /// 志愿服务: being asked for volunteering
        Volunteering = "volunteering",
        /// 健康信息
        Health = "health",
        /// 行踪轨迹: check-ins by code
        MovementTrack = "movement_track",
        /// 向第三方提供: being shown to the organisation that the consent names, where data is granted to it on that basis
        ThirdPartySharing = "third_party_sharing",
        /// 公开
        Publication = "publication",
        /// 扫码录入: being enrolled by one's code
        Enrolment = "enrolment",
    }
}

impl ConsentPurpose {
    /// Whether the law asks for a consent of its own 单独同意 (arts. 23, 25, 29).
    pub fn is_separate(self) -> bool {
        match self {
            ConsentPurpose::Notifications | ConsentPurpose::Volunteering | ConsentPurpose::Enrolment => false,
            ConsentPurpose::Health
            | ConsentPurpose::MovementTrack
            | ConsentPurpose::ThirdPartySharing
            | ConsentPurpose::Publication => true,
        }
    }

    /// Whether one agrees to one recipient 接收方, who is named (art. 23).
    pub fn has_recipient(self) -> bool {
        self == ConsentPurpose::ThirdPartySharing
    }
}

/// A consent as kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = consents, treat_none_as_default_value = false)]
pub struct ConsentRow {
    pub id: ConsentId,
    pub account_id: AccountId,
    pub resident_id: Option<ResidentId>,
    pub purpose: ConsentPurpose,
    pub notice_version: i32,
    pub is_separate: bool,
    pub given_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub recipient_id: Option<OrganisationId>,
}

/// Found only for whom the caller may act, so it is their own.
impl Governed for ConsentRow {
    fn division(&self) -> Option<Division> {
        None
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some()
    }
}
