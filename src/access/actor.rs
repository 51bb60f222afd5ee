//! The actor: who acts, and the posts that count at this moment.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::division::{Division, Range};
use super::policy::{Action, Reach, Scope};
use super::principal::ApplicationId;
use super::role::Role;
use super::scopes::Scopes;
use crate::id;
use crate::kit::clock::local_date;
use crate::kit::problem::{FORBIDDEN, Problem, Result, UNAUTHENTICATED};
use crate::schema::{accounts, posts, residents, sessions};

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
id! {
    /// A resident's id. Declared here because an account may be bound to one.
    ResidentId
}

/// A record of the residents' archive that an account is bound to: there it acts as a verified resident 已认证居民.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Residency {
    /// The record.
    pub resident: ResidentId,
    /// The committee that keeps it.
    pub division: Division,
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

/// An application that acts on its own behalf: it has no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its id.
    pub id: ApplicationId,
    /// What it may do.
    pub scopes: Scopes,
}

/// Who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The application, where it is one. Then nobody is signed in.
    pub application: Option<Client>,
    /// The account and the session, unless it is a visitor. A job outlives the session that asked for it, and has none.
    pub signed_in: Option<(AccountId, Option<SessionId>)>,
    /// What they are; always at least a visitor or a resident.
    pub standings: Vec<Standing>,
    /// Whether the session has a second factor.
    pub is_second_factor: bool,
    /// Whether posts were left aside because this session has no second factor.
    pub lacks_second_factor: bool,
}

impl Actor {
    /// Nobody in particular.
    pub fn visitor() -> Self {
        let standings = vec![everywhere(Role::Visitor)];
        Actor {
            application: None,
            signed_in: None,
            standings,
            is_second_factor: false,
            lacks_second_factor: false,
        }
    }

    /// An application in its division and below.
    pub fn application(client: Client, division: Division) -> Self {
        let standing = Standing { role: Role::Application, range: division.range(), organisation: None };
        Actor { application: Some(client), standings: vec![standing], ..Actor::visitor() }
    }

    fn resident(account: AccountId, session: Option<SessionId>) -> Self {
        let (signed_in, standings) = (Some((account, session)), vec![everywhere(Role::Resident)]);
        Actor { signed_in, standings, ..Actor::visitor() }
    }

    /// Posts count after a second factor, unless the demo's setting says otherwise.
    fn with_posts(
        mut self,
        posts: impl Iterator<Item = PostColumns>,
        posts_without_second_factor: bool,
    ) -> Self {
        let posts = posts.filter_map(|(role, division, organisation)| {
            Some(Standing { role: role?, range: division?.range(), organisation })
        });
        if self.is_second_factor || posts_without_second_factor {
            self.standings.extend(posts);
        } else {
            self.lacks_second_factor = posts.count() > 0;
        }
        self
    }

    /// The account, or 401; 403 for an application, which has none.
    pub fn account(&self) -> Result<AccountId> {
        self.signed_in.map(|(account, _)| account).ok_or_else(|| self.is_nobody())
    }

    /// The session, or 401; 403 for an application, which has none.
    pub fn session(&self) -> Result<SessionId> {
        self.signed_in.and_then(|(_, session)| session).ok_or_else(|| self.is_nobody())
    }

    fn is_nobody(&self) -> Problem {
        Problem::from(if self.application.is_some() { &FORBIDDEN } else { &UNAUTHENTICATED })
    }

    /// The account or the application; none for a visitor.
    pub fn id(&self) -> Option<uuid::Uuid> {
        let application = self.application.map(|client| client.id.0);
        self.signed_in.map(|(account, _)| account.0).or(application)
    }

    /// How far one of the standings reaches with an action: an application no further than its scopes open it.
    pub(super) fn reach<A: Action>(&self, action: A, standing: &Standing) -> Reach {
        match (action.allows(standing.role), self.application) {
            (Reach::Range, Some(client)) if !client.scopes.open(action.operation()) => Reach::Never,
            (reach, _) => reach,
        }
    }

    /// What the actor sees with this action; 403 if nothing ever.
    pub fn scope<A: Action>(&self, action: A) -> Result<Scope> {
        let mut scope = Scope::nothing();
        for standing in &self.standings {
            match self.reach(action, standing) {
                Reach::Never => {}
                Reach::Own => scope.own = true,
                Reach::Range => scope.add(standing.range),
                Reach::Everywhere => scope.add(Range::EVERYWHERE),
            }
        }
        if scope.is_empty() { FORBIDDEN.refuse() } else { Ok(scope) }
    }

    /// Whether the action is allowed on something in that division that is or is not the actor's own.
    pub fn may<A: Action>(&self, action: A, division: Option<Division>, is_own: bool) -> bool {
        self.standings.iter().any(|standing| match self.reach(action, standing) {
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
        let reaches = |standing: &&Standing| match self.reach(action, standing) {
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

/// The posts of an account that count on that day.
#[diesel::dsl::auto_type(no_type_alias)]
fn in_office(today: NaiveDate) -> _ {
    posts::account_id
        .eq(accounts::id)
        .and(posts::ended_at.is_null())
        .and(posts::starts_on.le(today))
        .and(posts::ends_on.is_null().or(posts::ends_on.ge(today)))
}

/// Loads the actor of a living session, in one statement. A session that ended is 401.
///
/// Posts count only in a session with a second factor, unless `posts_without_second_factor` says otherwise.
pub fn load(
    conn: &mut PgConnection,
    session: SessionId,
    now: DateTime<Utc>,
    posts_without_second_factor: bool,
) -> Result<Actor> {
    let rows: Vec<(AccountId, bool, PostColumns)> = sessions::table
        .inner_join(accounts::table)
        .left_join(posts::table.on(in_office(local_date(now))))
        .filter(sessions::id.eq(session).and(sessions::ended_at.is_null()).and(sessions::expires_at.gt(now)))
        .filter(accounts::closed_at.is_null())
        .select((
            sessions::account_id,
            sessions::is_second_factor,
            (posts::role.nullable(), posts::division.nullable(), posts::organisation_id.nullable()),
        ))
        .load(conn)?;
    let (account, is_second_factor, _) = *rows.first().ok_or(&UNAUTHENTICATED)?;
    let posts = rows.into_iter().map(|(.., post)| post);
    let actor = Actor { is_second_factor, ..Actor::resident(account, Some(session)) };
    Ok(actor.with_posts(posts, posts_without_second_factor))
}

/// The same for many sessions, in one statement. Those that ended are not among the answer.
pub fn load_all(
    conn: &mut PgConnection,
    wanted: &[SessionId],
    now: DateTime<Utc>,
    posts_without_second_factor: bool,
) -> Result<HashMap<SessionId, Actor>> {
    let rows: Vec<(SessionId, AccountId, bool, PostColumns)> = sessions::table
        .inner_join(accounts::table)
        .left_join(posts::table.on(in_office(local_date(now))))
        .filter(sessions::id.eq_any(wanted))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .filter(accounts::closed_at.is_null())
        .select((
            sessions::id,
            sessions::account_id,
            sessions::is_second_factor,
            (posts::role.nullable(), posts::division.nullable(), posts::organisation_id.nullable()),
        ))
        .load(conn)?;
    let mut found: HashMap<SessionId, (AccountId, bool, Vec<PostColumns>)> = HashMap::new();
    for (session, account, is_second_factor, post) in rows {
        found.entry(session).or_insert((account, is_second_factor, Vec::new())).2.push(post);
    }
    let actors = found.into_iter().map(|(session, (account, is_second_factor, posts))| {
        let actor = Actor { is_second_factor, ..Actor::resident(account, Some(session)) };
        (session, actor.with_posts(posts.into_iter(), posts_without_second_factor))
    });
    Ok(actors.collect())
}

/// Loads the actor of an account in whose name something is done in their absence, as after a session with or without
/// a second factor. A closed account is 401.
pub fn load_absent(
    conn: &mut PgConnection,
    account: AccountId,
    is_second_factor: bool,
    now: DateTime<Utc>,
    posts_without_second_factor: bool,
) -> Result<Actor> {
    let posts: Vec<PostColumns> = accounts::table
        .left_join(posts::table.on(in_office(local_date(now))))
        .filter(accounts::id.eq(account).and(accounts::closed_at.is_null()))
        .select((posts::role.nullable(), posts::division.nullable(), posts::organisation_id.nullable()))
        .load(conn)?;
    if posts.is_empty() {
        return UNAUTHENTICATED.refuse();
    }
    let actor = Actor { is_second_factor, ..Actor::resident(account, None) };
    Ok(actor.with_posts(posts.into_iter(), posts_without_second_factor))
}

/// Where an account is a verified resident, in the order of divisions. Asked only by what turns on it, so that no other
/// request pays for it.
pub fn residencies(conn: &mut PgConnection, account: AccountId) -> Result<Vec<Residency>> {
    let bound = residents::table
        .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
        .order((residents::division, residents::id))
        .select((residents::id, residents::division));
    Ok(bound.load(conn)?)
}
