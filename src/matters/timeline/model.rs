//! Rows of timelines.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::{AccountId, OrganisationId};
use crate::id;
use crate::matters::dispatches::DispatchId;
use crate::matters::registry::{Audience, MatterId};
use crate::schema::matter_events;

id! {
    /// An entry's id.
    EventId
}

/// An entry as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = matter_events)]
pub struct EventRow {
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub event: String,
    pub state: String,
    pub account_id: Option<AccountId>,
    pub organisation_id: Option<OrganisationId>,
    pub is_on_behalf: bool,
    pub audience: Audience,
    pub reason: Option<String>,
    pub note: String,
    pub dispatch_id: Option<DispatchId>,
    pub due_on: Option<NaiveDate>,
}

/// An entry with the names that belong to it.
#[derive(Clone, Debug, Queryable)]
pub struct NamedEventRow {
    pub event: EventRow,
    pub account_name: Option<String>,
    pub organisation_name: Option<String>,
}

/// What is entered.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = matter_events, treat_none_as_default_value = false)]
pub struct NewEvent {
    pub id: EventId,
    pub matter_id: MatterId,
    pub at: DateTime<Utc>,
    pub event: &'static str,
    pub state: String,
    pub account_id: Option<AccountId>,
    pub organisation_id: Option<OrganisationId>,
    pub is_on_behalf: bool,
    pub audience: Audience,
    pub reason: Option<String>,
    pub note: String,
    pub dispatch_id: Option<DispatchId>,
    pub due_on: Option<NaiveDate>,
}

/// What is told of something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What happened.
    pub event: &'static str,
    /// Who reads it.
    pub audience: Audience,
    /// For which organisation it was done.
    pub organisation: Option<OrganisationId>,
    /// Whether it was done for the petitioner by somebody else.
    pub is_on_behalf: bool,
    /// A code of a list, where the thing has one.
    pub reason: Option<&'static str>,
    /// In words.
    pub note: String,
    /// By which dispatch.
    pub dispatch: Option<DispatchId>,
    /// Until when, where it set a deadline.
    pub due_on: Option<NaiveDate>,
}

impl Entry {
    /// Something that who asked may read.
    pub fn of(event: &'static str) -> Self {
        Entry {
            event,
            audience: Audience::Citizen,
            organisation: None,
            is_on_behalf: false,
            reason: None,
            note: String::new(),
            dispatch: None,
            due_on: None,
        }
    }

    /// The same, in words.
    pub fn saying(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The same, for others to read.
    pub fn to(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// The same, done for an organisation.
    pub fn by(mut self, organisation: Option<OrganisationId>) -> Self {
        self.organisation = organisation;
        self
    }
}

/// As whom somebody reads a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// As who asked.
    Citizen,
    /// As somebody who works on it, for these organisations.
    Staff(Vec<OrganisationId>),
}
