//! The people of 247号: three generations in one home, a widow, 陈阿姨, 李爷叔 and 老沈 who have the app, tenants of an owner of two
//! homes, a couple whose daughter is registered here and lives elsewhere (人户分离). Names and numbers are invented; the check
//! characters are right. The committee calls on whoever lives alone each week.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::client::{Client, id};
use super::{COMMITTEE, STREET};
use crate::access::role::Role;
use crate::app::start::Outcome;

/// Who of the demo's accounts lives here: as what, by which name and number, in which home.
const KNOWN: [(Role, &str, &str, (&str, &str)); 3] = [
    (Role::Resident, "陈美珍", "310113195806080429", ("1", "302")),
    (Role::GroupLeader, "李根发", "310113195602140338", ("1", "101")),
    (Role::OwnersCommitteeMember, "沈国平", "310113196308300390", ("2", "401")),
];

/// Name, number of the ID card, how they reside here.
const PEOPLE: [(&str, &str, &str); 14] = [
    ("陈国强", "310113194803120312", "registered_here"),
    ("林桂芬", "310113195009200424", "registered_here"),
    ("陈建华", "310113197506010532", "registered_here"),
    ("李文静", "310113197811150267", "registered_here"),
    ("陈小宝", "310113201205180174", "registered_here"),
    ("王秀英", "310113194101070285", "registered_here"),
    (KNOWN[2].1, KNOWN[2].2, "registered_here"),
    ("赵磊", "310113199402140518", "from_other_province"),
    ("孙婷", "310113199607030224", "from_other_province"),
    ("吴建国", "310113195504190139", "registered_here"),
    ("周美华", "310113195712030447", "registered_here"),
    ("吴晓雯", "310113198609260467", "registered_only"),
    (KNOWN[0].1, KNOWN[0].2, "registered_here"),
    (KNOWN[1].1, KNOWN[1].2, "registered_here"),
];

/// Unit and door, who, what they are there, whether they live there, since when.
const HOMES: [(&str, &str, &str, &str, bool, &str); 14] = [
    ("1", "502", "陈国强", "occupant", true, "1988-10-01"),
    ("1", "502", "林桂芬", "occupant", true, "1988-10-01"),
    ("1", "502", "陈建华", "occupant", true, "1988-10-01"),
    ("1", "502", "李文静", "occupant", true, "2008-05-18"),
    ("1", "502", "陈小宝", "occupant", true, "2012-05-18"),
    ("1", "301", "王秀英", "occupant", true, "1989-03-15"),
    ("1", "302", KNOWN[0].1, "occupant", true, "1991-04-20"),
    ("1", "101", KNOWN[1].1, "occupant", true, "1988-11-12"),
    ("2", "401", KNOWN[2].1, "occupant", true, "1996-02-01"),
    ("2", "402", "赵磊", "tenant", true, "2024-09-01"),
    ("2", "402", "孙婷", "tenant", true, "2024-09-01"),
    ("2", "602", "吴建国", "occupant", true, "1990-06-01"),
    ("2", "602", "周美华", "occupant", true, "1990-06-01"),
    ("2", "602", "吴晓雯", "occupant", false, "1990-06-01"),
];

/// Unit and door, and its owners with the denominators of their shares, each one part of so many.
type Owned = (&'static str, &'static str, &'static [(&'static str, i32)]);

const OWNERS: [Owned; 5] = [
    ("1", "502", &[("陈国强", 3), ("林桂芬", 3), ("陈建华", 3)]),
    ("1", "301", &[("王秀英", 1)]),
    ("2", "401", &[("沈国平", 1)]),
    ("2", "402", &[("沈国平", 1)]),
    ("2", "602", &[("吴建国", 2), ("周美华", 2)]),
];

/// Who is what to 陈国强.
const FAMILY: [(&str, &str); 5] = [
    ("陈国强", "head"),
    ("林桂芬", "spouse"),
    ("陈建华", "child"),
    ("李文静", "child_in_law"),
    ("陈小宝", "grandchild"),
];

type Ids = HashMap<String, String>;

/// Tells of them.
pub fn tell(client: &Client, building: &str) -> Outcome<()> {
    let (people, doors) = (residents(client)?, doors(client, building)?);
    let known = |ids: &Ids, name: &str| ids.get(name).cloned().ok_or(format!("{name} is not in the story"));
    for (unit, door, name, relation, is_living, since) in HOMES {
        let draft = json!({
            "resident": known(&people, name)?, "relation": relation, "is_living": is_living, "starts_on": since
        });
        let path = format!("/v1/dwellings/{}/residents", known(&doors, &format!("{unit}-{door}"))?);
        client.send(Role::CommitteeWorker, "POST", &path, &draft)?;
    }
    for (unit, door, owners) in OWNERS {
        let mut list = Vec::new();
        for (name, parts) in owners {
            let share = json!({ "numerator": 1, "denominator": parts });
            list.push(json!({ "resident": known(&people, name)?, "share": share }));
        }
        let path = format!("/v1/dwellings/{}/owners", known(&doors, &format!("{unit}-{door}"))?);
        let draft = json!({ "owners": list, "starts_on": "1995-12-01" });
        client.send(Role::CommitteeWorker, "PUT", &path, &draft)?;
    }
    let mut members = Vec::new();
    for (name, relation) in FAMILY {
        members.push(json!({ "resident": known(&people, name)?, "relation": relation }));
    }
    let household = json!({
        "division": COMMITTEE, "dwelling": known(&doors, "1-502")?, "number": "310113-247-0502",
        "members": members
    });
    client.send(Role::CommitteeWorker, "POST", "/v1/households", &household)?;
    call_on(client, &known(&people, "王秀英")?)?;
    KNOWN.iter().try_for_each(|one| become_resident(client, building, one))
}

/// The street's label 独居老人 on a widow, and the committee's plan of visits to all who carry it.
fn call_on(client: &Client, widow: &str) -> Outcome<()> {
    let label = json!({
        "code": "lives_alone", "name": "独居老人", "division": STREET, "is_sensitive": false,
        "description": "六十岁以上，一个人住。",
        "see_roles": ["committee_worker", "committee_head", "street_officer"],
        "set_roles": ["committee_worker", "committee_head"]
    });
    let label = id(&client.send(Role::StreetOfficer, "POST", "/v1/labels", &label)?);
    let given = json!({ "label": label, "source": "visit", "reason": "老伴去世，儿女住在外区。" });
    client.send(Role::CommitteeWorker, "POST", &format!("/v1/residents/{widow}/labels"), &given)?;
    let plan = json!({
        "division": COMMITTEE, "name": "独居老人每周走访", "unit": "resident",
        "target": { "kind": "age_from", "age": 60 }, "label": label, "every_days": 7,
        "responsible": { "kind": "role", "role": "committee_worker" }
    });
    client.send(Role::CommitteeHead, "POST", "/v1/visit-plans", &plan).map(drop)
}

/// Somebody shows who they are: name, number and home agree, so that their account is their record's from now on.
fn become_resident(
    client: &Client,
    building: &str,
    (role, name, number, (unit, door)): &(Role, &str, &str, (&str, &str)),
) -> Outcome<()> {
    let claim = json!({
        "name": name, "document": { "kind": "resident_id_card", "number": number },
        "home": { "building": building, "unit": unit, "number": door }
    });
    let residency = client.send(*role, "POST", "/v1/me/residency", &claim)?;
    match residency["status"] == "verified" {
        true => Ok(()),
        false => Err(format!("{name} was not verified: {residency}")),
    }
}

fn residents(client: &Client) -> Outcome<Ids> {
    let mut ids = Ids::new();
    for (name, number, residence) in PEOPLE {
        let draft = json!({
            "name": name, "division": COMMITTEE, "residence": residence,
            "document": { "kind": "resident_id_card", "number": number },
            "external_id": format!("247-{:02}", ids.len() + 1)
        });
        let entered = client.send(Role::CommitteeWorker, "POST", "/v1/residents", &draft)?;
        ids.insert(name.to_owned(), id(&entered));
    }
    Ok(ids)
}

/// The homes of a building, by unit and door.
fn doors(client: &Client, building: &str) -> Outcome<Ids> {
    let path = format!("/v1/dwellings?building={building}&limit=100");
    let page = client.send(Role::CommitteeWorker, "GET", &path, &Value::Null)?;
    let homes = page["items"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(homes
        .iter()
        .map(|home| (format!("{}-{}", text(&home["unit"]), text(&home["number"])), id(home)))
        .collect())
}
