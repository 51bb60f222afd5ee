//! Who comes to a table of mediation, for tests.

use lilong::access::role::Role;
use serde_json::{Value, json};

use super::disputes::{at_table, referral};
use super::petitions::{id, key, neighbour, officer, organisation, tasks};
use super::{OWN, PARENT, Person, Town};

/// Who takes part.
pub struct Cast {
    /// Who complains.
    pub zhao: Person,
    /// Of whom.
    pub qian: Person,
    pub police: Person,
    pub justice: Person,
    pub lawyer: Person,
    /// Of the mediation committee, as is 吴.
    pub zhou: Person,
    pub wu: Person,
    pub street: Person,
}

/// All of them, none of whom has done anything yet.
pub fn cast(town: &Town) -> Cast {
    let office = organisation(town, "友谊路街道人民调解委员会", "social_organisation", PARENT);
    let station = organisation(town, "友谊路派出所", "police_station", PARENT);
    Cast {
        zhao: neighbour(town, OWN),
        qian: neighbour(town, OWN),
        police: officer(town, Role::PoliceOfficer, PARENT, station),
        justice: town.staff(Role::JusticeOfficer, PARENT),
        lawyer: town.staff(Role::Lawyer, PARENT),
        zhou: officer(town, Role::Mediator, PARENT, office),
        wu: officer(town, Role::Mediator, PARENT, office),
        street: town.staff(Role::StreetOfficer, PARENT),
    }
}

/// The record of somebody in the archive.
pub fn resident_of(town: &Town, person: &Person) -> String {
    town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", person.account))
}

/// Referred by the police to the mediation committee; both are of the archive, which the judicial office may not look into.
pub fn registered(town: &Town, cast: &Cast) -> String {
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let office = town.text("SELECT id FROM organisations WHERE kind = 'social_organisation'");
    let (zhao, qian) = (resident_of(town, &cast.zhao), resident_of(town, &cast.qian));
    let body = referral(json!({
        "office": office,
        "parties": [{ "side": "applicant", "resident": zhao, "phone": "13800000155" }, { "side": "respondent", "resident": qian }]
    }));
    let send = |body: Value| {
        town.post("/v1/mediation-cases", body).header("Idempotency-Key", &key()).by(&worker).send()
    };
    let case = id(&send(body.clone()).is(201).body);
    send(body).is_problem(422, "mediation-incident-unfit");
    case
}

/// Asks somebody to sit, and answers the seat.
pub fn asked(town: &Town, by: &Person, case: &str, role: &str, whom: &Person) -> String {
    at_table(town, by, case, "seats", json!({ "role": role, "account": whom.account })).is(200);
    let whose = format!("case_id = '{case}' AND account_id = '{}' AND state = 'asked'", whom.account);
    town.text(&format!("SELECT id FROM mediation_seats WHERE {whose}"))
}

/// Asks somebody to sit, who does.
pub fn seated(town: &Town, cast: &Cast, case: &str, role: &str, whom: &Person) -> String {
    let seat = asked(town, &cast.justice, case, role, whom);
    assert!(tasks(town, whom).contains(&"take_seat".to_owned()));
    at_table(town, whom, case, &format!("seats/{seat}/reply"), json!({ "is_accepted": true })).is(200);
    seat
}
