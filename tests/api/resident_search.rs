//! Searching residents by name, reading and age.

use lilong::access::role::Role;
use serde_json::json;

use crate::support::archive::{draft, enter, names, with};
use crate::support::{CITY, OWN, Person, SIBLING, Town};

#[test]
fn people_are_found_by_the_beginning_of_their_name_in_any_scope() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let city = town.staff(Role::CityOfficer, CITY);
    for name in ["王小明", "王小红", "汪晓梅", "单雄信", "𠮷野樱"] {
        enter(&town, &worker, draft(name));
    }
    enter(&town, &sibling, with(draft("王小丽"), json!({ "division": SIBLING })));
    let list = |by: &Person, query: &str| names(&town.get(&format!("/v1/residents?{query}")).by(by).send());
    // 王小, wangxiao, wxm
    assert_eq!(list(&worker, "name=%E7%8E%8B%E5%B0%8F"), ["王小红", "王小明"]);
    assert_eq!(list(&worker, "name=wangxiao"), ["王小红", "汪晓梅", "王小明"]);
    assert_eq!(list(&worker, "initials=WXM"), ["汪晓梅", "王小明"]);
    assert_eq!(list(&worker, "name=shan"), ["单雄信"]);
    assert_eq!(list(&city, "name=%E7%8E%8B%E5%B0%8F"), ["王小丽", "王小明", "王小红"]);
    assert_eq!(list(&city, "name=wangxiaol"), ["王小丽"]);
    assert!(list(&sibling, "name=wangxiaom").is_empty());
    for bad in ["name=w", "name=%E7%8E%8B", "initials=w1", "name=wang&initials=wx", "min_age=151"] {
        town.get(&format!("/v1/residents?{bad}")).by(&worker).send().is_problem(400, "query-invalid");
    }
}

#[test]
fn a_search_is_paged_without_gaps_in_narrow_and_in_wide_scopes() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let city = town.staff(Role::CityOfficer, CITY);
    for n in 0..11_u8 {
        // Some share a name, so that a page ends between namesakes.
        enter(&town, &worker, draft(["王小明", "王小红", "汪晓明"][usize::from(n % 3)]));
    }
    for (by, query) in [
        (&worker, ""),
        (&worker, "name=wangxiao"),
        (&city, "name=wangxiao"),
        (&city, "initials=wx"),
        (&city, ""),
    ] {
        let mut ids = Vec::new();
        let mut path = format!("/v1/residents?limit=2&{query}");
        loop {
            let page = town.get(&path).by(by).send();
            ids.extend(
                page.is(200).body["items"].as_array().unwrap().iter().map(|item| item["id"].to_string()),
            );
            let Some(cursor) = page.body["next_cursor"].as_str() else { break };
            path = format!("/v1/residents?limit=2&{query}&cursor={cursor}");
        }
        assert_eq!(ids.len(), 11, "{query}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 11, "{query}");
    }
}

#[test]
fn age_bands_are_whole_years_today() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let today = lilong::kit::clock::local_date(town.now());
    let born = |years: u32, days: i64| {
        let day = today.checked_sub_months(chrono::Months::new(12 * years)).unwrap();
        (day + chrono::TimeDelta::days(days)).to_string()
    };
    enter(&town, &worker, with(draft("今天八十"), json!({ "born_on": born(80, 0) })));
    enter(&town, &worker, with(draft("明天八十"), json!({ "born_on": born(80, 1) })));
    enter(&town, &worker, draft("年龄不详"));
    let list = |query: &str| names(&town.get(&format!("/v1/residents?{query}")).by(&worker).send());
    assert_eq!(list("min_age=80"), ["今天八十"]);
    assert_eq!(list("max_age=79"), ["明天八十"]);
    assert_eq!(list("min_age=79&max_age=80").len(), 2);
    assert_eq!(list("").len(), 3);
}
