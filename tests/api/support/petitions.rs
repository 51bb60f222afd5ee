//! Petitions for tests: neighbours who file them, organisations that handle them.

use std::sync::atomic::{AtomicU32, Ordering};

use lilong::access::division::Division;
use lilong::access::posts::{self, NewPost};
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use lilong::matters::tending;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::with;
use super::{OWN, Person, Reply, Town};

static KEYS: AtomicU32 = AtomicU32::new(0);

/// A key that was not used before.
pub fn key() -> String {
    format!("petition-{}", KEYS.fetch_add(1, Ordering::Relaxed))
}

/// An organisation.
pub fn organisation(town: &Town, name: &str, kind: &str, division: &str) -> Uuid {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
             VALUES ('{id}', '{name}', '{kind}', {division}, now(), now())"
    ));
    id
}

/// Somebody with a post in an organisation.
pub fn officer(town: &Town, role: Role, division: &str, organisation: Uuid) -> Person {
    let person = town.resident();
    let post = NewPost {
        holder: person.account,
        role,
        organisation: Some(lilong::access::actor::OrganisationId(organisation)),
        division: Division::parse(division).expect("a division"),
        starts_on: local_date(town.now()),
        ends_on: None,
    };
    posts::grant_unless_held(&mut town.owner(), &post, None, town.now()).expect("a post");
    person
}

/// A verified resident of a committee.
pub fn neighbour(town: &Town, division: &str) -> Person {
    let person = town.resident();
    let (id, account) = (lilong::kit::id::next(), person.account);
    town.execute(&format!(
        "INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES ('{id}', {division}, '{account}', '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now())"
    ));
    person
}

/// The id of a category that every database begins with.
pub fn category(town: &Town, code: &str) -> String {
    town.text(&format!("SELECT id FROM petition_categories WHERE code = '{code}'"))
}

/// A complaint about noise.
pub fn complaint(town: &Town) -> Value {
    json!({
        "kind": "complaint", "category": category(town, "noise"), "facts": { "source": "邻里", "time_of_day": "深夜" }, "title": "楼上夜间噪声",
        "text": "每晚十一点以后还在敲打。", "place": "247号502室"
    })
}

/// The same, with more.
pub fn draft(town: &Town, more: Value) -> Value {
    with(complaint(town), more)
}

/// Sends a petition under a key of its own.
#[track_caller]
pub fn file(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/petitions", draft).header("Idempotency-Key", &key()).by(by).send()
}

/// Files the complaint, and answers its id.
#[track_caller]
pub fn filed(town: &Town, by: &Person) -> String {
    id(&file(town, by, draft(town, json!({ "text": format!("第{}次敲打", key()) }))).is(201).body)
}

/// Its id.
pub fn id(view: &Value) -> String {
    view["id"].as_str().expect("an id").to_owned()
}

/// Does one step.
#[track_caller]
pub fn step(town: &Town, by: &Person, petition: &str, part: &str, body: Value) -> Reply {
    town.post(&format!("/v1/petitions/{petition}/{part}"), body).by(by).send()
}

/// Takes a dispatch.
#[track_caller]
pub fn take(town: &Town, by: &Person, dispatch: &str) -> Reply {
    town.put(&format!("/v1/dispatches/{dispatch}/acceptance"), "*", json!({ "note": "已签收" })).by(by).send()
}

/// A petition as somebody sees it.
#[track_caller]
pub fn seen(town: &Town, by: &Person, petition: &str) -> Value {
    town.get(&format!("/v1/petitions/{petition}")).by(by).send().is(200).body.clone()
}

/// What happened, as somebody reads it: event and state.
#[track_caller]
pub fn events(town: &Town, by: &Person, petition: &str) -> Vec<String> {
    let page = town.get(&format!("/v1/petitions/{petition}/events?limit=100")).by(by).send();
    let items = page.is(200).body["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["event"].as_str().expect("an event").to_owned()).collect()
}

/// What waits on somebody: the tasks, in order.
#[track_caller]
pub fn tasks(town: &Town, by: &Person) -> Vec<String> {
    let page = town.get("/v1/me/inbox?limit=100").by(by).send();
    let items = page.is(200).body["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["task"].as_str().expect("a task").to_owned()).collect()
}

/// The same person signed in anew, after so long that the session has ended.
pub fn again(town: &Town, person: &Person) -> Person {
    town.later(&Person { session: town.second_session(person), ..person.clone() })
}

/// Sets the clock of the town to that moment, later than it is, and lets the deadlines be met.
pub fn at(town: &Town, moment: &str) {
    let moment: chrono::DateTime<chrono::Utc> = moment.parse().expect("a moment");
    assert!(moment > town.now(), "{moment} is past");
    town.clock.advance(moment - town.now());
    tend(town);
}

/// Lets the deadlines be met, as the worker does, until nothing is left to be done.
pub fn tend(town: &Town) {
    while tending::tend(&town.gate).expect("deadlines are met") > 0 {}
}

/// A petition in `OWN` dispatched to a property company that leads: petition, worker, dispatch, officer of the company.
pub struct Dispatched {
    pub petition: String,
    pub petitioner: Person,
    pub worker: Person,
    pub officer: Person,
    pub organisation: Uuid,
    pub dispatch: String,
}

/// Files, accepts and dispatches.
#[track_caller]
pub fn dispatched(town: &Town) -> Dispatched {
    let (petitioner, worker) = (neighbour(town, OWN), town.staff(Role::CommitteeWorker, OWN));
    let organisation = organisation(town, &format!("物业{}", key()), "property_company", OWN);
    let officer = officer(town, Role::PropertyStaff, OWN, organisation);
    let petition = filed(town, &petitioner);
    step(town, &worker, &petition, "acceptance", json!({})).is(200);
    let body = json!({ "organisation": organisation, "role": "lead", "note": "请到场" });
    let view = step(town, &worker, &petition, "dispatches", body);
    let dispatch = id(&view.is(200).body["dispatches"][0]);
    Dispatched { petition, petitioner, worker, officer, organisation, dispatch }
}

impl Dispatched {
    /// The company takes it.
    #[track_caller]
    pub fn take(&self, town: &Town) {
        town.put(&format!("/v1/dispatches/{}/acceptance", self.dispatch), "*", json!({}))
            .by(&self.officer)
            .send()
            .is(200);
    }
}

/// Gives somebody a name of their own.
pub fn named(town: &Town, person: &Person, name: &str) {
    town.execute(&format!("UPDATE accounts SET display_name = '{name}' WHERE id = '{}'", person.account));
}

/// Everything a person may read that could tell of a petition, as text.
pub fn all_read_by(town: &Town, by: &Person, petition: &str) -> String {
    let receipt = town.text(&format!("SELECT receipt FROM matters WHERE id = '{petition}'"));
    let title = town.text(&format!("SELECT title FROM matters WHERE id = '{petition}'"));
    let mut all = String::new();
    let sights = ["own", "range", "organisation", "neighbours", "public"];
    let mut paths: Vec<String> = sights.iter().map(|of| format!("/v1/petitions?of={of}&limit=100")).collect();
    paths.extend(sights.iter().map(|of| format!("/v1/petitions?of={of}&receipt={receipt}")));
    paths.extend([
        "/v1/petition-reports?limit=100".to_owned(),
        format!("/v1/petition-reports?receipt={receipt}"),
        "/v1/matters?limit=100".to_owned(),
        format!("/v1/matters?receipt={receipt}"),
        "/v1/me/inbox?limit=100".to_owned(),
        "/v1/responsibility-proposals".to_owned(),
        format!("/v1/petitions/{petition}"),
        format!("/v1/petitions/{petition}/events"),
        "/v1/me/disclosures".to_owned(),
    ]);
    for path in paths {
        all.push_str(&town.get(&path).by(by).send().text);
    }
    let words = json!({ "division": OWN, "category": category(town, "other"), "words": title });
    all.push_str(&town.post("/v1/petition-lookups", words).by(by).send().text);
    all
}

/// Gives somebody one more post, in an organisation.
pub fn join(town: &Town, person: &Person, role: &str, organisation: Uuid) {
    town.execute(&format!(
        "INSERT INTO posts (id, account_id, role, organisation_id, division, starts_on, created_at)
             SELECT gen_random_uuid(), '{}', '{role}', '{organisation}', {OWN}, starts_on, created_at FROM posts LIMIT 1",
        person.account
    ));
}
