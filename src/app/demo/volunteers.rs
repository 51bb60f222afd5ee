//! The evenings of 247号楼: 李爷叔 calls for hands that carry the shopping up the stairs, 陈阿姨 comes for eight weeks, and has given a
//! hundred hours (G1, G3). So there is a ledger to look at, a star, and something to certify.

use chrono::{DateTime, Days, NaiveTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::client::{Client, id};
use super::{COMMITTEE, WEEKS};
use crate::access::role::Role;
use crate::app::start::Outcome;
use crate::kit::clock::{local_date, shanghai};

/// What 陈阿姨 agreed to do.
pub struct Duty {
    shift: String,
    signup: Value,
}

/// The call, and who follows it.
pub fn call(client: &Client, group: &str, now: DateTime<Utc>) -> Outcome<Duty> {
    let draft = json!({
        "division": COMMITTEE, "organiser": { "building_group": group }, "title": "'梯'升男友力：每天傍晚帮老邻居拎菜上楼",
        "story": "六层没有电梯。每天傍晚五点到七点，谁有空谁来，帮老人把米和菜拎到家门口。",
        "needs": [{ "role": "拎菜上楼", "quantity": 6 }], "visibility": "public", "contact": "247号楼一层，找李爷叔",
        "location": { "longitude": 121.4890, "latitude": 31.4050, "coord_system": "wgs84" }
    });
    let call = id(&client.send(Role::GroupLeader, "POST", "/v1/volunteer-calls", &draft)?);
    let path = format!("/v1/volunteer-calls/{call}");
    client.send(Role::GroupLeader, "POST", &format!("{path}/publication"), &Value::Null)?;
    let shift = json!({
        "role": "拎菜上楼", "place": "247号楼一层大厅", "kind": "flexible", "capacity": 6,
        "starts_at": written(now), "ends_at": written(now + chrono::TimeDelta::weeks(2 * WEEKS))
    });
    let shift = id(&client.send(Role::GroupLeader, "POST", &format!("{path}/shifts"), &shift)?);
    let signup = client.send(Role::Resident, "POST", &format!("/v1/shifts/{shift}/signups"), &json!({}))?;
    Ok(Duty { shift, signup: signup["id"].clone() })
}

/// Every evening since, two hours each, from 李爷叔's list.
pub fn evenings(client: &Client, duty: &Duty, now: DateTime<Utc>) -> Outcome<()> {
    let path = format!("/v1/shifts/{}/attendances", duty.shift);
    let today = local_date(now);
    for ago in (1..WEEKS.unsigned_abs() * 7).rev() {
        let day = today - Days::new(ago);
        for (event, hour) in [("arrival", 17), ("departure", 19)] {
            let at =
                NaiveTime::from_hms_opt(hour, 0, 0).map(|time| (day.and_time(time) - shanghai()).and_utc());
            let note = json!({
                "signup": duty.signup, "event": event, "at": at.map(written), "reason": "楼组长签到本"
            });
            client.send(Role::GroupLeader, "POST", &path, &note)?;
        }
    }
    Ok(())
}

fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
