//! Plans that must go by an index, as the pool's generic plans do.

mod labels;
mod people;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};

use lilong::access::role::Role;
use lilong::activities::volunteer_statistics::store::{FILLED, TOOK};
use lilong::matters::mediators::store::IN_CONFLICT;
use lilong::people::visit_plans::{VisitPlanUnit, coverage_sql};

use crate::support::joint::{joint, sign, signers};
use crate::support::petitions::neighbour;
use crate::support::volunteer_day::{Day, signed};
use crate::support::{OWN, Town, wait_until};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    text: String,
}

/// The generic plan of a statement, after these settings.
fn plan(town: &Town, settings: &str, types: &str, statement: &str, values: &str) -> String {
    let mut conn = town.owner();
    let prepare =
        format!("SET plan_cache_mode = force_generic_plan; {settings} PREPARE q ({types}) AS {statement}");
    conn.batch_execute(&prepare).expect("it can be prepared");
    let steps: Vec<Step> =
        diesel::sql_query(format!("EXPLAIN EXECUTE q ({values})")).load(&mut conn).expect("a plan");
    steps.into_iter().map(|step| step.text + "\n").collect()
}

#[test]
fn names_that_begin_with_a_text_are_found_by_an_index() {
    let town = Town::new();
    town.execute("ANALYZE");
    for table in ["divisions", "estates", "organisations"] {
        let statement = format!("SELECT * FROM {table} WHERE name ~>=~ $1 AND name ~<~ $2");
        // The tables of a test are so small that reading all of them is cheaper.
        let found = plan(&town, "SET enable_seqscan = off;", "text, text", &statement, "'宝钢', '宝钣'");
        assert!(found.contains(&format!("{table}_name_idx")), "{found}");
    }
}

#[test]
fn calls_that_answer_a_petition_are_found_by_an_index() {
    let town = Town::new();
    let statement = "SELECT * FROM volunteer_calls WHERE petition_id = $1";
    let nobody = format!("'{}'", uuid::Uuid::nil());
    // The table of a test is so small that reading all of it is cheaper.
    let found = plan(&town, "SET enable_seqscan = off;", "uuid", statement, &nobody);
    assert!(found.contains("volunteer_calls_petition_id_idx"), "{found}");
}

#[test]
fn a_page_of_the_audit_of_a_narrow_range_goes_by_its_index() {
    let town = Town::new();
    // 99,000 events elsewhere, 1,000 in one street, long ago.
    town.execute(
        "INSERT INTO audit_events (id, at, action, resource, resource_id, division, request_id, detail, seal)
         SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), 'x', 'x', 'x',
                CASE WHEN n <= 1000 THEN 310113003005 ELSE 310101000000 + n % 9 * 1000 + n % 20 END, 'x', '{}', 1
         FROM generate_series(1, 100000) n;
         ANALYZE audit_events",
    );
    let range = "division >= $1 AND division < $2";
    let end = "ORDER BY id DESC LIMIT 21";
    for (condition, index) in [
        (format!("({range}) AND division / 1000 = $3"), "audit_events_street_id_idx"),
        (format!("({range}) AND division / 1000000 = $3"), "audit_events_district_id_idx"),
        (format!("({range}) AND $3 = 0"), "audit_events_pkey"),
    ] {
        let statement = format!("SELECT * FROM audit_events WHERE {condition} {end}");
        let found =
            plan(&town, "", "bigint, bigint, bigint", &statement, "310113003000, 310113004000, 310113003");
        assert!(found.contains(&format!("Scan Backward using {index}")), "{found}");
        assert!(!found.contains("Sort"), "{found}");
    }
}

#[test]
fn a_search_of_residents_goes_by_the_index_of_its_scope() {
    let town = Town::new();
    // 60,000 people in two committees and elsewhere.
    town.execute(
        "INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
         SELECT gen_random_uuid(), CASE WHEN n % 20 = 0 THEN 310113003005 WHEN n % 20 = 1 THEN 310113003006 ELSE 310101002003 END,
                'n' || n % 7000, 'n' || n % 7000, 'n' || n % 7000, 'refused', 'registered_here', 'worker', now(), now()
         FROM generate_series(1, 60000) n;
         ANALYZE residents",
    );
    let scoped = "SELECT id, name FROM residents WHERE (division >= $1 AND division < $2) AND status = $3";
    for (rest, index) in [
        (
            "AND pinyin >= $4 AND pinyin < $5 ORDER BY division, pinyin, id LIMIT $6",
            "residents_division_names_idx",
        ),
        (
            "AND initials >= $4 AND initials < $5 ORDER BY division, pinyin, id LIMIT $6",
            "residents_division_names_idx",
        ),
        (
            "AND name >= $4 AND name < $5 ORDER BY division, pinyin, id LIMIT $6",
            "residents_division_names_idx",
        ),
        ("AND pinyin >= $4 AND pinyin < $5 ORDER BY pinyin, id LIMIT $6", "residents_pinyin_id_idx"),
        ("AND initials >= $4 AND initials < $5 ORDER BY initials, id LIMIT $6", "residents_initials_id_idx"),
        ("AND name >= $4 AND name < $5 ORDER BY name, id LIMIT $6", "residents_name_id_idx"),
        ("AND $4 <> $5 ORDER BY division, id LIMIT $6", "residents_division_id_idx"),
    ] {
        let types = "bigint, bigint, text, text, text, bigint";
        let values = "310113003000, 310113004000, 'present', 'n1', 'n2', 21";
        // As the store writes a wide search.
        let is_wide = !rest.contains("ORDER BY division");
        let scoped = if is_wide { scoped.replace("division", "division + 0") } else { scoped.to_owned() };
        let found = plan(&town, "", types, &format!("{scoped} {rest}"), values);
        assert!(found.contains(index), "{rest}\n{found}");
    }
}

#[test]
fn a_coverage_and_a_page_of_visits_go_by_their_indexes() {
    let town = Town::new();
    // 40,000 people in twenty committees, and three visits to each.
    town.execute(
        "INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, language, created_at, updated_at)
             VALUES (gen_random_uuid(), '', '', 'x', 'zh-CN', now(), now());
         INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             SELECT gen_random_uuid(), here.codes[1 + n % 20], 'n', 'n', 'n', 'refused', 'registered_here', 'worker', now(), now()
             FROM generate_series(1, 40000) n,
                  (SELECT array_agg(code ORDER BY code) codes FROM divisions WHERE code / 1000 = 310113003 AND code % 1000 > 0) here;
         INSERT INTO visits (id, division, kind, resident_id, visited_at, author_id, summary, staff_note, created_at, updated_at)
             SELECT gen_random_uuid(), r.division, 'visit', r.id, now() - n * interval '10 days', a.id, '', '', now(), now()
             FROM residents r, accounts a, generate_series(1, 3) n;
         ANALYZE residents, visits",
    );
    let types =
        "bigint, date, integer, date, integer, text, uuid, timestamptz, date, timestamptz, uuid, bigint";
    let values =
        "310113003005, '2026-11-25', 30, '2026-01-01', NULL, NULL, NULL, now(), NULL, NULL, NULL, 21";
    let statement = coverage_sql(VisitPlanUnit::Resident, false);
    let found = plan(&town, "", types, &statement, values);
    assert!(
        found.contains("Index Scan using residents_division_")
            || found.contains("Index Scan on residents_division_"),
        "{found}"
    );
    assert!(found.contains("visits_resident_id_kind_visited_at_idx"), "{found}");
    assert!(!found.contains("Seq Scan on residents") && !found.contains("Seq Scan on visits"), "{found}");
    let statement = "SELECT * FROM visits WHERE division >= $1 AND division < $2
                     ORDER BY division DESC, visited_at DESC, id DESC LIMIT $3";
    let found = plan(&town, "", "bigint, bigint, bigint", statement, "310113003000, 310113004000, 21");
    assert!(found.contains("Scan Backward using visits_division_visited_at_id_idx"), "{found}");
    assert!(!found.contains("Sort"), "{found}");
}

#[test]
fn what_signed_while_there_was_no_key_finds_keys_by_their_index_when_there_are_many() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, 2));
    town.execute("VACUUM ANALYZE idempotency_keys");
    sign(&town, petition, &all[0]).is(201);
    town.execute(
        "INSERT INTO idempotency_keys (fingerprint, body_hash, created_at, expires_at)
         SELECT sha256(int4send(n)), '', now(), now() + interval '1 day' FROM generate_series(1, 20000) n",
    );
    sign(&town, petition, &all[1]).is(201);
    let told = |column: &str, table: &str| {
        let here = "schemaname = current_schema()";
        town.count(&format!("SELECT {column} FROM pg_stat_user_tables WHERE {here} AND relname = '{table}'"))
    };
    // What a connection did is told when it has rested for a while: both tables by the same report.
    wait_until("it is told", || told("n_tup_ins", "petition_signatures") == 2);
    assert!(told("seq_tup_read", "idempotency_keys") < 20_000);
}

#[test]
fn one_s_own_cases_are_found_by_their_indexes_among_those_of_the_city() {
    let town = Town::new();
    let mediator = town.staff(Role::Mediator, "310113003000");
    // Two hundred clerks, and a hundred cases of each.
    town.execute(
        "INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, language, created_at, updated_at)
             SELECT ('01900000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, '', sha256(int4send(n)), 'x', 'zh-CN', now(), now()
             FROM generate_series(0, 199) n;
         INSERT INTO matters (id, kind, division, receipt, title, state, grade, level, is_open, returns, created_at, updated_at)
             SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'mediation_case', 310113003005, lpad(n::text, 12, '0'),
                    '测', 'registered', 'general', 'committee', true, 0, now(), now()
             FROM generate_series(1, 20000) n;
         INSERT INTO mediation_cases (id, source, dispute_type, grade, subject, facts, claims, is_violent, risk_note, registered_by,
                                      end_note, routes)
             SELECT id, 'walk_in', 'neighbour', 'general', '测', '测', '', false, '',
                    ('01900000-0000-7000-9000-' || lpad((receipt::bigint % 200)::text, 12, '0'))::uuid, '', '{}'
             FROM matters;",
    );
    town.execute("VACUUM ANALYZE matters, mediation_cases");
    let told = |what: &str, tables: &str| {
        let here = "schemaname = current_schema()";
        town.count(&format!(
            "SELECT sum({what})::bigint FROM pg_stat_user_tables WHERE {here} AND relname IN ({tables})"
        ))
    };
    let read = || told("seq_tup_read + coalesce(idx_tup_fetch, 0)", "'matters', 'mediation_cases'");
    let looks = || told("seq_scan + coalesce(idx_scan, 0)", "'mediation_seats'");
    wait_until("it is told", || told("n_tup_ins", "'mediation_cases'") == 20_000);
    let (before, looked) = (read(), looks());
    let page = town.get("/v1/mediation-cases").by(&mediator).send();
    assert_eq!(page.is(200).body["items"], serde_json::json!([]));
    wait_until("it is told", || looks() > looked);
    assert!(read() - before < 100, "{}", read() - before);
}

/// Four thousand people with an account, who share each home with three others; a case of each, in which they were right to object to the one
/// who mediates it, and everybody in a roster besides.
const QUARRELS: &str = "
         INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, language, created_at, updated_at)
             SELECT ('01900000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, '', sha256(int4send(n)), 'x', 'zh-CN', now(), now()
             FROM generate_series(0, 3999) n;
         INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
             VALUES ('01900000-0000-7000-a000-000000000000', '测', 'social_organisation', 310113003000, now(), now());
         INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('01900000-0000-7000-a000-000000000001', '测', 310113003005, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
             SELECT '01900000-0000-7000-a000-000000000002', id, division, '1', now(), now() FROM estates;
         INSERT INTO dwellings (id, building_id, division, number, created_at, updated_at)
             SELECT ('01900000-0000-7000-b000-' || lpad(n::text, 12, '0'))::uuid, id, division, n::text, now(), now()
             FROM buildings, generate_series(0, 3999) n;
         INSERT INTO residents (id, division, account_id, home_id, name, pinyin, initials, no_identifier, residence, source, created_at,
                                updated_at)
             SELECT ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 310113003005, a.id, d.id, 'n', 'n', 'n', 'refused',
                    'registered_here', 'worker', now(), now()
             FROM generate_series(0, 15999) n
             JOIN dwellings d ON d.number = (n % 4000)::text
             LEFT JOIN accounts a ON n < 4000 AND a.id = ('01900000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid;
         INSERT INTO matters (id, kind, division, receipt, title, state, grade, level, is_open, returns, created_at, updated_at)
             SELECT id, 'mediation_case', division, right(id::text, 12), '测', 'registered', 'general', 'committee', true, 0, now(), now()
             FROM residents WHERE account_id IS NOT NULL;
         INSERT INTO mediation_cases (id, source, dispute_type, grade, subject, facts, claims, is_violent, risk_note, registered_by,
                                      end_note, routes)
             SELECT id, 'walk_in', 'neighbour', 'general', '测', '测', '', false, '', account_id, '', '{}'
             FROM residents WHERE account_id IS NOT NULL;
         INSERT INTO mediation_parties (id, case_id, side, kind, resident_id, account_id, representation, authority, consent, created_at)
             SELECT id, id, 'applicant', 'resident', id, account_id, 'oneself', '', 'pending', now()
             FROM residents WHERE account_id IS NOT NULL;
         INSERT INTO mediation_seats (id, case_id, role, account_id, state, reason, asked_by, asked_at)
             SELECT id, id, 'mediator', registered_by, 'asked', '', registered_by, now() FROM mediation_cases;
         INSERT INTO mediation_objections (id, case_id, seat_id, party_id, reason, decision, decision_reason, decided_by, decided_at,
                                           created_at)
             SELECT id, id, id, id, 'x', 'sustained', 'x', account_id, now(), now() FROM mediation_seats;
         INSERT INTO mediators (id, division, organisation_id, account_id, kind, name, expertise, languages, max_load, is_part_time,
                                starts_on, status, created_at, updated_at)
             SELECT a.id, o.division, o.id, a.id, 'lawyer', 'x', '{neighbour}', '{mandarin}', 9, false, '2020-01-01', 'active', now(), now()
             FROM accounts a, organisations o;
         ANALYZE residents, mediation_parties, mediation_seats, mediation_objections, mediators;";

#[test]
fn who_has_to_do_with_a_party_is_found_without_walking_through_a_table() {
    let town = Town::new();
    town.execute(QUARRELS);
    let values = "'01900000-0000-7000-8000-000000000001', '{01900000-0000-7000-9000-000000000002}'";
    let found = plan(&town, "", "uuid, uuid[]", IN_CONFLICT, values);
    assert!(found.contains("residents_home_id_idx") && !found.contains("Seq Scan"), "{found}");
}

#[test]
fn statistics_of_some_days_do_not_read_all_of_history() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(&day.town, &one, &shift);
    day.until("02T17:30");
    day.stay(&shift, &signup, "02T13:00", "02T17:00");
    // Two thousand calls with ten shifts of each, and 40,000 lines of the ledger, in two committees and elsewhere, over five years.
    let place = "CASE n % 20 WHEN 0 THEN 310113003005 WHEN 1 THEN 310113003006 ELSE 310101002003 END";
    day.town.execute(&format!(
        "INSERT INTO volunteer_hours SELECT r.* FROM volunteer_hours h, generate_series(1, 40000) n, LATERAL jsonb_populate_record(h,
             jsonb_build_object('id', gen_random_uuid(), 'division', {place}, 'worked_on', date '2021-01-01' + n % 1800)) r;
         INSERT INTO volunteer_calls SELECT r.* FROM volunteer_calls c, generate_series(1, 2000) n, LATERAL jsonb_populate_record(c,
             jsonb_build_object('id', gen_random_uuid(), 'division', {place})) r;
         INSERT INTO shifts SELECT r.* FROM shifts s, volunteer_calls c, generate_series(1, 10) n, LATERAL jsonb_populate_record(s,
             jsonb_build_object('id', gen_random_uuid(), 'call_id', c.id, 'division', c.division,
                                'starts_at', s.starts_at - n * interval '180 days')) r;
         ANALYZE volunteer_hours, volunteer_calls, shifts"
    ));
    let values = "310113003005, 310113003006, '2026-02-01', '2026-02-28', '2026-01-04'";
    let found = plan(&day.town, "", "bigint, bigint, date, date, date", TOOK, values);
    assert!(found.contains("volunteer_hours_division_worked_on_idx"), "{found}");
    let values = "310113003005, 310113003006, '2026-02-01', '2026-03-01'";
    let found = plan(&day.town, "", "bigint, bigint, timestamptz, timestamptz", FILLED, values);
    assert!(found.contains("shifts_division_starts_at_idx"), "{found}");
}
