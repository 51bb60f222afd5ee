//! Plans that must go by an index, as the pool's generic plans do.

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};

use crate::support::Town;

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
