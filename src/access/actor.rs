//! The actor: who acts, and the posts that count at this moment.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::division::{Division, Range};
use super::policy::{Action, Reach, Scope};
use super::role::Role;
use crate::id;
use crate::kit::clock::local_date;
use crate::kit::problem::{FORBIDDEN, Result, UNAUTHENTICATED};
use crate::schema::{accounts, posts, sessions};

id! {
    /// An account's id.
    AccountId
}
id! {
    /// A session's id.
    SessionId
}
id! {
    /// An organisation's id. Declared here because posts name one.
    OrganisationId
}

/// One thing the actor is: a role in a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The role.
    pub role: Role,
    /// Where.
    pub range: Range,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
}

/// Who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account and the session, unless it is a visitor.
    pub signed_in: Option<(AccountId, SessionId)>,
    /// What they are; always at least a visitor or a resident.
    pub standings: Vec<Standing>,
    /// Whether posts were left aside because this session has no second factor.
    pub lacks_second_factor: bool,
}

impl Actor {
    /// Nobody in particular.
    pub fn visitor() -> Self {
        Actor { signed_in: None, standings: vec![everywhere(Role::Visitor)], lacks_second_factor: false }
    }

    /// The account, or 401.
    pub fn account(&self) -> Result<AccountId> {
        self.signed_in.map(|(account, _)| account).ok_or_else(|| (&UNAUTHENTICATED).into())
    }

    /// The session, or 401.
    pub fn session(&self) -> Result<SessionId> {
        self.signed_in.map(|(_, session)| session).ok_or_else(|| (&UNAUTHENTICATED).into())
    }

    /// What the actor sees with this action; 403 if nothing ever.
    pub fn scope<A: Action>(&self, action: A) -> Result<Scope> {
        let mut scope = Scope::nothing();
        for standing in &self.standings {
            match action.allows(standing.role) {
                Reach::Never => {}
                Reach::Own => scope.own = true,
                Reach::Range => scope.add(standing.range),
                Reach::Everywhere => scope.add(Range::EVERYWHERE),
            }
        }
        if scope.is_empty() { Err((&FORBIDDEN).into()) } else { Ok(scope) }
    }

    /// Whether the action is allowed on something in that division that is or is not the actor's own.
    pub fn may<A: Action>(&self, action: A, division: Option<Division>, is_own: bool) -> bool {
        self.standings.iter().any(|standing| match action.allows(standing.role) {
            Reach::Never => false,
            Reach::Own => is_own,
            // What belongs to no division belongs to the city.
            Reach::Range => standing.range.contains(division.unwrap_or(Division::SHANGHAI)),
            Reach::Everywhere => true,
        })
    }
}

impl Actor {
    /// The first standing that reaches this division with the action: in what capacity somebody acts.
    pub fn standing_for<A: Action>(&self, action: A, division: Division) -> Option<Standing> {
        let reaches = |standing: &&Standing| match action.allows(standing.role) {
            Reach::Never | Reach::Own => false,
            Reach::Range => standing.range.contains(division),
            Reach::Everywhere => true,
        };
        self.standings.iter().find(reaches).cloned()
    }
}

fn everywhere(role: Role) -> Standing {
    Standing { role, range: Range::EVERYWHERE, organisation: None }
}

type PostColumns = (Option<Role>, Option<Division>, Option<OrganisationId>);

/// Loads the actor of a living session, in one statement. A session that ended is 401.
///
/// Posts count only in a session with a second factor, unless `posts_without_second_factor` says otherwise.
pub fn load(
    conn: &mut PgConnection,
    session: SessionId,
    now: DateTime<Utc>,
    posts_without_second_factor: bool,
) -> Result<Actor> {
    let today = local_date(now);
    let in_office = posts::account_id
        .eq(sessions::account_id)
        .and(posts::ended_at.is_null())
        .and(posts::starts_on.le(today))
        .and(posts::ends_on.is_null().or(posts::ends_on.ge(today)));
    let rows: Vec<(AccountId, bool, PostColumns)> = sessions::table
        .inner_join(accounts::table)
        .left_join(posts::table.on(in_office))
        .filter(sessions::id.eq(session).and(sessions::ended_at.is_null()).and(sessions::expires_at.gt(now)))
        .filter(accounts::closed_at.is_null())
        .select((
            sessions::account_id,
            sessions::is_second_factor,
            (posts::role.nullable(), posts::division.nullable(), posts::organisation_id.nullable()),
        ))
        .load(conn)?;
    let (account, is_second_factor, _) = *rows.first().ok_or(&UNAUTHENTICATED)?;
    let mut actor = Actor {
        signed_in: Some((account, session)),
        standings: vec![everywhere(Role::Resident)],
        lacks_second_factor: false,
    };
    let posts = rows.into_iter().filter_map(|(_, _, (role, division, organisation))| {
        Some(Standing { role: role?, range: division?.range(), organisation })
    });
    if is_second_factor || posts_without_second_factor {
        actor.standings.extend(posts);
    } else {
        actor.lacks_second_factor = posts.count() > 0;
    }
    Ok(actor)
}
