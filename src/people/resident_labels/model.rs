//! Rows of labels on people.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::people::disclosures::ResidentId;
use crate::people::labels::LabelId;
use crate::schema::resident_labels;
use crate::{id, text_enum};

id! {
    /// The id of a label on a person.
    ResidentLabelId
}

text_enum! {
    /// Where it is known from that a label fits.
    pub enum LabelSource {
        /// 走访
        Visit = "visit",
        /// 本人申请
        Application = "application",
        /// 部门数据
        Department = "department",
        /// 批量导入
        Import = "import",
        /// 其他
        Other = "other",
    }
}

text_enum! {
    /// What became of a label on a person.
    pub enum LabelRemoval {
        /// 撤销
        Removed = "removed",
        /// 到期
        Expired = "expired",
        /// 迁出、死亡或档案合并
        Gone = "gone",
    }
}

/// A label on a person, with what the label says of itself.
#[derive(Clone, Debug, Queryable)]
pub struct ResidentLabelRow {
    pub id: ResidentLabelId,
    pub label_id: LabelId,
    pub code: String,
    pub name: String,
    pub is_sensitive: bool,
    pub source: LabelSource,
    pub reason: String,
    pub set_by: AccountId,
    pub set_at: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

/// A label about to be set on a person.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = resident_labels, treat_none_as_default_value = false)]
pub struct NewResidentLabel {
    pub id: ResidentLabelId,
    pub resident_id: ResidentId,
    pub label_id: LabelId,
    pub division: Division,
    pub source: LabelSource,
    pub reason: String,
    pub set_by: AccountId,
    pub set_at: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

impl Governed for NewResidentLabel {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}
