//! Handlers of organisations.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    OrganisationDraft, OrganisationPatch, OrganisationPath, OrganisationQuery, OrganisationView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::places::coordinates::{CoordQuery, Located as _};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_organisations)
        .service(find_organisation)
        .service(create_organisation)
        .service(update_organisation);
}

/// List organisations
///
/// Committees, companies, stations and departments, by territory 块, by kind, or by superior 条. 组织列表。
#[utoipa::path(
    tag = "organisations",
    params(OrganisationQuery),
    responses((status = 200, description = "One page of organisations.", body = Page<OrganisationView>))
)]
#[get("")]
pub async fn list_organisations(
    caller: Caller,
    query: Query<OrganisationQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let (filter, system) = (query.filter(), query.coord_system);
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.division, row.id.0), |row| OrganisationView::from(row).shown_in(system))
    });
    page.await.map(Listed)
}

/// See an organisation
///
/// Its territory, its superior and how it is reached. Its members, with their cross posts 交叉任职, are read through
/// `list_posts?organisation=`. 组织详情。
#[utoipa::path(
    tag = "organisations",
    params(OrganisationPath, CoordQuery),
    responses((status = 200, description = "The organisation.", body = OrganisationView))
)]
#[get("/{organisation}")]
pub async fn find_organisation(
    caller: Caller,
    path: Path<OrganisationPath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        let found = store::find(look, path.organisation)?;
        Ok(OrganisationView::from(found).shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// Add an organisation
///
/// To a division within the range of one's posts. 登记组织。
#[utoipa::path(
    tag = "organisations",
    responses((status = 201, description = "The organisation is entered.", body = OrganisationView)),
    extensions(("x-problem-codes" = json!([
        "organisation-name-taken", "organisation-credit-code-taken", "organisation-superior-unknown",
        "organisation-closed", "organisation-division-unknown", "division-abolished"
    ])))
)]
#[post("")]
pub async fn create_organisation(
    caller: Caller,
    draft: Json<OrganisationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change an organisation
///
/// Its name, territory, superior, credit code, how it is reached, or the day it closed. Its kind stays. 修改组织。
#[utoipa::path(
    tag = "organisations",
    params(OrganisationPath),
    responses((status = 200, description = "As it now is.", body = OrganisationView)),
    extensions(("x-problem-codes" = json!([
        "organisation-name-taken", "organisation-credit-code-taken", "organisation-superior-unknown",
        "organisation-superior-circular", "organisation-closed", "organisation-division-unknown",
        "division-abolished"
    ])))
)]
#[patch("/{organisation}")]
pub async fn update_organisation(
    caller: Caller,
    path: Path<OrganisationPath>,
    seen: IfMatch,
    patch: Json<OrganisationPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.organisation, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
