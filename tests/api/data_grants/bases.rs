//! On which basis data is shared: a duty of the grantee by law, or that each person agreed, which is asked at each page.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{BUREAU, grant, organisations, path, staff_of};
use crate::support::archive::{draft, enter, names, with};
use crate::support::petitions::organisation;
use crate::support::rights::{bind, closing};
use crate::support::volunteering::guard;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, Town};

/// A property company of which somebody reads, and the street that lets it.
pub struct Scene {
    pub town: Town,
    pub street: Person,
    pub worker: Person,
    pub company: Uuid,
    clerk: Person,
}

impl Scene {
    pub fn new() -> Self {
        let town = Town::new();
        organisations(&town);
        let company = organisation(&town, "宝钢物业", "property_company", ELSEWHERE);
        let (street, worker) =
            (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::CommitteeWorker, OWN));
        let clerk = staff_of(&town, Role::PropertyStaff, ELSEWHERE, company);
        Scene { town, street, worker, company, clerk }
    }

    /// Somebody of the archive, who has an account.
    pub fn neighbour(&self, name: &str) -> Person {
        let record = enter(&self.town, &self.worker, with(draft(name), json!({ "born_on": "1985-03-02" })));
        let person = self.town.resident();
        bind(&self.town, &person, &record);
        person
    }

    /// A grant to the company by consent.
    pub fn granted(&self) -> Reply {
        grant(&self.town, &self.street, json!({ "grantee": self.company, "basis": "consent" }))
    }

    /// Who is read through it.
    pub fn read(&self, granted: &Reply) -> Vec<String> {
        self.read_by(&self.clerk, granted)
    }

    /// Who is read through it by somebody of its grantee.
    pub fn read_by(&self, clerk: &Person, granted: &Reply) -> Vec<String> {
        let mut read = names(&self.town.get(&path(granted, "/residents")).by(clerk).send());
        read.sort();
        read
    }

    /// Agrees to the company, for oneself or with `?for=`, and answers the address of the consent.
    pub fn agree(&self, by: &Person, of: &str) -> String {
        self.agree_to(self.company, by, of)
    }

    /// The same to another.
    pub fn agree_to(&self, recipient: Uuid, by: &Person, of: &str) -> String {
        let body = json!({
            "purpose": "third_party_sharing", "notice_version": 1, "is_separate": true, "recipient": recipient
        });
        let given = self.town.post(&format!("/v1/me/consents{of}"), body).by(by).send();
        format!("/v1/me/consents/{}{of}", given.is(201).body["id"].as_str().unwrap())
    }

    pub fn withdraw(&self, by: &Person, consent: &str) {
        self.town.call("DELETE", consent).by(by).send().is(204);
    }
}

#[test]
fn by_consent_those_alone_are_read_who_agree_at_that_moment() {
    let scene = Scene::new();
    let [chen, wang, li] = ["陈桂芳", "王小明", "李四"].map(|name| scene.neighbour(name));
    enter(&scene.town, &scene.worker, draft("张三"));
    let granted = scene.granted();
    assert_eq!(granted.is(201).body["basis"], "consent");
    assert_eq!(scene.read(&granted), Vec::<String>::new());
    // To something else.
    let other = json!({ "purpose": "publication", "notice_version": 1, "is_separate": true });
    scene.town.post("/v1/me/consents", other).by(&wang).send().is(201);
    scene.agree(&chen, "");
    let consent = scene.agree(&li, "");
    assert_eq!(scene.read(&granted), ["李四", "陈桂芳"]);
    scene.withdraw(&li, &consent);
    assert_eq!(scene.read(&granted), ["陈桂芳"]);
    scene.agree(&li, "");
    assert_eq!(scene.read(&granted), ["李四", "陈桂芳"]);
    // Whoever closes their account agrees to nothing by it any more.
    scene.town.execute(&closing(&chen));
    assert_eq!(scene.read(&granted), ["李四"]);
    assert_eq!(
        scene.town.text("SELECT string_agg(rows::text, ' ' ORDER BY id) FROM data_grant_reads"),
        "0 2 1 2 1"
    );
}

#[test]
fn for_a_child_its_guardian_agrees_and_that_is_for_the_child_alone() {
    let scene = Scene::new();
    let parent = scene.neighbour("王建国");
    let born = json!({ "born_on": "2016-06-01" });
    let child = enter(&scene.town, &scene.worker, with(draft("王小明"), born.clone()));
    enter(&scene.town, &scene.worker, with(draft("王小红"), born));
    let child = child["id"].as_str().unwrap();
    guard(&scene.town, &scene.worker, &parent, child);
    let (granted, of) = (scene.granted(), format!("?for={child}"));
    let for_child = scene.agree(&parent, &of);
    assert_eq!(scene.read(&granted), ["王小明"]);
    scene.agree(&parent, "");
    assert_eq!(scene.read(&granted), ["王小明", "王建国"]);
    scene.withdraw(&parent, &for_child);
    assert_eq!(scene.read(&granted), ["王建国"]);
}

#[test]
fn what_a_duty_shows_is_no_matter_of_consent() {
    let scene = Scene::new();
    let [chen, _] = ["陈桂芳", "王小明"].map(|name| scene.neighbour(name));
    let consent = scene.agree_to(BUREAU, &chen, "");
    let officer = staff_of(&scene.town, Role::DepartmentOfficer, ELSEWHERE, BUREAU);
    let read = |granted: &Reply| {
        let page = scene.town.get(&path(granted, "/residents")).by(&officer).send();
        page.is(200).body["items"].as_array().unwrap().len()
    };
    let [duty, asked] = ["statutory_duty", "consent"]
        .map(|basis| grant(&scene.town, &scene.street, json!({ "basis": basis })));
    assert_eq!((read(&duty), read(&asked)), (2, 1), "an organ may ask the people, too");
    scene.withdraw(&chen, &consent);
    assert_eq!((read(&duty), read(&asked)), (2, 0));
    let noted = "SELECT string_agg(detail->>'basis', ' ' ORDER BY id) FROM audit_events
                     WHERE action = 'create_data_grant'";
    assert_eq!(scene.town.text(noted), "statutory_duty consent");
}

#[test]
fn pages_by_consent_keep_their_order_and_leave_nobody_out() {
    let scene = Scene::new();
    let people = ["陈一", "陈二", "陈三", "陈四", "陈五"].map(|name| scene.neighbour(name));
    for person in people.iter().step_by(2) {
        scene.agree(person, "");
    }
    let granted = scene.granted();
    let first = scene.town.get(&path(&granted, "/residents?limit=2")).by(&scene.clerk).send();
    assert_eq!(names(&first), ["陈一", "陈三"]);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let rest = path(&granted, &format!("/residents?limit=2&cursor={cursor}"));
    let rest = scene.town.get(&rest).by(&scene.clerk).send();
    assert_eq!((names(&rest), &rest.body["has_more"]), (vec!["陈五".to_owned()], &json!(false)));
}

#[test]
fn only_state_organs_and_committees_have_a_duty() {
    let scene = Scene::new();
    let duty_of = |kind: &str| {
        let grantee = organisation(&scene.town, "某单位", kind, ELSEWHERE);
        grant(&scene.town, &scene.street, json!({ "grantee": grantee, "basis": "statutory_duty" }))
    };
    for kind in [
        "police_station",
        "justice_office",
        "department",
        "street_office",
        "grid_centre",
        "residents_committee",
        "village_committee",
        "court",
    ] {
        duty_of(kind).is(201);
    }
    for kind in [
        "property_company",
        "enterprise",
        "social_organisation",
        "foundation",
        "law_firm",
        "owners_committee",
        "party_branch",
        "public_institution",
        "legal_aid_centre",
    ] {
        duty_of(kind).is_problem_at(422, "data-grant-basis-not-theirs", "/basis");
    }
    scene.granted().is(201);
    for unknown in [json!("contract"), Value::Null] {
        grant(&scene.town, &scene.street, json!({ "basis": unknown })).is_problem(422, "field-invalid");
    }
}
