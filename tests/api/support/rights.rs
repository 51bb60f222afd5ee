//! Homes, and accounts that are verified residents, for tests.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::CARD;
use super::{OWN, Person, Reply, Town, wait_until};

/// Valid by its checksum, and nobody's.
pub const OTHER_CARD: &str = "31011320050101001X";

/// A dwelling of a building in `OWN`.
pub struct Home {
    pub building: Uuid,
    pub dwelling: Uuid,
}

/// Builds a house with one dwelling, 1单元 502.
pub fn home(town: &Town) -> Home {
    let [estate, building, dwelling] = std::array::from_fn(|n| Uuid::from_u128(0x700 + n as u128));
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, units, created_at, updated_at)
             VALUES ('{building}', '{estate}', {OWN}, '247号', '{{1}}', now(), now());
         INSERT INTO dwellings (id, building_id, division, unit, number, created_at, updated_at)
             VALUES ('{dwelling}', '{building}', {OWN}, '1', '502', now(), now())"
    ));
    Home { building, dwelling }
}

/// Lets a resident live there.
pub fn settle(town: &Town, resident: &Value, home: &Home) {
    let (id, dwelling) = (resident["id"].as_str().unwrap(), home.dwelling);
    town.execute(&format!("UPDATE residents SET home_id = '{dwelling}' WHERE id = '{id}'"));
}

/// Makes an account the resident's own, as if it had been shown.
pub fn bind(town: &Town, person: &Person, resident: &Value) {
    let (id, account) = (resident["id"].as_str().unwrap(), person.account);
    town.execute(&format!("UPDATE residents SET account_id = '{account}' WHERE id = '{id}'"));
}

/// Changes the account of a record in a transaction of its own, which is not committed until something waits for it.
pub fn rebind_meanwhile<T: Send>(
    town: &Town,
    resident: &str,
    person: &Person,
    work: impl FnOnce() -> T + Send,
) -> T {
    let change = format!("UPDATE residents SET account_id = '{}' WHERE id = '{resident}'", person.account);
    meanwhile(town, [&change, ""], work)
}

/// Does something in a transaction of its own, and once the work waits for it, something more before it is committed.
pub fn meanwhile<T: Send>(town: &Town, [first, then]: [&str; 2], work: impl FnOnce() -> T + Send) -> T {
    let mut other = town.owner();
    other.batch_execute(&format!("BEGIN; {first}")).expect("it is done, and not committed yet");
    std::thread::scope(|scope| {
        let working = scope.spawn(work);
        wait_until("it waits for the other", || {
            let waiting = "datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0";
            town.count(&format!("SELECT count(*) FROM pg_stat_activity WHERE {waiting}")) == 1
        });
        other.batch_execute(&format!("{then}; COMMIT")).expect("it is committed");
        working.join().expect("an answer")
    })
}

/// Closes an account behind the scenes, in one statement of several.
pub fn closing(person: &Person) -> String {
    let id = person.account;
    format!(
        "UPDATE accounts SET closed_at = now(), phone_sealed = '', phone_hash = NULL, password_hash = NULL WHERE id = '{id}';
         UPDATE residents SET account_id = NULL WHERE account_id = '{id}'"
    )
}

/// What somebody says of themselves.
pub fn claim(name: &str, home: &Home) -> Value {
    json!({
        "name": name,
        "document": { "kind": "resident_id_card", "number": CARD },
        "home": { "building": home.building, "unit": "1单元", "number": "502室" }
    })
}

/// Says it.
pub fn say(town: &Town, person: &Person, claim: Value) -> Reply {
    town.post("/v1/me/residency", claim).by(person).send()
}

/// Decides about it.
pub fn decide(town: &Town, worker: &Person, residency: &Reply, decision: Value) -> Reply {
    let id = residency.body["id"].as_str().unwrap();
    town.post(&format!("/v1/residencies/{id}/decision"), decision).by(worker).send()
}
