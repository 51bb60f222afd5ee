//! The handler of the map.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::store;
use super::wire::{GeoJsonKind, VolunteerCallFeature, VolunteerCallMap, VolunteerCallMapQuery};
use crate::access::caller::Visitor;
use crate::access::gate::Gate;
use crate::kit::answer::GeoJson;
use crate::kit::problem::Result;

/// Registers the operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_volunteer_call_map);
}

/// See the open calls nearby
///
/// Those for everybody that say where they happen, at most a hundred, the closest first; GeoJSON (RFC 7946) for any map. Public.
/// 附近的招募令地图。
#[utoipa::path(
    tag = "volunteering",
    security(()),
    params(VolunteerCallMapQuery),
    responses((status = 200, description = "The calls.", body = VolunteerCallMap, content_type = "application/geo+json"))
)]
#[get("")]
pub async fn find_volunteer_call_map(
    visitor: Visitor,
    query: Query<VolunteerCallMapQuery>,
    gate: Data<Gate>,
) -> Result<GeoJson> {
    let near = query.near()?;
    let map = gate.read(visitor, move |look| {
        let calls = near.map_or(Ok(Vec::new()), |near| store::near(look, near))?;
        let places = store::places(look, &calls)?;
        let told = |call: &_| places.get(call).copied().unwrap_or_default();
        let features = calls.into_iter().map(|call| {
            let places = told(&call.id);
            VolunteerCallFeature::new(call, places)
        });
        Ok(VolunteerCallMap { r#type: GeoJsonKind::FeatureCollection, features: features.collect() })
    });
    map.await.map(GeoJson)
}
