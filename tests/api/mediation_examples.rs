//! Typical cases: nobody is known by them, four eyes read them, and nobody outside is told which case it was.

use diesel::RunQueryDsl;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::{CARD, enter, homes, with, with_card};
use crate::support::disputes::{put_case, put_party, put_seat};
use crate::support::petitions::neighbour;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn text(more: Value) -> Value {
    let body = json!({
        "title": "楼上楼下噪声，三期和解", "facts": "赵某与钱某为上下楼邻居，因夜间噪声争执。",
        "mediation": "三所同桌，先分头听取意见。", "lesson": "先处理情绪，再约定时段。"
    });
    with(body, more)
}

/// A case that was filed, of somebody whose record is whole, with who mediated it and who guides.
struct Filed {
    case: Uuid,
    path: String,
    zhou: Person,
    justice: Person,
}

fn filed(town: &Town) -> Filed {
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [home] = homes(town, OWN);
    town.execute(&format!("UPDATE dwellings SET number = '502' WHERE id = '{home}'"));
    let chen = with(with_card("陈桂芳"), json!({ "phone": "+8613800000222" }));
    let chen = enter(town, &worker, chen)["id"].as_str().expect("an id").to_owned();
    town.execute(&format!("UPDATE residents SET home_id = '{home}' WHERE id = '{chen}'"));
    let case = put_case(town, "closed");
    town.execute(&format!(
        "INSERT INTO mediation_parties (id, case_id, side, kind, resident_id, representation, authority, consent, created_at)
             VALUES (gen_random_uuid(), '{case}', 'applicant', 'resident', '{chen}', 'oneself', '', 'pending', now())"
    ));
    put_party(town, case, "respondent", None);
    let zhou = town.staff(Role::Mediator, PARENT);
    put_seat(town, case, "mediator", zhou.account, "accepted");
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    Filed { case, path: format!("/v1/mediation-cases/{case}/examples"), zhou, justice }
}

#[test]
fn a_text_by_which_a_party_is_known_is_refused_wherever_it_stands() {
    let town = Town::new();
    let Filed { case, path, zhou, justice } = filed(&town);
    let told = ["陈桂芳", "桂 芳", "赵先生", "电话138 0000 0222", CARD, "住５０２室", "247号"];
    for told in told {
        for field in ["title", "facts", "mediation", "lesson"] {
            let reply = town
                .post(&path, text(json!({ (field): format!("甲方为{told}，乙方不服") })))
                .by(&zhou)
                .send();
            reply.is_problem(422, "mediation-example-not-anonymous");
            assert_eq!(reply.body["errors"][0]["pointer"], format!("/{field}"), "{told}");
            assert!(!reply.text.contains(told));
        }
    }
    // Across two fields, too.
    let apart = text(json!({ "mediation": "陈桂", "lesson": "芳" }));
    town.post(&path, apart).by(&zhou).send().is_problem(422, "mediation-example-not-anonymous");
    let draft = town.post(&path, text(json!({}))).by(&zhou).send().is(201).body.clone();
    let own = format!("{path}/{}", draft["id"].as_str().expect("an id"));
    let named = json!({ "lesson": "陈桂芳满意" });
    town.patch(&own, "\"v1\"", named).by(&justice).send().is_problem(422, "mediation-example-not-anonymous");
    // Whoever is known only later is looked for when it is published.
    let sun = put_party(&town, case, "third", None);
    town.execute(&format!("UPDATE mediation_parties SET name = '先分头' WHERE id = '{sun}'"));
    let approve = json!({ "version": 1, "is_approved": true });
    town.post(&format!("{own}/review"), approve.clone())
        .by(&justice)
        .send()
        .is_problem(422, "mediation-example-not-anonymous");
    town.execute(&format!("UPDATE mediation_parties SET name = '孙大山' WHERE id = '{sun}'"));
    assert_eq!(
        town.post(&format!("{own}/review"), approve).by(&justice).send().is(201).body["state"],
        "published"
    );
}

/// A draft of the judicial officer's, and where it lies.
fn drafted(town: &Town, filed: &Filed) -> (String, String) {
    let draft = town.post(&filed.path, text(json!({}))).by(&filed.justice).send();
    let id = draft.is(201).body["id"].as_str().expect("an id").to_owned();
    let own = format!("{}/{id}", filed.path);
    (id, own)
}

fn review(town: &Town, by: &Person, own: &str, (version, more): (i64, Value)) -> Reply {
    let body = with(json!({ "version": version, "is_approved": true }), more);
    town.post(&format!("{own}/review"), body).by(by).send()
}

#[test]
fn a_second_person_reads_what_is_published_as_it_stands() {
    let town = Town::new();
    let filed = filed(&town);
    let (path, zhou, justice) = (&filed.path, &filed.zhou, &filed.justice);
    let open = put_case(&town, "performed");
    let of_open = format!("/v1/mediation-cases/{open}/examples");
    town.post(&of_open, text(json!({}))).by(justice).send().is_problem(409, "mediation-example-case-open");
    let (id, own) = drafted(&town, &filed);
    town.post(path, text(json!({}))).by(zhou).send().is_problem(409, "mediation-example-exists");
    let review = |by: &Person, version: i64, more: Value| review(&town, by, &own, (version, more));
    review(justice, 1, json!({})).is_problem(409, "mediation-example-reviewer-same");
    review(zhou, 1, json!({})).is_problem(403, "forbidden");
    let other = town.staff(Role::JusticeOfficer, PARENT);
    review(&town.staff(Role::JusticeOfficer, SIBLING), 1, json!({})).is_problem(404, "not-found");
    review(&other, 1, json!({ "is_approved": false })).is_problem(422, "mediation-example-note-missing");
    let returned = review(&other, 1, json!({ "is_approved": false, "note": "请补充履行情况" }));
    assert_eq!(returned.is(201).body["state"], "draft");
    town.get(&format!("/v1/mediation-examples/{id}")).send().is_problem(404, "not-found");
    let stale = town.patch(&own, "\"v1\"", json!({ "lesson": "已履行。" })).by(&other).send();
    stale.is_problem(412, "version-stale");
    town.patch(&own, "\"v2\"", json!({ "lesson": "已履行。" })).by(zhou).send().is(200);
    review(&other, 2, json!({})).is_problem(409, "mediation-example-changed");
    assert_eq!(review(&other, 3, json!({})).is(201).body["state"], "published");
    review(&other, 4, json!({})).is_problem(409, "mediation-example-not-draft");
    let late = town.patch(&own, "\"v4\"", json!({ "title": "x" })).by(zhou).send();
    late.is_problem(409, "mediation-example-not-draft");
    // By no other path, either: whoever wrote it publishes nothing.
    let alone = "UPDATE mediation_examples SET reviewed_by = written_by";
    let refused = diesel::sql_query(alone).execute(&mut town.owner()).expect_err("refused");
    assert!(refused.to_string().contains("mediation_examples_reviewed_check"), "{refused}");
}

#[test]
fn everybody_reads_it_and_nobody_learns_which_case_it_was() {
    let town = Town::new();
    let filed = filed(&town);
    let (case, path, zhou) = (filed.case, &filed.path, &filed.zhou);
    let (id, own) = drafted(&town, &filed);
    let public = format!("/v1/mediation-examples/{id}");
    let other = town.staff(Role::JusticeOfficer, PARENT);
    review(&town, &other, &own, (1, json!({}))).is(201);
    // Without a token; what did not change is not sent again.
    let read = town.get(&public).send();
    assert_eq!((read.is(200).header("etag"), read.header("cache-control")), ("\"v2\"", "public, max-age=60"));
    let again = town.get(&public).header("If-None-Match", "\"v2\"").send();
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    let listed = |query: &str| {
        town.get(&format!("/v1/mediation-examples{query}")).send().is(200).body["items"].clone()
    };
    assert_eq!(listed("")[0], read.body);
    assert_eq!(listed("?district=310113000000&dispute_type=neighbour")[0], read.body);
    // A committee is no district: nobody narrows it down.
    assert_eq!((listed(&format!("?district={OWN}")), listed("?dispute_type=debt")), (json!([]), json!([])));
    let outside =
        [neighbour(&town, OWN), town.staff(Role::StreetOfficer, PARENT), town.staff(Role::Mediator, OWN)];
    for outside in outside {
        let told = town.get(&public).by(&outside).send().is(200).text.clone();
        assert!(!told.contains(&case.to_string()) && !told.contains(OWN), "{told}");
        let hidden = town.get(path).by(&outside).send();
        assert!(matches!(hidden.status, 403 | 404), "{}", hidden.text);
    }
    for inside in [zhou, &filed.justice, &other] {
        let own = town.get(path).by(inside).send();
        assert_eq!(own.is(200).body["items"][0]["mediation_case"], json!(case));
    }
    let trail = town.text(&format!(
        "SELECT string_agg(detail::text || division::text, ' ') FROM audit_events WHERE resource_id = '{id}'"
    ));
    assert!(!trail.contains(&case.to_string()) && !trail.contains(OWN), "{trail}");
    // Taken down, it is gone for everybody but them, and another may be written.
    let (reason, down) = (json!({ "reason": "当事人认为可被辨认" }), format!("{own}/withdrawal"));
    let far = town.post(&down, reason.clone()).by(&town.staff(Role::JusticeOfficer, ELSEWHERE)).send();
    far.is_problem(404, "not-found");
    assert_eq!(town.post(&down, reason.clone()).by(zhou).send().is(201).body["state"], "withdrawn");
    town.post(&down, reason).by(zhou).send().is_problem(409, "mediation-example-withdrawn");
    town.get(&public).header("If-None-Match", "\"v2\"").send().is_problem(404, "not-found");
    town.post(path, text(json!({}))).by(zhou).send().is(201);
}
