//! Whom an access token names: a person in a session, or an application by one of its secrets.

use uuid::Uuid;

use super::actor::{AccountId, SessionId};
use super::scopes::Scopes;
use crate::id;

id! {
    /// An application's id: its `client_id`.
    ApplicationId
}
id! {
    /// The id of one of an application's secrets.
    ApplicationSecretId
}

/// Whom an access token names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    /// Somebody in a session.
    Person(AccountId, SessionId),
    /// An application by the secret that it showed, with the scopes that it asked for.
    Application(ApplicationId, ApplicationSecretId, Scopes),
}

impl Principal {
    /// The session, where it is a person.
    pub fn session(self) -> Option<SessionId> {
        match self {
            Principal::Person(_, session) => Some(session),
            Principal::Application(..) => None,
        }
    }

    /// The account or the application: whose quota and whose keys they are.
    pub fn id(self) -> Uuid {
        match self {
            Principal::Person(account, _) => account.0,
            Principal::Application(application, ..) => application.0,
        }
    }
}
