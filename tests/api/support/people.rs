//! People of a town, with posts and tokens.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::RunQueryDsl;
use diesel::sql_types::{Bool, Timestamptz, Uuid as SqlUuid};
use lilong::access::accounts::{self, Opening};
use lilong::access::actor::{AccountId, SessionId};
use lilong::access::division::Division;
use lilong::access::passwords::{self, Password};
use lilong::access::phone::Mobile;
use lilong::access::posts::{self, NewPost};
use lilong::access::principal::Principal;
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use lilong::kit::text::Line;

use super::Town;

static PEOPLE: AtomicU32 = AtomicU32::new(0);

/// The password of everybody who has one.
pub const PASSWORD: &str = "lane-lantern-42";

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub account: AccountId,
    pub session: SessionId,
    pub phone: String,
    pub token: String,
}

impl Person {
    /// Whom their token names.
    pub fn principal(&self) -> Principal {
        Principal::Person(self.account, self.session)
    }
}

/// A number that nobody has: invented, valid by its form.
pub fn new_phone() -> String {
    format!("+86139{:08}", PEOPLE.fetch_add(1, Ordering::Relaxed))
}

impl Town {
    /// Somebody without a post, signed in with a second factor.
    pub fn resident(&self) -> Person {
        self.open(None)
    }

    /// Somebody with a password.
    pub fn with_password(&self) -> Person {
        self.open(Some(passwords::hash(&Password::new(PASSWORD)).expect("a hash")))
    }

    /// Somebody with a post.
    pub fn staff(&self, role: Role, division: &str) -> Person {
        let person = self.resident();
        self.appoint(&person, role, division);
        person
    }

    /// Gives somebody a post, as the command line does.
    pub fn appoint(&self, person: &Person, role: Role, division: &str) {
        let division = Division::parse(division).expect("a division");
        let post = NewPost {
            holder: person.account,
            role,
            organisation: None,
            division,
            starts_on: local_date(self.now()),
            ends_on: None,
        };
        self.behind(|conn| posts::grant_unless_held(conn, &post, None, self.now())).expect("a post");
    }

    fn open(&self, password_hash: Option<String>) -> Person {
        let phone = new_phone();
        let opening = Opening {
            phone: Mobile::parse(&phone).expect("a phone"),
            display_name: Line::new("陈阿姨").expect("a name"),
            password_hash,
        };
        let opened = self.behind(|conn| accounts::open(conn, self.gate.ring(), &opening, self.now()));
        let account = opened.expect("an account");
        let session = self.insert_session(account);
        let token = self.gate.tokens().sign(account, session, self.now()).expect("a token");
        Person { account, session, phone, token }
    }

    /// Another session of the same person.
    pub fn second_session(&self, person: &Person) -> SessionId {
        self.insert_session(person.account)
    }

    fn insert_session(&self, account: AccountId) -> SessionId {
        let session = SessionId::new();
        let insert = diesel::sql_query(
            "INSERT INTO sessions (id, account_id, is_second_factor, created_at, last_used_at, expires_at)
             VALUES ($1, $2, $3, $4, $4, $4 + interval '30 days')",
        )
        .bind::<SqlUuid, _>(session.0)
        .bind::<SqlUuid, _>(account.0)
        .bind::<Bool, _>(true)
        .bind::<Timestamptz, _>(self.now());
        self.behind(|conn| insert.execute(conn)).expect("a session");
        session
    }
}
