//! Posts: nobody grants at or above their own level, beyond their own range, or to themselves.

use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use crate::support::petitions::{officer, organisation};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn appoint(town: &Town, by: &Person, whom: &Person, role: &str, division: &str) -> Reply {
    let draft = json!({ "phone": whom.phone, "role": role, "division": division });
    town.post("/v1/posts", draft).by(by).send()
}

#[test]
fn a_head_appoints_below_and_inside_only() {
    let town = Town::new();
    let (head, whom) = (town.staff(Role::CommitteeHead, OWN), town.resident());
    appoint(&town, &head, &whom, "committee_worker", OWN).is(201);
    appoint(&town, &head, &whom, "committee_worker", OWN).is_problem(409, "post-held");
    appoint(&town, &head, &whom, "committee_worker", SIBLING).is_problem(403, "forbidden");
    appoint(&town, &head, &whom, "committee_worker", PARENT).is_problem(403, "forbidden");
    appoint(&town, &head, &whom, "committee_head", OWN).is_problem(403, "post-above-own");
    appoint(&town, &head, &whom, "auditor", OWN).is_problem(403, "post-above-own");
    appoint(&town, &head, &whom, "visitor", OWN).is_problem(403, "post-above-own");
    appoint(&town, &head, &head, "committee_worker", OWN).is_problem(409, "post-self-granted");
    let stranger = json!({ "phone": "+8613512345678", "role": "committee_worker", "division": OWN });
    town.post("/v1/posts", stranger).by(&head).send().is_problem(422, "post-holder-unknown");
}

#[test]
fn two_posts_do_not_add_up_to_a_third() {
    let town = Town::new();
    // A head here and a mere worker there may not appoint there.
    let person = town.staff(Role::CommitteeHead, OWN);
    town.appoint(&person, Role::CommitteeWorker, SIBLING);
    appoint(&town, &person, &town.resident(), "group_leader", SIBLING).is_problem(403, "forbidden");
    // An auditor of the district may not appoint in it, though a head of a committee may in theirs.
    town.appoint(&person, Role::Auditor, "310113000000");
    appoint(&town, &person, &town.resident(), "group_leader", SIBLING).is_problem(403, "forbidden");
}

#[test]
fn a_post_is_for_an_organisation_that_the_granting_post_reaches() {
    let town = Town::new();
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let neighbours = organisation(&town, "宝林居委会", "residents_committee", SIBLING);
    let bureau = organisation(&town, "民政局", "department", CITY);
    let head = officer(&town, Role::CommitteeHead, OWN, committee);
    let appoint = |by: &Person, organisation: uuid::Uuid| {
        let draft = json!({
            "phone": town.resident().phone, "role": "lawyer", "division": OWN, "organisation": organisation
        });
        town.post("/v1/posts", draft).by(by).send()
    };
    assert_eq!(appoint(&head, committee).is(201).body["organisation"], json!(committee));
    for others in [neighbours, bureau] {
        let refused = appoint(&head, others);
        refused.is_problem(403, "post-above-own");
        assert_eq!(refused.body["errors"][0]["pointer"], "/organisation");
    }
    // Another post in the bureau does not help the head: of two posts no third is made.
    town.execute(&format!(
        "INSERT INTO posts (id, account_id, role, organisation_id, division, starts_on, created_at)
             SELECT gen_random_uuid(), account_id, 'lawyer', '{bureau}', division, starts_on, created_at
             FROM posts WHERE account_id = '{}'",
        head.account
    ));
    appoint(&head, bureau).is_problem(403, "post-above-own");
    // A post that is for the bureau itself, or reaches it, does.
    appoint(&officer(&town, Role::CommitteeHead, OWN, bureau), bureau).is(201);
    appoint(&town.staff(Role::StreetOfficer, PARENT), neighbours).is(201);
    appoint(&town.staff(Role::SecurityAdmin, CITY), bureau).is(201);
    let bureaus =
        format!("SELECT count(*) FROM posts WHERE role = 'lawyer' AND organisation_id = '{bureau}'");
    assert_eq!(town.count(&bureaus), 3);
    town.execute(&format!("UPDATE organisations SET closed_on = '2020-01-01' WHERE id = '{committee}'"));
    for gone in [committee, lilong::kit::id::next()] {
        let refused = appoint(&head, gone);
        refused.is_problem(422, "post-place-unknown");
        assert_eq!(refused.body["errors"][0]["pointer"], "/organisation");
    }
}

#[test]
fn a_post_counts_at_once_for_writes_and_ends_within_five_seconds_for_reads() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let change =
        || town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": "x" })).by(&whom).send();
    change().is_problem(403, "forbidden");
    let post = appoint(&town, &officer, &whom, "committee_head", OWN);
    change().is(200);
    let path = format!("/v1/posts/{}", post.body["id"].as_str().unwrap());
    town.call("DELETE", &path)
        .by(&town.staff(Role::StreetOfficer, ELSEWHERE))
        .send()
        .is_problem(404, "not-found");
    town.call("DELETE", &path)
        .by(&town.staff(Role::CommitteeHead, OWN))
        .send()
        .is_problem(403, "post-above-own");
    town.call("DELETE", &path).by(&officer).send().is(204);
    change().is_problem(403, "forbidden");
    town.call("DELETE", &path).by(&officer).send().is_problem(404, "not-found");
}

#[test]
fn terms_begin_and_end_on_their_days() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let day = |ahead: i64| (town.now() + chrono::TimeDelta::days(ahead)).date_naive().to_string();
    let mut draft = json!({ "phone": whom.phone, "role": "committee_head", "division": OWN,
        "starts_on": day(2), "ends_on": day(1) });
    town.post("/v1/posts", draft.clone()).by(&officer).send().is_problem(422, "post-term-invalid");
    let past = json!({ "phone": whom.phone, "role": "committee_head", "division": OWN,
        "starts_on": day(-9), "ends_on": day(-2) });
    town.post("/v1/posts", past).by(&officer).send().is_problem(422, "post-term-invalid");
    draft["ends_on"] = json!(day(4));
    town.post("/v1/posts", draft).by(&officer).send().is(201);
    let fresh = || town.gate.tokens().sign(whom.account, whom.session, town.now()).unwrap();
    let change =
        || town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": "x" })).token(&fresh()).send();
    change().is_problem(403, "forbidden");
    town.clock.advance(chrono::TimeDelta::days(3));
    change().is(200);
    town.clock.advance(chrono::TimeDelta::days(3));
    change().is_problem(403, "forbidden");
}

#[test]
fn cross_posts_are_shown_and_a_list_stays_in_range() {
    let town = Town::new();
    let officer = town.staff(Role::StreetOfficer, PARENT);
    let whom = town.staff(Role::CommitteeHead, OWN);
    town.appoint(&whom, Role::OwnersCommitteeMember, SIBLING);
    town.appoint(&whom, Role::Mediator, ELSEWHERE);
    let list = town.get("/v1/posts?role=committee_head").by(&officer).send();
    let item = &list.is(200).body["items"][0];
    let cross: Vec<&Value> = item["cross_posts"].as_array().unwrap().iter().map(|p| &p["division"]).collect();
    assert_eq!(cross, [SIBLING], "what lies in another district is not shown: {item}");
    let own = town.get("/v1/posts").by(&whom).send();
    assert_eq!(own.body["items"].as_array().unwrap().len(), 3);
    let resident = town.get("/v1/posts").by(&town.resident()).send();
    assert_eq!(resident.body["items"].as_array().unwrap().len(), 0);
}

#[test]
fn a_renewal_is_granted_ahead_and_terms_do_not_overlap() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let day = |ahead: i64| local_date(town.now() + chrono::TimeDelta::days(ahead)).to_string();
    let grant = |from: i64, until: Option<i64>| {
        let draft = json!({ "phone": whom.phone, "role": "committee_head", "division": OWN,
            "starts_on": day(from), "ends_on": until.map(day) });
        town.post("/v1/posts", draft).by(&officer).send()
    };
    grant(0, Some(9)).is(201);
    for (from, until) in [(0, Some(9)), (9, None), (-9, Some(0)), (-9, None), (3, Some(4))] {
        grant(from, until).is_problem(409, "post-held");
    }
    let next = grant(10, None);
    next.is(201);
    grant(30, Some(40)).is_problem(409, "post-held");
    // A term that was ended makes room.
    let path = format!("/v1/posts/{}", next.body["id"].as_str().unwrap());
    town.call("DELETE", &path).by(&officer).send().is(204);
    grant(10, Some(20)).is(201);
    grant(21, None).is(201);
    // Another organisation, role or division is another post.
    let other = json!({ "phone": whom.phone, "role": "committee_worker", "division": OWN });
    town.post("/v1/posts", other).by(&officer).send().is(201);
    let listed = town.get("/v1/posts?role=committee_head").by(&officer).send();
    assert_eq!(listed.is(200).body["items"].as_array().unwrap().len(), 3);
    let held = |token: &str| {
        let me = town.get("/v1/me").token(token).send();
        me.is(200).body["posts"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|post| post["role"] == "committee_head")
            .count()
    };
    assert_eq!(held(&whom.token), 1);
    town.clock.advance(chrono::TimeDelta::days(12));
    let token = town.gate.tokens().sign(whom.account, whom.session, town.now()).unwrap();
    assert_eq!(held(&token), 1, "the second term follows the first");
}

#[test]
fn of_two_terms_granted_at_once_that_overlap_one_is_refused() {
    let town = Town::with(|settings| settings.seats = 4);
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let day = |ahead: i64| local_date(town.now() + chrono::TimeDelta::days(ahead)).to_string();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let grant = |from: i64| {
            let draft = json!({ "phone": whom.phone, "role": "committee_head", "division": OWN,
                "starts_on": day(from), "ends_on": day(from + 10) });
            town.post("/v1/posts", draft).by(&officer).send().status
        };
        let threads: Vec<_> = (0..4).map(|from| scope.spawn(move || grant(from))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a reply")).collect()
    });
    let count = |status: u16| statuses.iter().filter(|one| **one == status).count();
    assert_eq!((count(201), count(409)), (1, 3), "{statuses:?}");
    // Whoever writes past the program is refused by the database.
    let again = "INSERT INTO posts (id, account_id, role, division, starts_on, created_at)
         SELECT gen_random_uuid(), account_id, role, division, starts_on + 5, now() FROM posts WHERE role = 'committee_head'";
    let refused = diesel::RunQueryDsl::execute(diesel::sql_query(again), &mut town.owner());
    assert!(refused.is_err_and(|error| error.to_string().contains("posts_term_excl")));
}

#[test]
fn a_post_whose_term_is_over_is_renewed() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let day = |ahead: i64| (town.now() + chrono::TimeDelta::days(ahead)).date_naive().to_string();
    let draft = json!({ "phone": whom.phone, "role": "committee_head", "division": OWN, "ends_on": day(1) });
    town.post("/v1/posts", draft.clone()).by(&officer).send().is(201);
    let again = json!({ "phone": whom.phone, "role": "committee_head", "division": OWN });
    town.post("/v1/posts", again.clone()).by(&officer).send().is_problem(409, "post-held");
    town.clock.advance(chrono::TimeDelta::days(3));
    let token = town.gate.tokens().sign(officer.account, officer.session, town.now()).unwrap();
    town.post("/v1/posts", again).token(&token).send().is(201);
}

#[test]
fn a_post_to_come_is_listed_but_not_held_yet() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let day = |ahead: i64| (town.now() + chrono::TimeDelta::days(ahead)).date_naive().to_string();
    let draft =
        json!({ "phone": whom.phone, "role": "committee_head", "division": OWN, "starts_on": day(3) });
    town.post("/v1/posts", draft).by(&officer).send().is(201);
    let listed = town.get("/v1/posts?role=committee_head").by(&officer).send();
    assert_eq!(listed.is(200).body["items"].as_array().unwrap().len(), 1);
    let me =
        |token: &str| town.get("/v1/me").token(token).send().is(200).body["posts"].as_array().unwrap().len();
    assert_eq!(me(&whom.token), 0);
    town.clock.advance(chrono::TimeDelta::days(4));
    assert_eq!(me(&town.gate.tokens().sign(whom.account, whom.session, town.now()).unwrap()), 1);
}
