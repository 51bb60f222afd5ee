//! The schema's history: each step goes back exactly and comes again, and rows of before come through.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::{Pg, PgConnection};
use diesel::{QueryableByName, RunQueryDsl};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use lilong::app::start;

use crate::support::Database;

#[derive(QueryableByName)]
struct Shape {
    #[diesel(sql_type = diesel::sql_types::Text)]
    shape: String,
}

/// A database without anything but the table of what was run.
fn scratch() -> (Database, PgConnection) {
    let database = Database::empty();
    let mut conn = start::connect(&database.owner_url()).expect("the owner connects");
    MigrationHarness::<Pg>::applied_migrations(&mut conn).expect("the table of what was run");
    (database, conn)
}

/// Every step, in its order.
fn history() -> Vec<Box<dyn Migration<Pg>>> {
    let folder = FileBasedMigrations::from_path("migrations").expect("the folder");
    let mut all: Vec<Box<dyn Migration<Pg>>> = folder.migrations().expect("the steps");
    all.sort_by_key(|step| step.name().version().as_owned());
    all
}

fn forth(conn: &mut PgConnection, step: &dyn Migration<Pg>) {
    conn.run_migration(step).unwrap_or_else(|error| panic!("{}: up.sql: {error}", step.name()));
}

fn back(conn: &mut PgConnection, step: &dyn Migration<Pg>) {
    conn.revert_migration(step).unwrap_or_else(|error| panic!("{}: down.sql: {error}", step.name()));
}

fn text(conn: &mut PgConnection, sql: &str) -> String {
    diesel::sql_query(sql).get_result::<Shape>(conn).expect("a text").shape
}

fn shape(conn: &mut PgConnection) -> String {
    text(conn, include_str!("migrations/shape.sql"))
}

fn lines(shape: &str) -> BTreeSet<&str> {
    shape.lines().collect()
}

#[test]
fn each_step_goes_back_exactly_and_comes_again() {
    let (_database, mut conn) = scratch();
    let mut before = shape(&mut conn);
    for step in history() {
        let step = step.as_ref();
        forth(&mut conn, step);
        let after = shape(&mut conn);
        back(&mut conn, step);
        let found = shape(&mut conn);
        let (was, is) = (lines(&before), lines(&found));
        let (lost, left): (Vec<_>, Vec<_>) = (was.difference(&is).collect(), is.difference(&was).collect());
        assert!(lost.is_empty() && left.is_empty(), "{}: lost {lost:?}, left {left:?}", step.name());
        forth(&mut conn, step);
        before = after;
    }
    assert_eq!(shape(&mut conn), before, "what came again is what came first");
    for step in history().iter().rev() {
        back(&mut conn, step.as_ref());
    }
    assert_eq!(shape(&mut conn), "");
}

/// Of two people with several records each, of two whose records were bound to each other's accounts, and of one who has none any more:
/// whose each sign-up is, and what became of it.
#[test]
fn sign_ups_of_before_are_given_to_whose_they_are() {
    let (_database, mut conn) = scratch();
    let is_before = |step: &dyn Migration<Pg>| step.name().version().to_string().as_str() < "20261127000016";
    let (past, rest): (Vec<_>, Vec<_>) = history().into_iter().partition(|step| is_before(step.as_ref()));
    for step in &past {
        forth(&mut conn, step.as_ref());
    }
    conn.batch_execute(include_str!("migrations/shift_people.sql")).expect("the rows of before");
    for step in &rest {
        forth(&mut conn, step.as_ref());
    }
    let of = "SELECT string_agg(concat_ws(' ', right(id::text, 1), state, CASE split_part(person_id::text, '-', 4)
                  WHEN '0001' THEN 'account' ELSE 'record' END, right(person_id::text, 1)), ', ' ORDER BY id) AS shape FROM shift_signups";
    let expected = [
        // The first two overlap, and nobody came: the later is given up. The third was in the way of that one only.
        "1 held account 1, 2 withdrawn account 1, 3 held account 1",
        // They came by the later.
        "4 withdrawn account 2, 5 held account 2",
        // At the same time, each by what was the other's account: nobody stands in nobody's way.
        "6 held account 4, 7 held account 3",
        "8 held record 8",
        // Who waited for the place of the second has it.
        "9 held account 6",
    ];
    assert_eq!(text(&mut conn, of), expected.join(", "));
    let places = "SELECT string_agg(concat_ws('/', taken, waiting), ' ' ORDER BY id) AS shape FROM shifts";
    assert_eq!(text(&mut conn, places), "1/0 1/0 1/0 0/0 1/0 1/0 1/0 1/0");
    // From then on they follow by themselves.
    conn.batch_execute("UPDATE residents SET account_id = NULL WHERE id::text LIKE '%0002-000000000003'")
        .expect("unbound");
    assert!(text(&mut conn, of).contains("3 held record 3"));
}

/// A grant of before was for a duty; one by consent ends where the step is taken back, since it would show everybody.
#[test]
fn grants_of_before_were_for_duties() {
    let (_database, mut conn) = scratch();
    let is_before = |step: &dyn Migration<Pg>| step.name().version().to_string().as_str() < "20261128000060";
    let (past, rest): (Vec<_>, Vec<_>) = history().into_iter().partition(|step| is_before(step.as_ref()));
    for step in &past {
        forth(&mut conn, step.as_ref());
    }
    conn.batch_execute(include_str!("migrations/data_grants.sql")).expect("the rows of before");
    let step = rest.first().expect("the step").as_ref();
    forth(&mut conn, step);
    let bases = "SELECT string_agg(basis, ' ' ORDER BY id) AS shape FROM data_grants";
    assert_eq!(text(&mut conn, bases), "statutory_duty statutory_duty consent");
    conn.batch_execute("UPDATE data_grants SET basis = 'consent' WHERE id::text LIKE '%2'")
        .expect("by consent");
    back(&mut conn, step);
    let ended = "SELECT string_agg(right(id::text, 1), ' ' ORDER BY id) AS shape FROM data_grants WHERE withdrawn_at IS NOT NULL";
    assert_eq!(text(&mut conn, ended), "2 3");
}

/// A consent to be shown to others that named nobody has ended; one that names somebody ends where the step is taken back, since it would
/// count for everybody.
#[test]
fn consents_of_before_named_nobody_and_have_ended() {
    let (_database, mut conn) = scratch();
    let rest = until(&mut conn, "20261128000110");
    conn.batch_execute(include_str!("migrations/consents.sql")).expect("the rows of before");
    let step = rest.first().expect("the step").as_ref();
    forth(&mut conn, step);
    let counting = "SELECT string_agg(right(id::text, 1), ' ' ORDER BY id) AS shape FROM consents WHERE withdrawn_at IS NULL";
    assert_eq!(text(&mut conn, counting), "3");
    let agree = |n: i32, recipient: &str| {
        format!(
            "INSERT INTO consents (id, account_id, purpose, notice_version, is_separate, given_at, recipient_id)
                 VALUES ('00000000-0000-0000-0003-00000000000{n}', '00000000-0000-0000-0001-000000000001', 'third_party_sharing', 1, true, now(), {recipient})"
        )
    };
    for (n, recipient) in [(5, "fe"), (6, "ff")] {
        let named = format!("'00000000-0000-0000-0000-0000000000{recipient}'");
        conn.batch_execute(&agree(n, &named)).expect("another recipient");
    }
    conn.batch_execute(&agree(7, "NULL")).expect_err("nobody named");
    assert_eq!(text(&mut conn, counting), "3 5 6");
    back(&mut conn, step);
    assert_eq!(text(&mut conn, counting), "3");
}

/// Takes every step before that version; answers the others.
fn until(conn: &mut PgConnection, version: &str) -> Vec<Box<dyn Migration<Pg>>> {
    let is_before = |step: &dyn Migration<Pg>| step.name().version().to_string().as_str() < version;
    let (past, rest): (Vec<_>, Vec<_>) = history().into_iter().partition(|step| is_before(step.as_ref()));
    for step in &past {
        forth(conn, step.as_ref());
    }
    rest
}

/// On the way back, who entered a wish that waits counts as who asked, so that they go on not to decide it; what was decided is not
/// theirs.
#[test]
fn a_wish_of_the_office_is_no_clerk_s_once_it_was_decided() {
    let (_database, mut conn) = scratch();
    let rest = until(&mut conn, "20261128000110");
    conn.batch_execute(include_str!("migrations/consents.sql")).expect("the rows of before");
    for step in &rest[..2] {
        forth(&mut conn, step.as_ref());
    }
    let enter = "INSERT INTO erasures (id, resident_id, division, entered_by, asked_by, reason, status, created_at, decided_at)
        SELECT gen_random_uuid(), '00000000-0000-0000-0002-000000000001', 310113003001, '00000000-0000-0000-0001-000000000001',
            'person', '', status, now(), decided
        FROM (VALUES ('pending', NULL::timestamptz), ('erased', now())) AS wishes (status, decided)";
    conn.batch_execute(enter).expect("two wishes");
    back(&mut conn, rest[1].as_ref());
    let shape = "SELECT string_agg(status || ' ' || (account_id IS NOT NULL), ', ' ORDER BY status) AS shape FROM erasures";
    assert_eq!(text(&mut conn, shape), "erased false, pending true");
}
