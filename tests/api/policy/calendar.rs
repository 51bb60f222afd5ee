//! One attempt at each operation on the calendar, on policies and on emergency orders.

use chrono::TimeDelta;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, Town};

const POLICY: Uuid = Uuid::from_u128(0x1501);
const ORDER: Uuid = Uuid::from_u128(0x1502);

impl Scene {
    /// The request of an operation.
    pub fn on_calendar(&self, town: &Town, operation: &str) -> Option<(&'static str, String, Option<Value>)> {
        Some(match operation {
            "list_calendar_days" => ("GET", "/v1/calendar-days?year=2026".into(), None),
            "update_calendar_days" => {
                let days = json!([{ "day": "2028-01-01", "is_workday": false, "name": "元旦" }]);
                let body = json!({ "source": "国务院办公厅", "days": days });
                ("PUT", "/v1/calendar-days/2028".into(), Some(body))
            }
            "list_policies" => ("GET", format!("/v1/matter-policies?division={OWN}"), None),
            "create_policy" => {
                let body = json!({
                    "division": OWN, "kind": "petition", "mode": "normal", "clock": "resolution", "amount": 3,
                    "unit": "working_day", "effective_from": local_date(town.now()), "legal_basis": "居民公约"
                });
                ("POST", "/v1/matter-policies".into(), Some(body))
            }
            "create_policy_end" => {
                put_policy(town);
                let body = json!({ "on": local_date(town.now()) });
                ("POST", format!("/v1/matter-policies/{POLICY}/end"), Some(body))
            }
            "list_emergency_orders" => {
                put_order(town);
                ("GET", format!("/v1/emergency-orders?division={OWN}"), None)
            }
            "find_emergency_order" => {
                put_order(town);
                ("GET", format!("/v1/emergency-orders/{ORDER}"), None)
            }
            "create_emergency_order" => {
                let body = json!({
                    "division": OWN, "title": "防汛", "legal_basis": "防汛指挥部令",
                    "ends_at": town.now() + TimeDelta::days(2)
                });
                ("POST", "/v1/emergency-orders".into(), Some(body))
            }
            "create_emergency_order_end" => {
                put_order(town);
                ("POST", format!("/v1/emergency-orders/{ORDER}/end"), None)
            }
            _ => return None,
        })
    }
}

/// A policy of `OWN`.
fn put_policy(town: &Town) {
    town.execute(&format!(
        "INSERT INTO matter_policies (id, division, kind, mode, clock, amount, unit, effective_from, legal_basis, created_at)
         VALUES ('{POLICY}', {OWN}, 'petition', 'normal', 'silence', 7, 'calendar_day', '2026-01-01', 'x', now())
         ON CONFLICT DO NOTHING"
    ));
}

/// An order for `OWN`, and for nobody above.
fn put_order(town: &Town) {
    town.execute(&format!(
        "INSERT INTO emergency_orders (id, division, title, legal_basis, starts_at, ends_at, created_by, created_at)
         SELECT '{ORDER}', {OWN}, '防汛', 'x', now(), now() + interval '1 day', id, now() FROM accounts LIMIT 1
         ON CONFLICT DO NOTHING"
    ));
}
