//! Lists that say who keeps house with whom: one head before any member, and a list takes nobody away.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::lists::{faults, load_below};
use crate::support::archive::homes;
use crate::support::{OWN, Person, Town};

const HEADING: &str = "姓名,外部编号,无证件原因,楼号,房号,户编号,与户主关系";

/// Imports rows below the heading; answers what became of them.
#[track_caller]
fn load(town: &Town, by: &Person, rows: &str, more: Value) -> [i64; 4] {
    load_below(HEADING, town, by, rows, more)
}

/// Everybody's household, by external id.
fn members(town: &Town) -> String {
    town.text(
        "SELECT coalesce(string_agg(concat_ws(' ', r.external_id, h.number, m.relation, w.number), ', '
                ORDER BY r.external_id), '')
         FROM household_members m JOIN residents r ON r.id = m.resident_id
         JOIN households h ON h.id = m.household_id LEFT JOIN dwellings w ON w.id = h.dwelling_id
         WHERE m.left_on IS NULL",
    )
}

#[test]
fn a_list_enters_a_household_once_whose_head_may_come_last() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let _: [String; 1] = homes(&town, OWN);
    let rows = "李芳,A2,未提供,247号,0,H1,妻\n陈小宝,A3,未提供,247号,0,H1,长子\n陈建华,A1,未提供,247号,0,H1,户主\n\
                王小明,A4,未提供,,,H2,户主\n张建国,A5,未提供,,,H3,\n赵小妹,A6,未提供,,,,子";
    for dry in [json!({ "is_dry_run": true }), json!({ "is_dry_run": true, "mode": "all" })] {
        assert_eq!(load(&town, &worker, rows, dry), [6, 0, 0, 0]);
    }
    assert_eq!(town.count("SELECT (SELECT count(*) FROM residents) + (SELECT count(*) FROM households)"), 0);
    assert_eq!(load(&town, &worker, rows, json!({ "mode": "all" })), [6, 0, 0, 0]);
    let known = "A1 H1 head 0, A2 H1 spouse 0, A3 H1 child 0, A4 H2 head";
    assert_eq!(members(&town), known);
    let audited =
        "SELECT detail->>'households' FROM audit_events WHERE resource = 'imports' AND detail ? 'households'";
    assert_eq!(town.text(audited), "2");
    // Again, nothing is new.
    assert_eq!(load(&town, &worker, rows, json!({})), [0, 0, 6, 0]);
    assert_eq!(members(&town), known);
    assert_eq!(town.count("SELECT sum(version)::bigint FROM households"), 2);
    // Somebody known joins, and somebody is something else to the head; the head need not stand in the list.
    let rows = "赵小妹,A6,未提供,,,H1,女\n陈小宝,A3,未提供,,,H1,其他亲属";
    assert_eq!(load(&town, &worker, rows, json!({ "is_dry_run": true })), [0, 2, 0, 0]);
    assert_eq!(members(&town), known);
    assert_eq!(load(&town, &worker, rows, json!({})), [0, 2, 0, 0]);
    assert_eq!(members(&town), "A1 H1 head 0, A2 H1 spouse 0, A3 H1 other 0, A4 H2 head, A6 H1 child 0");
    assert_eq!(town.count("SELECT count(*) FROM household_members WHERE left_on IS NOT NULL"), 1);
    assert_eq!(town.count("SELECT version FROM households WHERE number = 'H1'"), 2);
}

#[test]
fn rows_that_contradict_are_told_at_their_column_and_their_people_go_in() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let first = "陈建华,A1,未提供,,,H1,户主\n王小明,A2,未提供,,,H2,户主";
    assert_eq!(load(&town, &worker, first, json!({})), [2, 0, 0, 0]);
    let rows = "李芳,A3,未提供,,,H1,户主\n陈建华,A1,未提供,,,H1,妻\n王小明,A2,未提供,,,H1,子\n赵小妹,A4,未提供,,,H3,女\n\
                孙大伟,A5,未提供,,,H4,户主\n周阿姨,A6,未提供,,,H4,户主\n张建国,A7,未提供,,,H1,房客\n陈小宝,A8,未提供,,,H1,子";
    for (more, became) in [
        (json!({ "is_dry_run": true }), [6, 0, 0, 8]),
        (json!({ "mode": "all" }), [6, 0, 0, 8]),
        (json!({}), [6, 0, 0, 8]),
        (json!({}), [0, 0, 0, 8]),
    ] {
        assert_eq!(load(&town, &worker, rows, more), became);
        assert_eq!(
            faults(&town),
            "2 relation import-row-household-head-differs, 3 relation import-row-household-head-differs, \
             4 household household-member-taken, 5 relation import-row-household-one-head, \
             6 relation import-row-household-one-head, 7 relation import-row-household-one-head, \
             8 relation field-invalid, 9 relation import-row-household-head-differs"
        );
    }
    assert_eq!(members(&town), "A1 H1 head, A2 H2 head");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 8);
    assert_eq!(town.count("SELECT count(*) FROM households"), 2);
    // The bad rows alone, mended, are imported again.
    let mended = "赵小妹,A4,未提供,,,H3,女\n李芳,A3,未提供,,,H3,户主\n孙大伟,A5,未提供,,,H4,户主\n周阿姨,A6,未提供,,,H4,妻\n\
                  陈小宝,A8,未提供,,,H1,子";
    assert_eq!(load(&town, &worker, mended, json!({})), [0, 5, 0, 0]);
    assert_eq!(
        members(&town),
        "A1 H1 head, A2 H2 head, A3 H3 head, A4 H3 child, A5 H4 head, A6 H4 spouse, A8 H1 child"
    );
}

#[test]
fn the_rows_of_a_household_may_stand_in_several_batches_after_its_head() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    // H1 stands across the end of the first 500 rows, its head last. H2 has its head far before a member, H3 far behind.
    let row = |n: usize| match n {
        498..=500 => format!("张建国,B{n},未提供,,,H1,子"),
        501 => format!("张建国,B{n},未提供,,,H1,户主"),
        1 => format!("王小明,B{n},未提供,,,H2,户主"),
        2 => format!("李秀英,B{n},未提供,,,H3,妻"),
        510 => format!("王小明,B{n},未提供,,,H2,母亲"),
        511 => format!("李秀英,B{n},未提供,,,H3,户主"),
        _ => format!("陈桂芳,B{n},未提供,,,,"),
    };
    let rows: Vec<String> = (1..=520).map(row).collect();
    for dry in [json!({ "is_dry_run": true }), json!({})] {
        assert_eq!(load(&town, &worker, &rows.join("\n"), dry), [520, 0, 0, 1]);
        assert_eq!(faults(&town), "3 relation import-row-household-one-head");
    }
    assert_eq!(
        members(&town),
        "B1 H2 head, B498 H1 child, B499 H1 child, B500 H1 child, B501 H1 head, B510 H2 parent, B511 H3 head"
    );
    // Now that its head is known, the row goes in.
    assert_eq!(load(&town, &worker, &rows.join("\n"), json!({})), [0, 1, 519, 0]);
    assert_eq!(
        town.text("SELECT string_agg(number || version, ' ' ORDER BY number) FROM households"),
        "H11 H22 H32"
    );
    assert_eq!(town.count("SELECT count(*) FROM import_keys"), 0);
}
