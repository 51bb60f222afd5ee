//! Timelines in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{EventId, NamedEventRow};
use crate::access::actor::AccountId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::matters::dispatches::DispatchId;
use crate::matters::registry::{Audience, MatterOrganisationView};

/// Something that happened to a matter.
#[derive(Serialize, ToSchema)]
pub struct MatterEventView {
    /// Its id; later ones are greater.
    pub id: EventId,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub at: DateTime<Utc>,
    /// What: `submitted`, `accepted`, `dispatched`, `dispatch_accepted`, `dispatch_returned`, `answered`, … New ones may come.
    #[schema(example = "dispatched")]
    pub event: String,
    /// The state after it.
    #[schema(example = "dispatched")]
    pub state: String,
    /// Who did it, by name; null where a deadline did, and where the reader is not told who asked.
    #[schema(example = "社工小王")]
    pub by: Option<String>,
    /// For which organisation.
    pub organisation: Option<MatterOrganisationView>,
    /// Whether it was done for who asked, by somebody else 代办.
    pub is_on_behalf: bool,
    /// Who reads it.
    pub audience: Audience,
    /// Why, as a code of a list; null where there is none.
    #[schema(example = "not_responsible")]
    pub reason: Option<String>,
    /// In words.
    pub note: String,
    /// By which dispatch 派单.
    pub dispatch: Option<DispatchId>,
    /// Until when, where it set a deadline.
    pub due_on: Option<NaiveDate>,
}

impl MatterEventView {
    /// An entry, without the name of whoever is not to be named.
    pub fn new(row: NamedEventRow, unnamed: Option<AccountId>) -> Self {
        let NamedEventRow { event, account_name, organisation_name } = row;
        let is_named = unnamed.is_none() || event.account_id != unnamed;
        let organisation = event.organisation_id.zip(organisation_name);
        Self {
            id: event.id,
            at: event.at,
            event: event.event,
            state: event.state,
            by: account_name.filter(|_| is_named),
            organisation: organisation.map(|(id, name)| MatterOrganisationView { id, name }),
            is_on_behalf: event.is_on_behalf,
            audience: event.audience,
            reason: event.reason,
            note: event.note,
            dispatch: event.dispatch_id,
            due_on: event.due_on,
        }
    }
}

impl View for MatterEventView {
    const IS_SECRET: bool = true;
}
