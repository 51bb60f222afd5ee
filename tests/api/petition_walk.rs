//! Steps at random, by everybody, over a handful of petitions: whatever is asked in whatever order, nothing breaks, and what is kept
//! agrees after each.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::invariants::all_hold;
use crate::support::petitions::{category, draft, file, id, neighbour, officer, organisation};
use crate::support::{CITY, OWN, PARENT, Person, Reply, SIBLING, Town};

const DISTRICT: &str = "310113000000";

/// The same numbers each time: a breach can be walked to again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

struct Walk {
    town: Town,
    dice: Dice,
    people: Vec<Person>,
    residents: Vec<Person>,
    organisations: Vec<Uuid>,
    petitions: Vec<String>,
}

fn people(town: &Town, organisations: &[Uuid]) -> Vec<Person> {
    vec![
        town.staff(Role::CommitteeWorker, OWN),
        town.staff(Role::CommitteeHead, OWN),
        town.staff(Role::CommitteeWorker, SIBLING),
        town.staff(Role::StreetOfficer, PARENT),
        town.staff(Role::StreetOfficer, PARENT),
        town.staff(Role::Dispatcher, PARENT),
        town.staff(Role::DistrictOfficer, DISTRICT),
        town.staff(Role::CityOfficer, CITY),
        officer(town, Role::PropertyStaff, OWN, organisations[0]),
        officer(town, Role::DepartmentOfficer, PARENT, organisations[1]),
        officer(town, Role::DepartmentOfficer, PARENT, organisations[2]),
    ]
}

impl Walk {
    fn new(seed: u64) -> Self {
        let town = Town::new();
        let organisations = vec![
            organisation(&town, "五村物业公司", "property_company", OWN),
            organisation(&town, "城管中队", "department", PARENT),
            organisation(&town, "市场监管所", "department", PARENT),
        ];
        let residents = vec![neighbour(&town, OWN), neighbour(&town, OWN)];
        let mut people = people(&town, &organisations);
        people.extend(residents.clone());
        Walk { dice: Dice(seed), people, residents, organisations, petitions: Vec::new(), town }
    }

    /// Another petition, of any kind but those with rules of their own.
    fn file(&mut self) {
        let kind = *self.dice.one(&["complaint", "request", "consultation", "suggestion"]);
        let (n, other) = (self.petitions.len(), category(&self.town, "other"));
        let more = json!({
            "kind": kind, "category": other, "facts": {}, "text": format!("第{n}件"),
            "visibility": self.dice.one(&["private", "community", "public"])
        });
        let by = if n % 3 == 0 { self.people[0].clone() } else { self.dice.one(&self.residents).clone() };
        let more = if n % 3 == 0 {
            let behalf = json!({ "name": "王小明", "consent_by": "phone", "channel": "counter" });
            crate::support::archive::with(more, json!({ "division": OWN, "on_behalf": behalf }))
        } else {
            more
        };
        let view = file(&self.town, &by, draft(&self.town, more));
        if view.status == 201 {
            self.petitions.push(id(&view.body));
        } else {
            // So many of one day are enough: the next day begins.
            view.is_problem(409, "petition-daily-limit");
            self.town.execute("UPDATE petitions SET created_at = created_at - interval '1 day'");
        }
    }

    /// A thing of the petition, the newest mostly; of another one where it has none.
    fn one_of(&mut self, table: &str, petition: &str) -> String {
        let n = self.dice.below(2);
        self.town.text(&format!(
            "SELECT coalesce((SELECT id FROM {table} WHERE matter_id = '{petition}' ORDER BY id DESC OFFSET {n} LIMIT 1),
                             (SELECT id FROM {table} ORDER BY id DESC LIMIT 1), gen_random_uuid())"
        ))
    }

    /// Most of the time a petition that is open.
    fn petition(&mut self) -> String {
        while self.town.count("SELECT count(*) FROM matters WHERE is_open") < 3 {
            self.file();
        }
        let n = self.dice.below(3);
        let open =
            self.town.text(&format!("SELECT id FROM matters WHERE is_open ORDER BY id OFFSET {n} LIMIT 1"));
        if self.dice.below(5) == 0 { self.dice.one(&self.petitions).clone() } else { open }
    }

    /// Two times of three something that may follow from its state.
    fn choice(&mut self, petition: &str) -> usize {
        let state = self.town.text(&format!("SELECT state FROM matters WHERE id = '{petition}'"));
        let fitting: &[usize] = match state.as_str() {
            "submitted" => &[0, 0, 0, 26],
            "accepted" => &[5, 5, 8, 9, 13, 15],
            "dispatched" => &[5, 23, 23, 24],
            "in_progress" => &[5, 8, 9, 10, 12, 12, 13, 15, 23, 24, 25],
            "suspended" => &[11, 11, 23],
            "resolved" => &[13, 16, 16, 17, 18, 20, 21],
            _ => &[20, 21],
        };
        if self.dice.below(3) == 0 { self.dice.below(27) } else { *self.dice.one(fitting) }
    }

    fn step(&mut self) -> (String, Reply) {
        let petition = self.petition();
        let (method, path, body) = self.request(&petition);
        let first = self.dice.below(self.people.len());
        // Whoever is told that they may not, or that there is none, leaves it to the next.
        let mut asked = Vec::new();
        for n in 0..self.people.len() {
            let by = (first + n) % self.people.len();
            let call = match method {
                "PUT" => self.town.put(&path, "*", body.clone()),
                "PATCH" => self.town.patch(&path, "*", body.clone()),
                _ => self.town.post(&path, body.clone()),
            };
            let reply = call.by(&self.people[by]).send();
            let is_refused = matches!(reply.status, 403 | 404) || reply.code() == "petition-held-elsewhere";
            asked.push((format!("{method} {path} {body} by {by}"), reply));
            if !is_refused {
                break;
            }
        }
        asked.pop().expect("somebody asked")
    }

    fn request(&mut self, petition: &str) -> (&'static str, String, Value) {
        let other = self.dice.one(&self.petitions).clone();
        let organisation = *self.dice.one(&self.organisations);
        let note = json!({ "note": "x" });
        let choice = self.choice(petition);
        let dice = &mut self.dice;
        let (part, body) = match choice {
            0..=2 => ("acceptance", json!({ "grade": dice.one(&["normal", "fast"]) })),
            3 => ("rejection", json!({ "reason": dice.one(&["not_competent", "abusive"]), "note": "x" })),
            4 => ("withdrawal", note),
            5..=7 => {
                let role = dice.one(&["lead", "lead", "assist"]);
                ("dispatches", json!({ "organisation": organisation, "role": role }))
            }
            8 => ("first-contact", note),
            9 => ("progress", json!({ "note": "x", "audience": dice.one(&["citizen", "staff", "office"]) })),
            10 => ("suspension", json!({ "reason": "awaiting_expert", "note": "x" })),
            11 => ("resumption", note),
            12 => (
                "extensions",
                json!({ "clock": dice.one(&["resolution", "rehandling"]), "amount": 1, "reason": "x" }),
            ),
            13 | 14 => ("answer", json!({ "outcome": dice.one(&["supported", "explained"]), "text": "x" })),
            15 => (
                "answer",
                json!({ "outcome": "explained", "text": "x", "adoption": "partly", "publicity": "open" }),
            ),
            16 => {
                let said = dice.one(&["satisfied", "mostly_satisfied", "dissatisfied", "dissatisfied"]);
                ("rating", json!({ "satisfaction": said, "is_on_time": true, "is_solved": false }))
            }
            17 => ("reopening", json!({ "reason": "x" })),
            18 => ("closure", note),
            19 if dice.below(3) == 0 => ("merge", json!({ "into": other, "note": "x" })),
            19 => ("moderation", json!({ "title": "y", "is_hidden": dice.below(2) == 0, "reason": "x" })),
            20 => ("reviews", json!({ "stage": dice.one(&["review", "final_review"]), "reason": "x" })),
            21 => ("reviews/review/answer", json!({ "conclusion": "upheld", "text": "x" })),
            22 => {
                let parent = if dice.below(2) == 0 { Value::Null } else { json!(other) };
                return ("POST", format!("/v1/matters/{petition}/parent"), json!({ "parent": parent }));
            }
            _ => return self.beside(petition, choice),
        };
        ("POST", format!("/v1/petitions/{petition}/{part}"), body)
    }

    fn beside(&mut self, petition: &str, choice: usize) -> (&'static str, String, Value) {
        match choice {
            23 => (
                "PUT",
                format!("/v1/dispatches/{}/acceptance", self.one_of("dispatches", petition)),
                json!({}),
            ),
            24 => {
                let body = json!({ "reason": "not_responsible", "note": "x" });
                ("POST", format!("/v1/dispatches/{}/return", self.one_of("dispatches", petition)), body)
            }
            25 => {
                let extension = self.one_of("matter_extensions", petition);
                let decision = self.dice.one(&["approved", "refused"]);
                (
                    "POST",
                    format!("/v1/matter-extensions/{extension}/decision"),
                    json!({ "decision": decision }),
                )
            }
            _ => ("PATCH", format!("/v1/petitions/{petition}"), json!({ "title": "另一标题" })),
        }
    }
}

#[test]
fn whatever_is_asked_in_whatever_order_what_is_kept_agrees() {
    let mut walk = Walk::new(0x2026_1126);
    let mut done = 0;
    for n in 0..400 {
        let (asked, reply) = walk.step();
        assert!(reply.status < 500, "{n}: {asked}: {}", reply.text);
        if reply.status < 300 {
            done += 1;
            all_hold(&walk.town, &format!("{n}: {asked}"));
        }
    }
    assert!(done > 100, "the walk came nowhere: {done} steps");
    all_hold(&walk.town, "all of it");
}
