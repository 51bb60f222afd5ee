//! One attempt at each operation of the room `places`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Scene;
use crate::support::{OWN, SIBLING};

impl Scene {
    /// The request of an operation.
    pub fn on_places(&self, operation: &str, n: u32) -> Option<(&'static str, String, Option<Value>)> {
        let Scene { organisation, estate, building, dwelling, .. } = self;
        let list = |path: &str| ("GET", format!("/v1/{path}?division={OWN}"), None);
        let find = |path: &str, id: &Uuid| ("GET", format!("/v1/{path}/{id}"), None);
        let create = |path: &str, body: Value| ("POST", format!("/v1/{path}"), Some(body));
        let update = |path: &str, id: &Uuid, body: Value| ("PATCH", format!("/v1/{path}/{id}"), Some(body));
        Some(match operation {
            "list_divisions" => ("GET", "/v1/divisions?limit=1".into(), None),
            "find_division" => ("GET", format!("/v1/divisions/{OWN}"), None),
            "update_division" => ("PATCH", format!("/v1/divisions/{OWN}"), Some(json!({ "address": "x" }))),
            "create_division_predecessor" => {
                let body = json!({ "predecessor": SIBLING, "kind": "merged", "effective_on": "2019-07-01" });
                ("POST", format!("/v1/divisions/{OWN}/predecessors"), Some(body))
            }
            "list_organisations" => list("organisations"),
            "find_organisation" => find("organisations", organisation),
            "create_organisation" => create(
                "organisations",
                json!({ "name": format!("社团{n}"), "kind": "social_organisation", "division": OWN }),
            ),
            "update_organisation" => update("organisations", organisation, json!({ "address": "x" })),
            "list_estates" => list("estates"),
            "find_estate" => find("estates", estate),
            "create_estate" => {
                create("estates", json!({ "name": format!("小区{n}"), "kind": "commodity", "division": OWN }))
            }
            "update_estate" => update("estates", estate, json!({ "address": "x" })),
            "list_buildings" => list("buildings"),
            "find_building" => find("buildings", building),
            "create_building" => create("buildings", json!({ "estate": estate, "number": format!("{n}号") })),
            "update_building" => update("buildings", building, json!({ "floors": 6 })),
            "list_dwellings" => list("dwellings"),
            "find_dwelling" => find("dwellings", dwelling),
            "create_dwelling" => {
                create("dwellings", json!({ "building": building, "number": format!("{n}") }))
            }
            "update_dwelling" => update("dwellings", dwelling, json!({ "floor": 5 })),
            "find_committee" => {
                ("GET", "/v1/committee-finder?q=%E5%AE%9D%E9%92%A2%E4%BA%94%E6%9D%91".into(), None)
            }
            _ => return self.on_building_groups(operation, n),
        })
    }

    fn on_building_groups(&self, operation: &str, n: u32) -> Option<(&'static str, String, Option<Value>)> {
        let Scene { organisation, estate, group, .. } = self;
        let at = |part: &str| format!("/v1/building-groups/{group}{part}");
        Some(match operation {
            "list_building_groups" => ("GET", format!("/v1/building-groups?division={OWN}"), None),
            "find_building_group" => ("GET", at(""), None),
            "create_building_group" => {
                // A group of its own needs a building of its own; an unknown one is refused after the permit.
                let members = json!([{ "building": Uuid::nil(), "unit": "" }]);
                let body = json!({ "estate": estate, "name": format!("楼组{n}"), "members": members });
                ("POST", "/v1/building-groups".into(), Some(body))
            }
            "update_building_group" => ("PATCH", at(""), Some(json!({ "slogan": "x" }))),
            "update_building_group_leader" => {
                let body = json!({ "leader_phone": null, "deputy_phone": null });
                ("PUT", at("/leader"), Some(body))
            }
            "update_building_group_brand" => {
                let body = json!({ "name": "'梯'升男友力", "story": "邻里互助" });
                ("PUT", at("/brand"), Some(body))
            }
            "create_building_group_title" => {
                let day = chrono::NaiveDate::from_yo_opt(2000 + n as i32 / 365, n % 365 + 1)?;
                let body = json!({ "title": "活力楼组", "granted_by": organisation, "granted_on": day });
                ("POST", at("/titles"), Some(body))
            }
            _ => return None,
        })
    }
}
