//! Handlers of building groups.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{BuildingGroupDetailView, BuildingGroupView};
use super::wire::{
    BuildingGroupBrandDraft, BuildingGroupDraft, BuildingGroupLeaderDraft, BuildingGroupPatch,
    BuildingGroupPath, BuildingGroupQuery, BuildingGroupTitleDraft, BuildingGroupTitleView,
};
use super::{Action, actions, leaders, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_building_groups)
        .service(find_building_group)
        .service(create_building_group)
        .service(update_building_group)
        .service(update_building_group_leader)
        .service(update_building_group_brand)
        .service(create_building_group_title);
}

/// List building groups
///
/// By division, by estate, or those a building belongs to. 楼组列表。
#[utoipa::path(
    tag = "building-groups",
    params(BuildingGroupQuery),
    responses((status = 200, description = "One page of building groups.", body = Page<BuildingGroupView>))
)]
#[get("")]
pub async fn list_building_groups(
    caller: Caller,
    query: Query<BuildingGroupQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.group.division, row.group.id.0), BuildingGroupView::from)
    });
    page.await.map(Listed)
}

/// See a building group
///
/// With its members, who leads it, its brand and the titles it won. 楼组详情。
#[utoipa::path(
    tag = "building-groups",
    params(BuildingGroupPath),
    responses((status = 200, description = "The building group.", body = BuildingGroupDetailView))
)]
#[get("/{building_group}")]
pub async fn find_building_group(
    caller: Caller,
    path: Path<BuildingGroupPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.snapshot(caller, move |look| actions::find(look, path.building_group)).await.map(Found)
}

/// Found a building group
///
/// Of buildings or units of one estate within the range of one's posts. 组建楼组。
#[utoipa::path(
    tag = "building-groups",
    responses((status = 201, description = "The building group is founded.", body = BuildingGroupDetailView)),
    extensions(("x-problem-codes" = json!([
        "building-group-name-taken", "building-group-estate-unknown", "building-group-building-unknown",
        "building-group-unit-unknown", "building-group-members-overlap", "building-group-member-taken",
        "division-abolished"
    ])))
)]
#[post("")]
pub async fn create_building_group(
    caller: Caller,
    draft: Json<BuildingGroupDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a building group
///
/// Its name, slogan, introduction or members. Its estate stays. 修改楼组。
#[utoipa::path(
    tag = "building-groups",
    params(BuildingGroupPath),
    responses((status = 200, description = "As it now is.", body = BuildingGroupDetailView)),
    extensions(("x-problem-codes" = json!([
        "building-group-name-taken", "building-group-building-unknown", "building-group-unit-unknown",
        "building-group-members-overlap", "building-group-member-taken"
    ])))
)]
#[patch("/{building_group}")]
pub async fn update_building_group(
    caller: Caller,
    path: Path<BuildingGroupPath>,
    seen: IfMatch,
    patch: Json<BuildingGroupPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.building_group, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Say who leads a building group
///
/// By the numbers of their accounts. They get the post of a group leader in the group's division; those who led it
/// before lose it, unless they lead another group there. Nobody appoints themselves. 任命楼组长。
#[utoipa::path(
    tag = "building-groups",
    params(BuildingGroupPath),
    responses((status = 200, description = "As it now is.", body = BuildingGroupDetailView)),
    extensions(("x-problem-codes" = json!([
        "building-group-leader-unknown", "building-group-deputy-is-leader", "post-self-granted", "post-held"
    ])))
)]
#[put("/{building_group}/leader")]
pub async fn update_building_group_leader(
    caller: Caller,
    path: Path<BuildingGroupPath>,
    seen: IfMatch,
    draft: Json<BuildingGroupLeaderDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| leaders::update(act, path.building_group, &seen, draft.into_inner()))
        .await
        .map(Changed)
}

/// Give a building group its brand
///
/// By its committee, or by the group's own leader or deputy. 楼组品牌。
#[utoipa::path(
    tag = "building-groups",
    params(BuildingGroupPath),
    responses((status = 200, description = "As it now is.", body = BuildingGroupDetailView))
)]
#[put("/{building_group}/brand")]
pub async fn update_building_group_brand(
    caller: Caller,
    path: Path<BuildingGroupPath>,
    seen: IfMatch,
    draft: Json<BuildingGroupBrandDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update_brand(act, path.building_group, &seen, draft.into_inner()))
        .await
        .map(Changed)
}

/// Enter a title that a building group won
///
/// Such as 活力楼组, with the organisation that granted it and the day: one of this place or above it, which is the caller's own or lies
/// within their range. 楼组荣誉称号。
#[utoipa::path(
    tag = "building-groups",
    params(BuildingGroupPath),
    responses((status = 201, description = "The title is entered.", body = BuildingGroupTitleView)),
    extensions(("x-problem-codes" = json!([
        "building-group-title-taken", "building-group-title-ahead", "building-group-granter-unknown",
        "building-group-granter-unfit", "organisation-closed"
    ])))
)]
#[post("/{building_group}/titles")]
pub async fn create_building_group_title(
    caller: Caller,
    path: Path<BuildingGroupPath>,
    draft: Json<BuildingGroupTitleDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create_title(act, path.building_group, draft.into_inner()))
        .await
        .map(Created)
}
