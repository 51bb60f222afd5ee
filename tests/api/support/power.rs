//! Organisations, and who speaks for them, for tests of responsibilities and summons.

use super::{Person, Town};
use lilong::access::role::Role;

/// Enters an organisation; its id.
pub fn organisation(town: &Town, kind: &str, name: &str, division: &str) -> String {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
             VALUES ('{id}', '{name}', '{kind}', {division}, now(), now())"
    ));
    id.to_string()
}

/// Somebody with a post in an organisation.
pub fn speaker(town: &Town, role: Role, division: &str, organisation: &str) -> Person {
    let person = town.staff(role, division);
    town.execute(&format!(
        "UPDATE posts SET organisation_id = '{organisation}' WHERE account_id = '{}'",
        person.account
    ));
    person
}

/// The id of a default category.
pub fn category(town: &Town, code: &str) -> String {
    town.text(&format!("SELECT id FROM petition_categories WHERE code = '{code}'"))
}

/// Enters a matter of a division with a dispatch that came back; the ids of both.
pub fn returned(town: &Town, division: &str, category: &str, organisation: &str) -> (String, String) {
    let [matter, dispatch] = [lilong::kit::id::next(), lilong::kit::id::next()];
    let by = town.resident().account;
    let receipt: String = matter.simple().to_string().chars().rev().take(12).collect();
    town.execute(&format!(
        "INSERT INTO matters
             (id, kind, division, receipt, title, category_id, state, grade, level, is_open, returns, created_at, updated_at)
             VALUES ('{matter}', 'petition', {division}, '{receipt}', 'x', '{category}', 'accepted', 'normal', 'street', true, 1, now(), now());
         INSERT INTO dispatches
             (id, matter_id, division, organisation_id, role, state, hop, note, dispatched_by, dispatched_at, decided_by,
              decided_at, return_reason, return_note)
             VALUES ('{dispatch}', '{matter}', {division}, '{organisation}', 'lead', 'returned', 1, '', '{by}', now(), '{by}',
              now(), 'not_responsible', 'x')"
    ));
    (matter.to_string(), dispatch.to_string())
}

/// Enters what a returned dispatch proposes; its id.
pub fn proposal(town: &Town, division: &str, category: &str, organisation: &str) -> String {
    let (_, dispatch) = returned(town, division, category, organisation);
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO responsibility_proposals (id, dispatch_id, division, category_id, organisation_id, status, created_at)
             VALUES ('{id}', '{dispatch}', {division}, '{category}', '{organisation}', 'pending', now())"
    ));
    id.to_string()
}
