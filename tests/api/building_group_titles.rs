//! Titles of building groups: entered in the name of those one has to do with.

use lilong::access::role::Role;
use serde_json::json;
use uuid::Uuid;

use crate::support::petitions::{officer, organisation};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

/// A building group in `OWN`.
fn group(town: &Town) -> Uuid {
    let [estate, group] = [lilong::kit::id::next(), lilong::kit::id::next()];
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
             VALUES ('{group}', '{estate}', {OWN}, '247号楼', now(), now())"
    ));
    group
}

#[test]
fn nobody_grants_a_title_in_the_name_of_strangers() {
    let town = Town::new();
    let group = group(&town);
    let [own, beside, street, far] = [
        ("友谊路居委会", "residents_committee", OWN),
        ("宝林居委会", "residents_committee", SIBLING),
        ("友谊路街道办事处", "street_office", PARENT),
        ("外滩居委会", "residents_committee", ELSEWHERE),
    ]
    .map(|(name, kind, division)| organisation(&town, name, kind, division));
    let head = town.staff(Role::CommitteeHead, OWN);
    let enter = |by: &Person, granter: Uuid, title: &str| -> Reply {
        let draft = json!({ "title": title, "granted_by": granter, "granted_on": "2026-01-05" });
        town.post(&format!("/v1/building-groups/{group}/titles"), draft).by(by).send()
    };
    enter(&head, Uuid::nil(), "活力楼组").is_problem(422, "building-group-granter-unknown");
    for stranger in [beside, street, far] {
        enter(&head, stranger, "活力楼组").is_problem(422, "building-group-granter-unfit");
    }
    assert_eq!(town.count("SELECT count(*) FROM building_group_titles"), 0);
    enter(&head, own, "活力楼组").is(201);
    // The street's own officers grant in its name, and a head who serves there does; in a neighbour's name not even they.
    let sent = officer(&town, Role::CommitteeHead, OWN, street);
    let above = town.staff(Role::StreetOfficer, PARENT);
    enter(&above, street, "文明楼组").is(201);
    enter(&above, own, "和谐楼组").is(201);
    enter(&above, beside, "美丽楼组").is_problem(422, "building-group-granter-unfit");
    enter(&sent, street, "睦邻楼组").is(201);
}
