//! A certificate on paper: all that it tells and the code that verifies it, for its holder alone.

use lilong::access::role::Role;
use lilong::kit::qr::Symbol;
use serde_json::json;

use crate::certificates::{ask, served};
use crate::support::petitions::neighbour;
use crate::support::volunteering::organiser;
use crate::support::{OWN, Person, Town};

#[test]
fn the_holder_prints_it_with_the_code_that_verifies_it_and_nobody_else_does() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one, other) = (organiser(&town), neighbour(&town, OWN), neighbour(&town, OWN));
    served(&town, &us, &one, "搬运<上楼> & 清洁");
    let own = ask(&town, &one, json!({ "organisation": us.organisation })).is(201).body.clone();
    let (id, number) = (own["id"].as_str().unwrap(), own["number"].as_str().unwrap());
    let path = format!("/v1/me/certificates/{id}/sheet");
    let print = |by: &Person| town.get(&path).by(&town.later(by)).send();
    let sheet = print(&one);
    let headers = (sheet.is(200).header("content-type"), sheet.header("cache-control"));
    assert_eq!(headers, ("image/svg+xml", "no-store"));
    assert!(sheet.header("content-security-policy").contains("default-src 'none'"));
    let told = [
        "志愿服务记录证明",
        "《志愿服务记录与证明出具办法（试行）》（民政部令第67号）",
        number,
        "陈桂芳",
        "2026-03-02 至 2026-03-02",
        "2小时0分钟",
        "搬运&lt;上楼&gt; &amp; 清洁",
        "宝钢五村居委会",
        "居委会值班室",
        "（盖章）",
    ];
    for told in told {
        assert!(sheet.text.contains(told), "{told}: {}", sheet.text);
    }
    let symbol = Symbol::of(own["verification_url"].as_str().unwrap()).unwrap();
    assert!(sheet.text.contains(&symbol.path()), "{}", sheet.text);
    // Whatever others are shown of it, the sheet is the holder's.
    for by in [&other, &us.worker] {
        print(by).is_problem(404, "not-found");
    }
    assert!(!sheet.text.contains("更正"));
    town.execute(&format!("UPDATE certificates SET minutes = 90 WHERE id = '{id}'"));
    assert!(print(&one).is(200).text.contains("签发后记录有更正"));
    let head = town.staff(Role::CommitteeHead, OWN);
    let revocation = format!("/v1/certificates/{id}/revocation");
    town.post(&revocation, json!({ "reason": "经核实未参加服务" })).by(&head).send().is(201);
    print(&one).is_problem(409, "certificate-revoked");
}

#[test]
fn who_asked_for_it_has_it_no_more_once_the_record_is_not_theirs() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one, other) = (organiser(&town), neighbour(&town, OWN), town.resident());
    served(&town, &us, &one, "搬运");
    let own = ask(&town, &one, json!({ "organisation": us.organisation })).is(201).body.clone();
    let path = format!("/v1/me/certificates/{}", own["id"].as_str().unwrap());
    let print = |by: &Person| town.get(&format!("{path}/sheet")).by(&town.later(by)).send();
    print(&one).is(200);
    // It turned out to be somebody else's.
    town.execute(&format!(
        "UPDATE residents SET account_id = '{}' WHERE account_id = '{}'",
        other.account, one.account
    ));
    print(&one).is_problem(404, "not-found");
    let shows = json!({ "shows": ["name"] });
    town.patch(&path, "*", shows).by(&town.later(&one)).send().is_problem(404, "not-found");
    print(&other).is(200);
}
