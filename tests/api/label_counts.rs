//! Counts of labels: exact at any moment, however many write and whoever adds up, and as cheap for many people as for few.

use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{Connection, SimpleConnection};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::people::label_counts;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with};
use crate::support::tags::{counted, define, define_in_city, label, set, unset};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

const DISTRICT: &str = "310113000000";

/// Sets the label on each ten times and takes it off again, and in the end sets it on every other.
fn write(town: &Town, by: &Person, people: &[Value], label: &str) {
    for round in 0..10 {
        for (n, who) in people.iter().enumerate() {
            if round % 2 == 0 {
                set(town, by, who, label).is(201);
            } else {
                unset(town, by, who, label).is(204);
            }
            if round == 9 && n % 2 == 0 {
                set(town, by, who, label).is(201);
            }
        }
    }
}

/// Each division's count is told as it is.
#[track_caller]
fn is_exact(town: &Town, by: &Person, label: &str) {
    for (division, range) in [
        (OWN, format!("division = {OWN}")),
        (SIBLING, format!("division = {SIBLING}")),
        (PARENT, "division / 1000 = 310113003".to_owned()),
        (DISTRICT, "true".to_owned()),
        (CITY, "true".to_owned()),
    ] {
        let carried = format!("SELECT count(*) FROM resident_labels WHERE removed_at IS NULL AND {range}");
        assert_eq!(counted(town, by, division, label), Some(json!(town.count(&carried))), "{division}");
    }
}

/// Adds up all there is, as the worker does, which may be at it just now.
fn fold_all(town: &Town) {
    while town.count("SELECT count(*) FROM label_count_deltas") > 0 {
        worker::count_labels(&town.gate).expect("the worker's work");
    }
}

#[test]
fn two_hundred_writes_from_many_threads_are_counted_exactly() {
    let town = Town::with(|settings| settings.seats = 6);
    let by = town.staff(Role::CommitteeWorker, CITY);
    let label = define_in_city(&town, "lives_alone", json!({}));
    let enter = |n: u32| {
        let division = if n.is_multiple_of(2) { OWN } else { SIBLING };
        enter(&town, &by, with(draft("陈桂芳"), json!({ "division": division })))
    };
    let people: Vec<Value> = (0..20).map(enter).collect();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers: Vec<_> =
            people.chunks(4).map(|some| scope.spawn(|| write(&town, &by, some, &label))).collect();
        // Two who add up beside the worker, and one who looks: never less than nothing, never more than all.
        for _ in 0..2 {
            scope.spawn(|| {
                let mut conn = town.owner();
                while !is_done.load(Ordering::Relaxed) {
                    label_counts::fold_next(&mut conn).expect("folding");
                }
            });
        }
        scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                let now = counted(&town, &by, CITY, &label).unwrap().as_i64().unwrap();
                assert!((0..=20).contains(&now), "{now}");
            }
        });
        let ends: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        is_done.store(true, Ordering::Relaxed);
        ends.into_iter().for_each(Result::unwrap);
    });
    assert_eq!(town.count("SELECT count(*) FROM resident_labels WHERE removed_at IS NULL"), 10);
    is_exact(&town, &by, &label);
    fold_all(&town);
    is_exact(&town, &by, &label);
    assert_eq!(
        town.text("SELECT string_agg(count::text, ' ' ORDER BY division) FROM label_counts"),
        "10 10 10 10 0"
    );
}

#[test]
fn who_is_killed_while_adding_up_loses_nothing() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let label = define(&town, label("lives_alone"));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let mut conn = town.owner();
    conn.begin_test_transaction().expect("a transaction that is never committed");
    conn.batch_execute("SELECT pg_advisory_xact_lock(7101013)").expect("the lock, so that the worker waits");
    set(&town, &worker, &chen, &label).is(201);
    assert_eq!(label_counts::fold_next(&mut conn).expect("folding"), 1);
    // Added up by who has not committed: others still see the delta.
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
    assert_eq!(town.count("SELECT count(*) FROM label_counts"), 0);
    // A second does not wait for the first, and takes nothing.
    assert_eq!(label_counts::fold_next(&mut town.owner()).expect("folding"), 0);
    drop(conn);
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
    fold_all(&town);
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
    assert_eq!(town.count("SELECT count(*) FROM label_counts WHERE count = 1"), 4);
}

#[test]
fn a_refused_act_counts_nothing() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let label = define(&town, label("lives_alone"));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..4).map(|_| scope.spawn(|| set(&town, &worker, &chen, &label).status)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
}

#[test]
fn who_may_not_list_people_is_told_no_small_number() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let neighbour = town.staff(Role::CommitteeWorker, SIBLING);
    let seen =
        json!({ "see_roles": ["committee_worker", "street_officer", "dispatcher"], "is_sensitive": true });
    let label = define(&town, with(label("lives_alone"), seen));
    let hidden = define(&town, crate::support::tags::label("hidden"));
    for _ in 0..7 {
        let who = enter(&town, &worker, draft("陈桂芳"));
        set(&town, &worker, &who, &label).is(201);
        set(&town, &worker, &who, &hidden).is(201);
    }
    let one = enter(&town, &neighbour, with(draft("王小明"), json!({ "division": SIBLING })));
    set(&town, &neighbour, &one, &label).is(201);
    let dispatcher = town.staff(Role::Dispatcher, PARENT);
    // 8 in the street, 7 here, and so 1 there: neither is told, nor what is left when one is taken from the other.
    let told = [PARENT, OWN, SIBLING].map(|division| counted(&town, &dispatcher, division, &label));
    assert_eq!(told, [Some(json!(5)), Some(json!(5)), Some(Value::Null)]);
    assert_eq!(counted(&town, &dispatcher, OWN, &hidden), None);
    let officer = town.staff(Role::StreetOfficer, PARENT);
    let told = [PARENT, OWN, SIBLING].map(|division| counted(&town, &officer, division, &label));
    assert_eq!(told, [Some(json!(8)), Some(json!(7)), Some(json!(1))]);
    let counts =
        |by, division: &str| town.get(&format!("/v1/label-counts?division={division}")).by(by).send();
    counts(&dispatcher, CITY).is_problem(403, "forbidden");
    counts(&dispatcher, ELSEWHERE).is_problem(403, "forbidden");
    counts(&worker, PARENT).is_problem(403, "forbidden");
    counts(&town.staff(Role::Lawyer, PARENT), OWN).is_problem(403, "forbidden");
    town.get("/v1/label-counts").by(&worker).send().is_problem(400, "query-invalid");
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    text: String,
}

/// What counting by labels in the district touches: its plan, and the pages of each relation, by the whole statement.
fn touched(town: &Town) -> (String, i64) {
    let mut conn = town.owner();
    let statement = format!(
        "SET plan_cache_mode = force_generic_plan; SET jit = off;
         PREPARE q (text[], text[], bigint, bigint, bigint, bigint[], timestamptz, bigint, uuid, bigint) AS {}",
        label_counts::store::COUNTS
    );
    conn.batch_execute(&statement).expect("it can be prepared");
    let values = format!(
        "'{{committee_worker}}', '{{committee_worker}}', {DISTRICT}, {DISTRICT}, 310114000000, \
         '{{310000000000, {DISTRICT}}}', now(), 0, '00000000-0000-0000-0000-000000000000', 101"
    );
    let explain = format!("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) EXECUTE q ({values})");
    // The first run warms the catalogue.
    let _warm: Vec<Step> = diesel::sql_query(&explain).load(&mut conn).expect("a plan");
    let steps: Vec<Step> = diesel::sql_query(&explain).load(&mut conn).expect("a plan");
    let plan: String = steps.into_iter().map(|step| step.text + "\n").collect();
    let first = plan.lines().find(|line| line.trim().starts_with("Buffers:")).expect("buffers");
    let pages = first.split(['=', ' ']).filter_map(|word| word.parse::<i64>().ok()).sum();
    (plan, pages)
}

/// So many people in ten committees, each of whom carries each of the labels.
fn populate(town: &Town, from: u32, until: u32) {
    town.execute(&format!(
        "INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
         SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 310113003001 + n % 10, 'n', 'n', 'n',
                'refused', 'registered_here', 'worker', now(), now()
         FROM generate_series({from}, {until}) n;
         INSERT INTO resident_labels (id, resident_id, label_id, division, source, set_by, set_at, until)
         SELECT gen_random_uuid(), r.id, l.id, r.division, 'visit', (SELECT id FROM accounts LIMIT 1), now(),
                CASE WHEN r.id < '00000000-0000-7000-8000-000000000800' THEN now() + interval '1 year' END
         FROM residents r, labels l
         WHERE r.id >= ('00000000-0000-7000-8000-' || lpad(to_hex({from}), 12, '0'))::uuid;
         INSERT INTO label_counts AS known (label_id, division, count)
         SELECT l.id, d.division, 0 FROM labels l, LATERAL (
             SELECT DISTINCT division FROM residents UNION VALUES (310113003000), ({DISTRICT}), ({CITY})) d
         ON CONFLICT DO NOTHING;
         UPDATE label_counts c SET count = (SELECT count(*) FROM residents r WHERE r.division = c.division
             OR c.division = 310113003000 OR c.division = {DISTRICT} OR c.division = {CITY})"
    ));
    town.execute("VACUUM ANALYZE residents, resident_labels, label_counts, label_count_deltas, labels");
}

#[test]
fn counting_costs_the_same_for_ten_times_the_people() {
    let town = Town::new();
    for n in 0..10 {
        define(&town, label(&format!("label_{n}")));
    }
    populate(&town, 1, 2_000);
    let (_, few) = touched(&town);
    populate(&town, 2_001, 20_000);
    let (plan, many) = touched(&town);
    assert_eq!(
        town.count(&format!("SELECT min(count) FROM label_counts WHERE division = {DISTRICT}")),
        20_000
    );
    assert!(many <= few + few / 5, "{few} pages, then {many}\n{plan}");
    assert!(!plan.contains("on residents"), "{plan}");
    assert!(plan.contains("label_counts_pkey") || plan.contains("Seq Scan on label_counts"), "{plan}");
    assert!(plan.contains("until_idx on resident_labels"), "{plan}");
}

#[test]
fn a_list_by_label_goes_by_the_index_of_the_label() {
    let town = Town::new();
    define(&town, label("label_0"));
    populate(&town, 1, 20_000);
    let mut conn = town.owner();
    conn.batch_execute(
        "SET plan_cache_mode = force_generic_plan;
         PREPARE q (uuid, timestamptz, bigint, bigint, text, bigint, uuid, bigint) AS
         SELECT residents.id, residents.name FROM resident_labels
         INNER JOIN residents ON resident_labels.resident_id = residents.id
         WHERE resident_labels.label_id = $1 AND resident_labels.removed_at IS NULL
             AND (resident_labels.until IS NULL OR resident_labels.until > $2)
             AND (resident_labels.division >= $3 AND resident_labels.division < $4) AND residents.status = $5
             AND (resident_labels.division, resident_labels.resident_id) > ($6, $7)
         ORDER BY resident_labels.division, resident_labels.resident_id LIMIT $8",
    )
    .expect("it can be prepared");
    let explain = "EXPLAIN EXECUTE q ('00000000-0000-0000-0000-000000000000', now(), 310113000000, 310114000000, 'present', \
                   310113003001, '00000000-0000-0000-0000-000000000000', 21)";
    let steps: Vec<Step> = diesel::sql_query(explain).load(&mut conn).expect("a plan");
    let plan: String = steps.into_iter().map(|step| step.text + "\n").collect();
    assert!(plan.contains("resident_labels_label_id_division_resident_id_idx"), "{plan}");
    assert!(!plan.contains("Sort"), "{plan}");
}
