//! What comes of a case that was filed, for tests: lines of the ledger, typical cases.

use uuid::Uuid;

use super::disputes::put_seat;
use super::{OWN, Town};

/// A line of 200 yuan for a mediator who sat in that case.
pub fn put_subsidy(town: &Town, case: Uuid, account: impl std::fmt::Display) -> Uuid {
    let id = lilong::kit::id::next();
    let seat = put_seat(town, case, "mediator", &account, "accepted");
    town.execute(&format!(
        "INSERT INTO mediation_subsidies
             (id, division, case_id, seat_id, account_id, rule_id, role, grade, outcome, amount_fen, legal_basis, earned_on, created_by,
              created_at)
             SELECT '{id}', {OWN}, '{case}', '{seat}', '{account}', id, role, grade, outcome, amount_fen, legal_basis, '{on}', '{account}',
                    '{at}' FROM mediation_subsidy_rules WHERE role = 'mediator' AND grade = 'general' AND outcome = 'performed'",
        on = lilong::kit::clock::local_date(town.now()),
        at = town.now()
    ));
    id
}

/// A typical case of a case, in that state.
pub fn put_example(town: &Town, case: Uuid, state: &str) -> Uuid {
    let id = lilong::kit::id::next();
    let (writer, reader) = (town.resident().account, town.resident().account);
    let (reviewed, at) = match state {
        "published" => (format!("'{reader}'"), format!("'{}'", town.now())),
        _ => ("NULL".into(), "NULL".into()),
    };
    town.execute(&format!(
        "INSERT INTO mediation_examples
             (id, case_id, district, dispute_type, title, facts, mediation, lesson, state, written_by, edited_by, reviewed_by, review_note,
              published_at, withdrawal_reason, created_at, updated_at)
             VALUES ('{id}', '{case}', 310113000000, 'neighbour', 'x', 'x', 'x', 'x', '{state}', '{writer}', '{writer}', {reviewed}, '',
              {at}, '', '{now}', '{now}')",
        now = town.now()
    ));
    id
}
