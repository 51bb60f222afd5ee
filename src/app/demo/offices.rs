//! The bodies of line and territory 条块, who works in which, and who is responsible for what. The map of responsibilities says of 高空抛物
//! what many say: let the property company see to it.

use serde_json::{Value, json};

use super::client::{Client, id};
use super::{ACCOUNTS, CITY, COMMITTEE, DISTRICT, DemoAccount, STREET};
use crate::access::role::Role;
use crate::app::start::Outcome;

const COMPANY: &str = "五村物业公司";

/// Who enters it, its name, its kind, where it works.
const BODIES: [(Role, &str, &str, &str); 13] = [
    (Role::CityOfficer, "市地区办", "department", CITY),
    (Role::DistrictOfficer, "宝山区地区办", "department", DISTRICT),
    (Role::DistrictOfficer, "宝山区房屋管理局", "department", DISTRICT),
    (Role::StreetOfficer, "友谊路街道办事处", "street_office", STREET),
    (Role::StreetOfficer, "友谊路街道网格中心", "grid_centre", STREET),
    (Role::StreetOfficer, "友谊路街道城管中队", "department", STREET),
    (Role::StreetOfficer, "友谊路街道人民调解委员会", "social_organisation", STREET),
    (Role::StreetOfficer, "友谊路派出所", "police_station", STREET),
    (Role::StreetOfficer, "友谊路司法所", "justice_office", STREET),
    (Role::StreetOfficer, "里弄律师事务所", "law_firm", STREET),
    (Role::CommitteeHead, "宝钢五村居委会", "residents_committee", COMMITTEE),
    (Role::CommitteeHead, "宝钢五村业委会", "owners_committee", COMMITTEE),
    (Role::CommitteeHead, COMPANY, "property_company", COMMITTEE),
];

/// Tells of them; answers the property company's id.
pub fn tell(client: &Client) -> Outcome<String> {
    let mut ids = Vec::new();
    for (role, name, kind, division) in BODIES {
        let phones = if name == COMPANY { json!(["021-00000014"]) } else { json!([]) };
        let draft = json!({ "name": name, "kind": kind, "division": division, "phones": phones });
        ids.push((name, id(&client.send(role, "POST", "/v1/organisations", &draft)?)));
    }
    let known = |wanted: &str| ids.iter().find(|(name, _)| *name == wanted).map(|(_, id)| id.clone());
    for demo in &ACCOUNTS {
        if let Some(organisation) = known(demo.organisation) {
            appoint(client, demo, &organisation)?;
        }
    }
    let company = known(COMPANY).ok_or("the company is one of the bodies")?;
    responsible(client, &company)?;
    Ok(company)
}

/// The post that the account was opened with, now in its organisation.
fn appoint(client: &Client, demo: &DemoAccount, organisation: &str) -> Outcome<()> {
    let role = demo.role.as_str();
    let path = format!("/v1/posts?division={}&role={role}", demo.range);
    let held = client.send(Role::SecurityAdmin, "GET", &path, &Value::Null)?;
    let path = format!("/v1/posts/{}", id(&held["items"][0]));
    client.send(Role::SecurityAdmin, "DELETE", &path, &Value::Null)?;
    let draft = json!({
        "phone": demo.phone, "role": role, "division": demo.range, "organisation": organisation
    });
    client.send(Role::SecurityAdmin, "POST", "/v1/posts", &draft).map(drop)
}

fn responsible(client: &Client, company: &str) -> Outcome<()> {
    let path = format!("/v1/petition-categories?division={COMMITTEE}&limit=100");
    let page = client.send(Role::StreetOfficer, "GET", &path, &Value::Null)?;
    let categories = page["items"].as_array().cloned().unwrap_or_default();
    for code in ["high_altitude_throwing", "property_service"] {
        let category = categories.iter().find(|one| one["code"] == code).map(id).ok_or("no such category")?;
        let draft = json!({
            "category": category, "division": COMMITTEE, "organisation": company, "role": "lead",
            "legal_basis": "上海市住宅物业管理规定"
        });
        client.send(Role::StreetOfficer, "POST", "/v1/responsibilities", &draft)?;
    }
    Ok(())
}
