//! The inbox: what waits on a desk, what is due first coming first, and how much that is.

use std::collections::BTreeSet;

use lilong::access::role::Role;
use serde_json::json;

use crate::support::disputes::put_case;
use crate::support::{OWN, Reply, SIBLING, Town};

#[test]
fn each_page_tells_how_much_waits_and_how_much_is_late() {
    let town = Town::new();
    let case = put_case(&town, "accepted");
    town.execute(&format!(
        "INSERT INTO inbox_items (id, division, task, title, matter_id, level, due_at, created_at)
             SELECT gen_random_uuid(), {OWN}, 'accept', '邻里纠纷', '{case}', 'committee', '{}'::timestamptz + (n - 30.5) * interval '1 hour', now()
             FROM generate_series(1, 130) n",
        town.now()
    ));
    let (worker, next) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, SIBLING));
    let read = |query: &str| -> Reply { town.get(&format!("/v1/me/inbox?{query}")).by(&worker).send() };
    for limit in [20, 100] {
        let (mut seen, mut pages, mut query) = (BTreeSet::new(), 0, format!("limit={limit}"));
        let mut last = String::new();
        loop {
            let page = read(&query);
            // Counted no further than a hundred.
            assert_eq!((&page.is(200).body["waiting"], &page.body["overdue"]), (&json!(100), &json!(30)));
            for item in page.body["items"].as_array().unwrap() {
                let due = item["due_on"].as_str().unwrap_or_default().to_owned();
                assert!(last <= due, "{last} came before {due}");
                last = due;
                assert!(seen.insert(item["id"].as_str().unwrap().to_owned()), "{item}");
            }
            pages += 1;
            match page.body["next_cursor"].as_str() {
                Some(cursor) => query = format!("limit={limit}&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!((seen.len(), pages), (130, 130_usize.div_ceil(limit)));
    }
    let nothing = town.get("/v1/me/inbox").by(&next).send();
    assert_eq!((&nothing.is(200).body["waiting"], &nothing.body["items"]), (&json!(0), &json!([])));
}
