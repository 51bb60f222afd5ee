//! How a plan of visits finds those who carry its label.

use lilong::people::visit_plans::{VisitPlanUnit, coverage_sql};

use super::plan;
use crate::support::Town;

/// 40,000 people in twenty committees, each with one of fifty labels, and three visits to each.
const LABELLED: &str = "
    INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, language, created_at, updated_at)
        VALUES (gen_random_uuid(), '', '', 'x', 'zh-CN', now(), now());
    INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, external_id, source, created_at, updated_at)
        SELECT gen_random_uuid(), here.codes[1 + n % 20], 'n', 'n', 'n', 'refused', 'registered_here', n::text, 'worker', now(), now()
        FROM generate_series(1, 40000) n,
             (SELECT array_agg(code ORDER BY code) codes FROM divisions WHERE code / 1000 = 310113003 AND code % 1000 > 0) here;
    INSERT INTO labels (id, code, name, division, level, see_roles, set_roles, is_sensitive, created_at, updated_at)
        SELECT ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'l' || n, 'l' || n, 310113003000, 'street',
               '{committee_worker}', '{committee_worker}', false, now(), now()
        FROM generate_series(0, 49) n;
    INSERT INTO resident_labels (id, resident_id, label_id, division, source, set_by, set_at)
        SELECT gen_random_uuid(), r.id, ('01900000-0000-7000-8000-' || lpad((r.external_id::int / 20 % 50)::text, 12, '0'))::uuid,
               r.division, 'visit', a.id, now()
        FROM residents r, (SELECT id FROM accounts LIMIT 1) a;
    INSERT INTO visits (id, division, kind, resident_id, visited_at, author_id, summary, staff_note, created_at, updated_at)
        SELECT gen_random_uuid(), r.division, 'visit', r.id, now() - n * interval '10 days', a.id, '', '', now(), now()
        FROM residents r, (SELECT id FROM accounts LIMIT 1) a, generate_series(1, 3) n;
    ANALYZE residents, labels, resident_labels, visits";

/// Nobody else of the committee is looked at.
#[test]
fn the_coverage_of_a_plan_by_a_label_begins_with_those_who_carry_it() {
    let town = Town::new();
    town.execute(LABELLED);
    let types = "bigint, date, integer, date, integer, text, uuid, timestamptz, date, timestamptz, uuid, bigint, uuid, timestamptz";
    let values =
        "310113003005, '2026-11-25', 30, '2026-01-01', NULL, NULL, NULL, now(), NULL, NULL, NULL, 21,
                  '01900000-0000-7000-8000-000000000007', now()";
    let found = plan(&town, "", types, &coverage_sql(VisitPlanUnit::Resident, true), values);
    assert!(found.contains("resident_labels_label_id_division_resident_id_idx"), "{found}");
    assert!(found.contains("residents_pkey"), "{found}");
    for table in ["residents", "resident_labels", "visits"] {
        assert!(!found.contains(&format!("Seq Scan on {table}")), "{found}");
    }
}
