//! Inboxes in JSON.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{InboxItemId, ItemRow, Task};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Page;
use crate::matters::dispatches::DispatchId;
use crate::matters::policies::{Level, MatterKind};
use crate::matters::registry::{MatterId, Receipt, last_day};

/// The matter that something waits for.
#[derive(Serialize, ToSchema)]
pub struct InboxMatterView {
    /// Its id.
    pub id: MatterId,
    /// Petition or case: which address it is found under.
    pub kind: MatterKind,
    /// What a person reads over the telephone.
    pub receipt: Receipt,
}

/// Something that waits on the caller.
#[derive(Serialize, ToSchema)]
pub struct InboxItemView {
    /// Its id.
    pub id: InboxItemId,
    /// What is to be done.
    pub task: Task,
    /// What it is about, in a few words.
    #[schema(example = "247号楼有人高空抛物")]
    pub title: String,
    /// Where it lies.
    pub division: Division,
    /// The matter; null where it is none.
    pub matter: Option<InboxMatterView>,
    /// The dispatch it is about.
    pub dispatch: Option<DispatchId>,
    /// The request for more time it is about.
    pub extension: Option<Uuid>,
    /// The summons 约请 it is about.
    pub summons: Option<Uuid>,
    /// The dispute entry 解纷一件事 it is about.
    pub dispute_entry: Option<Uuid>,
    /// The lead of a screening 排查线索 it is about.
    pub screening_lead: Option<Uuid>,
    /// The organisation it waits on; null where it waits on a person or a level.
    pub organisation: Option<OrganisationId>,
    /// The level of the line it waits on.
    pub level: Option<Level>,
    /// The last day for it, in Shanghai; null where there is none.
    pub due_on: Option<NaiveDate>,
    /// Whether that is past.
    pub is_overdue: bool,
    /// Since when it waits.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl InboxItemView {
    /// An item as it is at that moment.
    pub fn new(row: ItemRow, now: DateTime<Utc>) -> Self {
        let ends = row.due_at.year() < 9999;
        Self {
            id: row.id,
            task: row.task,
            title: row.title,
            division: row.division,
            matter: row.matter.map(|(id, kind, receipt)| InboxMatterView { id, kind, receipt }),
            dispatch: row.dispatch_id,
            extension: row.extension_id,
            summons: row.summons_id,
            dispute_entry: row.dispute_entry_id,
            screening_lead: row.screening_lead_id,
            organisation: row.organisation_id,
            level: row.level,
            due_on: ends.then(|| last_day(row.due_at)),
            is_overdue: row.due_at < now,
            created_at: row.created_at,
        }
    }
}

/// One page of what waits on the caller, with how much there is.
#[derive(Serialize, ToSchema)]
pub struct InboxPage {
    /// The page.
    #[serde(flatten)]
    pub page: Page<InboxItemView>,
    /// How many items wait, of which 100 are counted at most.
    #[schema(minimum = 0, maximum = 100, example = 7)]
    pub waiting: i64,
    /// How many of those are late.
    #[schema(minimum = 0, maximum = 100, example = 1)]
    pub overdue: i64,
}

impl View for InboxPage {
    const IS_SECRET: bool = true;

    fn next_page(&self) -> Option<String> {
        self.page.next_cursor.clone()
    }
}
