//! Organisations: each in a division, under a superior or none, no two with one name or one credit code.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{names, with};
use crate::support::petitions::id;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

/// The example that the standard publishes.
const CODE: &str = "91350100M000100Y43";
/// In the street's range, but not on the map.
const NOWHERE: &str = "310113003999";

fn company(name: &str) -> Value {
    json!({ "name": name, "kind": "property_company", "division": OWN })
}

#[track_caller]
fn create(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/organisations", draft).by(by).send()
}

/// Enters one, and answers its id.
#[track_caller]
fn entered(town: &Town, by: &Person, draft: Value) -> String {
    id(&create(town, by, draft).is(201).body)
}

#[track_caller]
fn change(town: &Town, by: &Person, id: &str, patch: Value) -> Reply {
    town.patch(&format!("/v1/organisations/{id}"), "*", patch).by(by).send()
}

#[test]
fn an_organisation_is_entered_within_range_and_read_by_whoever_is_signed_in() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let more = json!({ "social_credit_code": CODE, "phones": ["021-56100000"], "closed_on": "2020-01-01" });
    let made = create(&town, &head, with(company("宝钢物业"), more));
    assert_eq!((made.is(201).header("etag"), &made.body["social_credit_code"]), ("\"v1\"", &json!(CODE)));
    let at = made.header("location");
    assert_eq!(town.get(at).by(&town.resident()).send().is(200).body, made.body);
    town.get(at).send().is_problem(401, "unauthenticated");
    let absent = format!("/v1/organisations/{}", lilong::kit::id::next());
    town.get(&absent).by(&head).send().is_problem(404, "not-found");
    town.patch(&absent, "*", json!({})).by(&head).send().is_problem(404, "not-found");
    for (role, place) in [
        (Role::CommitteeWorker, OWN),
        (Role::CommitteeHead, SIBLING),
        (Role::StreetOfficer, ELSEWHERE),
        (Role::SystemAdmin, CITY),
    ] {
        let outsider = town.staff(role, place);
        town.get(at).by(&outsider).send().is(200);
        create(&town, &outsider, company("宝林物业")).is_problem(403, "forbidden");
        town.patch(at, "*", json!({ "address": "x" })).by(&outsider).send().is_problem(403, "forbidden");
    }
    assert_eq!(town.count("SELECT count(*) FROM organisations"), 1);
    assert_eq!(town.get(at).by(&head).send().is(200).header("etag"), "\"v1\"");
}

#[test]
fn an_organisation_moves_within_the_range_of_whoever_moves_it() {
    let town = Town::new();
    let (head, street) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::StreetOfficer, PARENT));
    let id = entered(&town, &head, company("宝钢物业"));
    let move_to = |by: &Person, division: &str| change(&town, by, &id, json!({ "division": division }));
    move_to(&head, SIBLING).is_problem(403, "forbidden");
    move_to(&street, ELSEWHERE).is_problem(403, "forbidden");
    move_to(&street, NOWHERE).is_problem_at(422, "organisation-division-unknown", "/division");
    let nowhere = with(company("宝林物业"), json!({ "division": NOWHERE }));
    create(&town, &street, nowhere).is_problem_at(422, "organisation-division-unknown", "/division");
    assert_eq!(move_to(&street, SIBLING).is(200).body["division"], SIBLING);
    // It is the neighbours' now.
    change(&town, &head, &id, json!({ "address": "x" })).is_problem(403, "forbidden");
    move_to(&head, OWN).is_problem(403, "forbidden");
    change(&town, &street, &id, json!({ "kind": "enterprise" })).is_problem_at(422, "field-invalid", "/kind");
}

#[test]
fn a_name_is_taken_once_of_a_kind_and_a_credit_code_once_in_the_city() {
    let town = Town::new();
    let (head, street) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::StreetOfficer, PARENT));
    let coded = |name: &str| with(company(name), json!({ "social_credit_code": CODE }));
    let first = entered(&town, &head, coded("宝钢物业"));
    create(&town, &head, company("宝钢物业")).is_problem_at(409, "organisation-name-taken", "/name");
    // Of another kind or in another division it is free.
    create(&town, &head, with(company("宝钢物业"), json!({ "kind": "enterprise" }))).is(201);
    let beside = entered(&town, &street, with(company("宝钢物业"), json!({ "division": SIBLING })));
    let second = entered(&town, &head, company("宝林物业"));
    let renamed = change(&town, &head, &second, json!({ "name": "宝钢物业" }));
    renamed.is_problem_at(409, "organisation-name-taken", "/name");
    let moved = change(&town, &street, &beside, json!({ "division": OWN }));
    moved.is_problem_at(409, "organisation-name-taken", "/name");
    // The code is taken wherever the other is.
    let (code, taken) = (json!({ "social_credit_code": CODE }), "organisation-credit-code-taken");
    let far = with(coded("外滩物业"), json!({ "division": ELSEWHERE }));
    create(&town, &town.staff(Role::CityOfficer, CITY), far).is_problem_at(409, taken, "/social_credit_code");
    change(&town, &head, &second, code.clone()).is_problem_at(409, taken, "/social_credit_code");
    change(&town, &head, &first, json!({ "social_credit_code": null })).is(200);
    assert_eq!(change(&town, &head, &second, code).is(200).body["social_credit_code"], CODE);
}

#[test]
fn a_credit_code_whose_check_character_is_wrong_is_none() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = entered(&town, &head, company("宝钢物业"));
    // Another check character, neighbours exchanged, one missing, small letters, a letter that no code has.
    for wrong in [
        "91350100M000100Y44",
        "91350100M000100Y34",
        "91350100M000100Y4",
        "91350100m000100y43",
        "91350100I000100Y43",
    ] {
        let code = json!({ "social_credit_code": wrong });
        let made = create(&town, &head, with(company("宝林物业"), code.clone()));
        made.is_problem_at(422, "field-invalid", "/social_credit_code");
        let changed = change(&town, &head, &id, code);
        changed.is_problem_at(422, "field-invalid", "/social_credit_code");
    }
    assert_eq!(town.count("SELECT sum(version) FROM organisations"), 1);
    // Another that is right.
    change(&town, &head, &id, json!({ "social_credit_code": "91310113MA1GK00152" })).is(200);
}

#[test]
fn no_organisation_stands_above_itself_however_far_up() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let below = |name: &str, superior: &str| {
        entered(&town, &street, with(company(name), json!({ "superior": superior })))
    };
    let top = entered(&town, &street, company("集团"));
    let middle = below("分公司", &top);
    let bottom = below("项目部", &middle);
    let put = |lower: &str, upper: &str| change(&town, &street, lower, json!({ "superior": upper }));
    for upper in [&top, &middle, &bottom] {
        put(&top, upper).is_problem_at(409, "organisation-superior-circular", "/superior");
    }
    put(&middle, &bottom).is_problem_at(409, "organisation-superior-circular", "/superior");
    let absent = lilong::kit::id::next().to_string();
    put(&bottom, &absent).is_problem_at(422, "organisation-superior-unknown", "/superior");
    let orphan = with(company("孤儿"), json!({ "superior": absent }));
    create(&town, &street, orphan).is_problem_at(422, "organisation-superior-unknown", "/superior");
    // Once nothing stands above it, it may stand above the others.
    change(&town, &street, &bottom, json!({ "superior": null })).is(200);
    assert_eq!(put(&top, &bottom).is(200).body["superior"], bottom);
    put(&bottom, &middle).is_problem_at(409, "organisation-superior-circular", "/superior");
}

#[test]
fn two_changes_at_once_close_no_circle() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    for n in 0..4 {
        let [one, other] = ["甲", "乙"].map(|name| entered(&town, &street, company(&format!("{name}{n}"))));
        let put =
            |lower: &str, upper: &str| change(&town, &street, lower, json!({ "superior": upper })).status;
        let mut statuses = std::thread::scope(|scope| {
            let both = [scope.spawn(|| put(&one, &other)), scope.spawn(|| put(&other, &one))];
            both.map(|thread| thread.join().expect("an answer"))
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
    assert_eq!(town.count("SELECT count(superior_id) FROM organisations"), 4);
}

#[test]
fn the_second_writer_of_an_organisation_is_told() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let path = format!("/v1/organisations/{}", entered(&town, &head, company("宝钢物业")));
    let patch = |seen: &str| town.patch(&path, seen, json!({ "address": "友谊路1588弄" })).by(&head).send();
    assert_eq!(patch("\"v1\"").is(200).header("etag"), "\"v2\"");
    patch("\"v1\"").is_problem(412, "version-stale");
    let unseen = town.call("PATCH", &path).json(&json!({ "address": "x" })).by(&head).send();
    unseen.is_problem(428, "if-match-missing");
    assert_eq!(town.get(&path).by(&head).send().is(200).body["address"], "友谊路1588弄");
}

#[test]
fn a_list_of_organisations_is_narrowed_by_what_is_asked() {
    let town = Town::new();
    let (city, neighbour) = (town.staff(Role::CityOfficer, CITY), town.resident());
    let enter = |name: &str, more: Value| entered(&town, &city, with(company(name), more));
    let office = enter("友谊路街道办事处", json!({ "division": PARENT, "kind": "street_office" }));
    enter("宝钢物业", json!({}));
    enter("宝林物业", json!({ "division": SIBLING, "superior": office }));
    enter("外滩物业", json!({ "division": ELSEWHERE }));
    let get = |query: &str| town.get(&format!("/v1/organisations?{query}")).by(&neighbour).send();
    let list = |query: &str| names(&get(query));
    assert_eq!(list("limit=9"), ["外滩物业", "友谊路街道办事处", "宝钢物业", "宝林物业"]);
    assert_eq!(list(&format!("division={PARENT}")), ["友谊路街道办事处", "宝钢物业", "宝林物业"]);
    assert_eq!(list(&format!("division={OWN}")), ["宝钢物业"]);
    assert!(list("division=310113003007").is_empty());
    assert_eq!(list(&format!("division={PARENT}&kind=property_company")), ["宝钢物业", "宝林物业"]);
    assert_eq!(list(&format!("superior={office}")), ["宝林物业"]);
    // 宝
    assert_eq!(list("name=%E5%AE%9D"), ["宝钢物业", "宝林物业"]);
    for bad in ["kind=shop", "superior=x", "division=1"] {
        get(bad).is_problem(400, "query-invalid");
    }
    let second = town.follow_link(&format!("/v1/organisations?division={PARENT}&limit=2"), &neighbour);
    assert_eq!(names(&second), ["宝林物业"]);
    // A cursor does not lead out of what was asked, and is nobody else's.
    let first = get(&format!("division={PARENT}&limit=1"));
    let cursor = first.is(200).body["next_cursor"].as_str().expect("a cursor");
    get(&format!("limit=1&cursor={cursor}")).is_problem(400, "cursor-invalid");
    let stolen = format!("/v1/organisations?division={PARENT}&limit=1&cursor={cursor}");
    town.get(&stolen).by(&city).send().is_problem(400, "cursor-invalid");
}
