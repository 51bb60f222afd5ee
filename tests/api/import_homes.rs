//! Lists that say where people are at home: the dwelling must be there, and a list moves nobody away.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::lists::{faults, load_below};
use crate::support::archive::{draft, enter, homes, move_in, with};
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

const HEADING: &str = "姓名,外部编号,无证件原因,居住类型,小区,楼号,单元,房号,居住关系";

/// Imports rows below the heading; answers what became of them.
#[track_caller]
fn load(town: &Town, by: &Person, rows: &str, more: Value) -> [i64; 4] {
    load_below(HEADING, town, by, rows, more)
}

/// Everybody's current homes, by external id.
fn ties(town: &Town) -> String {
    town.text(
        "SELECT coalesce(string_agg(concat_ws(' ', r.external_id, w.number, d.relation, d.is_living, d.source,
                r.home_id IS NOT DISTINCT FROM w.id), ', ' ORDER BY r.external_id, d.relation), '')
         FROM dwelling_residents d JOIN residents r ON r.id = d.resident_id JOIN dwellings w ON w.id = d.dwelling_id
         WHERE d.ends_on IS NULL",
    )
}

#[test]
fn a_list_says_once_where_people_are_at_home() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let _: [String; 3] = homes(&town, OWN);
    let rows = "陈桂芳,A1,未提供,,,247号,,0,\n王小明,A2,未提供,,,247,,1室,租客\n\
                李秀英,A3,未提供,户在人不在,,247号楼,,1,\n张建国,A4,未提供,,,,,,";
    assert_eq!(load(&town, &worker, rows, json!({ "is_dry_run": true })), [4, 0, 0, 0]);
    assert_eq!(
        town.count("SELECT (SELECT count(*) FROM residents) + (SELECT count(*) FROM dwelling_residents)"),
        0
    );
    assert_eq!(load(&town, &worker, rows, json!({})), [4, 0, 0, 0]);
    let known = "A1 0 occupant t import t, A2 1 tenant t import t, A3 1 occupant f import f";
    assert_eq!(ties(&town), known);
    let audited = "SELECT detail->>'homes' FROM audit_events WHERE resource = 'imports' AND detail ? 'homes'";
    assert_eq!(town.text(audited), "3");
    // Again, nothing is new; nor is it that who rents a home lives there.
    assert_eq!(load(&town, &worker, rows, json!({})), [0, 0, 4, 0]);
    assert_eq!(load(&town, &worker, "王小明,A2,未提供,,,247号,,1,居住", json!({})), [0, 0, 1, 0]);
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents"), 3);
    // Somebody known comes to a home, by a row that changes nothing else; and an occupant turns out to rent it.
    let rows = "张建国,A4,未提供,,,247号,,2,\n陈桂芳,A1,未提供,,,247号,,0,租户";
    assert_eq!(load(&town, &worker, rows, json!({ "is_dry_run": true })), [0, 2, 0, 0]);
    assert_eq!(ties(&town), known);
    assert_eq!(load(&town, &worker, rows, json!({})), [0, 2, 0, 0]);
    assert_eq!(
        ties(&town),
        "A1 0 tenant t import t, A2 1 tenant t import t, A3 1 occupant f import f, A4 2 occupant t import t"
    );
    assert_eq!(town.count("SELECT version FROM residents WHERE external_id = 'A4'"), 2);
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents WHERE ends_on IS NOT NULL"), 1);
}

#[test]
fn a_home_that_is_not_there_is_told_at_its_column() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let [dwelling] = homes(&town, OWN);
    let _: [String; 2] = homes(&town, SIBLING);
    let rows = "陈桂芳,A1,未提供,,,248号,,0,\n王小明,A2,未提供,,,247号,,1,\n李秀英,A3,未提供,,,247号,,,\n\
                张建国,A4,未提供,,,,,0,\n赵小妹,A5,未提供,,,247号,2,0,\n孙大伟,A6,未提供,,,247号,,0,房东\n\
                周阿姨,A7,未提供,,宝林五村,247号,,0,";
    assert_eq!(load(&town, &street, rows, json!({})), [0, 0, 0, 7]);
    assert_eq!(
        faults(&town),
        "2 building import-row-building-unknown, 3 dwelling import-row-dwelling-unknown, 4 dwelling field-invalid, \
         5 building field-invalid, 6 dwelling import-row-dwelling-unknown, 7 tie field-invalid, \
         8 building import-row-building-unknown"
    );
    // Another estate of the committee has a building of the same number: the estate must be named.
    let _: [String; 1] = homes(&town, OWN);
    let estate = town.text(&format!(
        "SELECT e.name FROM dwellings d JOIN buildings b ON b.id = d.building_id JOIN estates e ON e.id = b.estate_id
         WHERE d.id = '{dwelling}'"
    ));
    let rows = format!("陈桂芳,A1,未提供,,,247号,,0,\n王小明,A2,未提供,,{estate},247号,,0,");
    assert_eq!(load(&town, &street, &rows, json!({ "mode": "each" })), [1, 0, 0, 1]);
    assert_eq!(faults(&town), "2 building import-row-building-ambiguous");
    assert_eq!(ties(&town), "A2 0 occupant t import t");
    assert_eq!(
        town.count(&format!("SELECT count(*) FROM dwelling_residents WHERE dwelling_id = '{dwelling}'")),
        1
    );
}

#[test]
fn nobody_is_moved_away_by_a_list_and_nobody_owns_by_one() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [first, _] = homes(&town, OWN);
    let chen = enter(&town, &worker, with(draft("陈桂芳"), json!({ "external_id": "A1" })));
    let chen = chen["id"].as_str().unwrap();
    let tenant = json!({ "resident": chen, "relation": "tenant", "starts_on": "2020-01-01" });
    move_in(&town, &worker, &first, tenant);
    let known = "A1 0 tenant t worker t";
    // Nor is anything else of the row written.
    let rows = "陈桂芳,A1,未提供,来沪人员,,247号,,1,";
    for more in [json!({ "is_dry_run": true }), json!({}), json!({ "mode": "all" })] {
        assert_eq!(load(&town, &worker, rows, more), [0, 0, 0, 1]);
        assert_eq!(faults(&town), "2 dwelling dwelling-resident-lives-elsewhere");
        assert_eq!((ties(&town).as_str(), town.count("SELECT count(*) FROM residents")), (known, 1));
    }
    assert_eq!(town.text("SELECT residence FROM residents"), "registered_here");
    // Who owns a home and rents it lives there; who is registered here only may live elsewhere.
    let all = json!({ "numerator": 1, "denominator": 1 });
    let owners = json!({ "owners": [{ "resident": chen, "share": all }] });
    town.put(&format!("/v1/dwellings/{first}/owners"), "*", owners).by(&worker).send().is(200);
    assert_eq!(load(&town, &worker, "陈桂芳,A1,未提供,,,247号,,0,业主", json!({})), [0, 0, 1, 0]);
    assert_eq!(load(&town, &worker, "陈桂芳,A1,未提供,户在人不在,,247号,,1,", json!({})), [0, 1, 0, 0]);
    // Of owners a list says who lives there: shares it can't say.
    let rows = "王小明,A2,未提供,,,247号,,0,业主\n李秀英,A3,未提供,仅为业主,,247号,,0,业主";
    assert_eq!(load(&town, &worker, rows, json!({})), [2, 0, 0, 0]);
    assert_eq!(
        ties(&town),
        "A1 1 occupant f import f, A1 0 owner f property_register t, A1 0 tenant t worker t, A2 0 occupant t import t"
    );
}

/// Four people: one whom a list says to be registered in the first home only; an owner and tenant of the second and an occupant of the
/// third, who live nowhere; and a tenant of the first, who lives there and not in the third.
fn four(town: &Town, worker: &Person) {
    let [first, second, third] = homes(town, OWN);
    assert_eq!(load(town, worker, "陈桂芳,A1,未提供,户在人不在,,247号,,0,", json!({})), [1, 0, 0, 0]);
    let [wang, li, zhang] = [("王小明", "A2"), ("李秀英", "A3"), ("张建国", "A4")].map(|(name, number)| {
        let entered = enter(town, worker, with(draft(name), json!({ "external_id": number })));
        entered["id"].as_str().unwrap().to_owned()
    });
    for (resident, dwelling, relation, lives) in [
        (&wang, &second, "tenant", false),
        (&li, &third, "occupant", false),
        (&zhang, &first, "tenant", true),
        (&zhang, &third, "occupant", false),
    ] {
        let tie = json!({ "resident": resident, "relation": relation, "starts_on": "2020-01-01" });
        move_in(town, worker, dwelling, with(tie, json!({ "is_living": lives })));
    }
    let all = json!({ "numerator": 1, "denominator": 1 });
    let owners = json!({ "owners": [{ "resident": wang, "share": all }] });
    town.put(&format!("/v1/dwellings/{second}/owners"), "*", owners).by(worker).send().is(200);
}

#[test]
fn who_is_known_as_not_living_in_a_home_lives_there_by_a_later_list() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    four(&town, &worker);
    let known = "A1 0 occupant f import f, A2 1 owner f property_register f, A2 1 tenant f worker f, \
                 A3 2 occupant f worker f, A4 2 occupant f worker f, A4 0 tenant t worker t";
    assert_eq!(ties(&town), known);
    // A row that says neither how somebody resides nor what they are there leaves what is known.
    let bare = "王小明,A2,未提供,,,247号,,1,\n李秀英,A3,未提供,,,247号,,2,\n张建国,A4,未提供,,,247号,,2,";
    assert_eq!(load(&town, &worker, bare, json!({})), [0, 0, 3, 0]);
    let rows = "陈桂芳,A1,未提供,人户一致,,247号,,0,\n王小明,A2,未提供,,,247号,,1,租户\n\
                李秀英,A3,未提供,人户一致,,247号,,2,\n张建国,A4,未提供,,,247号,,2,居住";
    assert_eq!(load(&town, &worker, rows, json!({ "is_dry_run": true })), [0, 3, 0, 1]);
    assert_eq!(ties(&town), known);
    for became in [[0, 3, 0, 1], [0, 0, 3, 1]] {
        assert_eq!(load(&town, &worker, rows, json!({})), became);
        assert_eq!(faults(&town), "5 dwelling dwelling-resident-lives-elsewhere");
        assert_eq!(
            ties(&town),
            "A1 0 occupant t import t, A2 1 owner f property_register t, A2 1 tenant t worker t, \
             A3 2 occupant t worker t, A4 2 occupant f worker f, A4 0 tenant t worker t"
        );
    }
    assert_eq!(town.text("SELECT residence FROM residents WHERE external_id = 'A1'"), "registered_here");
    // As if it had been corrected by hand: the first day stays, record and relation move on by one; what is owned is not touched.
    let versions = "SELECT concat_ws(' ', d.starts_on, d.version, r.version)
                    FROM dwelling_residents d JOIN residents r ON r.id = d.resident_id
                    WHERE r.external_id = 'A2' AND d.relation = ";
    assert_eq!(town.text(&format!("{versions}'tenant'")), "2020-01-01 2 2");
    let owned = "SELECT concat_ws(' ', version, share_numerator, share_denominator) FROM dwelling_residents
                 WHERE relation = 'owner'";
    assert_eq!(town.text(owned), "1 1 1");
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents WHERE ends_on IS NOT NULL"), 0);
    let audited = "SELECT string_agg(detail->>'homes', ' ' ORDER BY id) FROM audit_events
                   WHERE resource = 'imports' AND detail ? 'homes'";
    assert_eq!(town.text(audited), "1 3");
}
