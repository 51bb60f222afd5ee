//! How lists find the people whom their rows are about.

use lilong::people::imports::store::UNMERGED;

use super::plan;
use crate::support::{OWN, Town};

/// However many a committee has: a first list of very many grew slower with each batch.
#[test]
fn people_of_a_list_are_found_by_an_index() {
    let town = Town::new();
    town.execute(&format!(
        "INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, external_id, source, created_at, updated_at)
         SELECT gen_random_uuid(), {OWN}, '王小明', 'wangxiaoming', 'wxm', 'not_at_hand', 'registered_here', 'E' || n, 'import', now(), now()
         FROM generate_series(1, 20000) n"
    ));
    town.execute("ANALYZE residents");
    let statement = format!(
        "SELECT * FROM residents WHERE division = ANY ($1) AND {UNMERGED} AND external_id = ANY ($2)"
    );
    let found = plan(&town, "", "bigint[], text[]", &statement, &format!("'{{{OWN}}}', '{{E1}}'"));
    assert!(found.contains("residents_division_external_id_key"), "{found}");
}
