//! Canaries of who is in a matter: whom a petition is for, who is in dispute; and whom another organisation reads.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use super::planting::Planter;
use super::{OTHER_PHONE, PHONE};
use crate::support::disputes::referral;
use crate::support::entries::noise;
use crate::support::petitions::{self, id, officer, organisation};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Town};

/// A petition, a case with one more party, and disputes that go to a court and to a table.
pub fn plant(planter: &Planter<'_>, worker: &Person) {
    let (town, by) = (planter.town, Some(worker));
    let behalf = json!({ "name": "王敏", "phone": PHONE, "consent_by": "phone", "channel": "hotline" });
    let petition = petitions::draft(town, json!({ "division": OWN, "on_behalf": behalf }));
    let petition = id(&planter.plant(by, "POST", "/v1/petitions", &petition).body);
    let path = format!("/v1/petitions/{petition}/contact-disclosures");
    let whole = planter.send(by, "POST", &path, &json!({ "reason": "先行联系" }));
    assert!(whole.text.contains(PHONE));
    let parties = json!([
        { "side": "applicant", "name": "王敏", "phone": PHONE },
        { "side": "respondent", "name": "钱先生", "phone": OTHER_PHONE }
    ]);
    let case = referral(json!({ "parties": parties }));
    let case = id(&planter.plant(by, "POST", "/v1/mediation-cases", &case).body);
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    let third = json!({ "side": "third", "name": "孙先生", "phone": PHONE });
    planter.plant(Some(&justice), "POST", &format!("/v1/mediation-cases/{case}/parties"), &third);
    planter.send(Some(&justice), "GET", &format!("/v1/mediation-cases/{case}"), &Value::Null);
    for grounds in [json!(["sued"]), json!([])] {
        let told = noise(json!({
            "division": OWN, "grounds": grounds, "other": { "name": "钱先生", "phone": OTHER_PHONE },
            "on_behalf": { "name": "王敏", "phone": PHONE }
        }));
        planter.plant(by, "POST", "/v1/dispute-entries", &told);
    }
    assert_eq!(town.count("SELECT count(DISTINCT route) FROM dispute_entries"), 2);
}

/// Who grants, who reads, and what: whole numbers.
pub fn grant(town: &Town) -> (Person, Person, Value) {
    let bureau = organisation(town, "民政局", "department", CITY);
    let grant = json!({
        "dataset": "residents", "fields": ["name", "document", "phone"], "purpose": "service",
        "basis": "statutory_duty", "reason": "高龄津贴核对", "grantee": bureau, "division": PARENT, "expires_at": town.now() + TimeDelta::days(30)
    });
    let clerk = officer(town, Role::DepartmentOfficer, ELSEWHERE, bureau);
    (town.staff(Role::StreetOfficer, PARENT), clerk, grant)
}
