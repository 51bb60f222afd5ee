//! Rows of venues.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::places::coordinates::{Near, Point};
use crate::schema::venues;
use crate::{id, text_enum};

/// What a venue's sealed secret is bound to.
pub const SECRET_SEAL: &str = "venues.secret";

id! {
    /// A venue's id.
    VenueId
}

text_enum! {
    /// What a venue is.
    pub enum VenueKind {
        /// 居委会办公场所
        CommitteeOffice = "committee_office",
        /// 党群服务中心
        PartyServiceCentre = "party_service_centre",
        /// 议事厅
        MeetingHall = "meeting_hall",
        /// 楼组会客厅
        ReceptionRoom = "reception_room",
        /// 活动室
        ActivityRoom = "activity_room",
        /// 为老服务场所
        ElderCare = "elder_care",
        /// 便民服务点
        ServiceStation = "service_station",
        /// 出入口
        Entrance = "entrance",
        /// 室外场地
        Outdoor = "outdoor",
        /// 其他
        Other = "other",
    }
}

text_enum! {
    /// How a venue's code is shown, and so what a scan of it proves.
    pub enum CodeGrade {
        /// Printed 静态码: that one has seen it once; with a fence, that one says to be near.
        Static = "static",
        /// On a screen, another every 30 seconds 动态码: that one sees it now.
        Rotating = "rotating",
        /// None: staff scan the person's code 专人查验.
        Attended = "attended",
    }
}

text_enum! {
    /// Whether one may go there.
    pub enum VenueStatus {
        /// 开放
        Active = "active",
        /// 关闭: seen by whoever looks after it alone; its code counts no more.
        Closed = "closed",
    }
}

/// A venue as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = venues)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct VenueRow {
    pub id: VenueId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub name: String,
    pub kind: VenueKind,
    pub address: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub code_grade: CodeGrade,
    pub radius: Option<i32>,
    pub short_code: String,
    pub secret_sealed: Vec<u8>,
    pub status: VenueStatus,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl VenueRow {
    /// Where it is, where that is known.
    pub fn point(&self) -> Option<Point> {
        Point::stored(self.longitude, self.latitude)
    }
}

impl Governed for VenueRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A venue about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = venues, treat_none_as_default_value = false)]
pub struct NewVenue {
    pub id: VenueId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub name: String,
    pub kind: VenueKind,
    pub address: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub code_grade: CodeGrade,
    pub radius: Option<i32>,
    pub short_code: String,
    pub secret_sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewVenue {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a venue.
#[derive(Default, AsChangeset)]
#[diesel(table_name = venues)]
pub struct VenueChange {
    pub organisation_id: Option<Option<OrganisationId>>,
    pub name: Option<String>,
    pub kind: Option<VenueKind>,
    pub address: Option<String>,
    pub longitude: Option<Option<f64>>,
    pub latitude: Option<Option<f64>>,
    pub code_grade: Option<CodeGrade>,
    pub radius: Option<Option<i32>>,
    pub short_code: Option<String>,
    pub secret_sealed: Option<Vec<u8>>,
    pub status: Option<VenueStatus>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<VenueKind>,
    pub near: Option<Near>,
}
