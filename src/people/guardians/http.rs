//! Handlers of guardians.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{GuardianDraft, GuardianPath, GuardianView, WardPath};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::residents;

/// Registers the operations below `/residents`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_guardians).service(create_guardian).service(delete_guardian);
}

/// List a child's guardians
///
/// Who acts for it now. 监护人。
#[utoipa::path(
    tag = "residents",
    params(WardPath, PageQuery),
    responses((status = 200, description = "One page of guardians.", body = Page<GuardianView>))
)]
#[get("/{resident}/guardians")]
pub async fn list_guardians(
    caller: Caller,
    path: Path<WardPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (id, PageQuery { limit, cursor }) = (path.resident, query.into_inner());
    let page = gate.read(caller, move |look| {
        let ward = residents::store::find(look, id)?;
        let ward = look.permit(Action::List, ward)?;
        let pager = look.pager(Action::List, &ward.resident.id, limit, cursor.as_deref())?;
        let rows = store::page(look, &ward, &pager)?;
        pager.page(rows, |row| row.id, GuardianView::from)
    });
    page.await.map(Listed)
}

/// Record a guardian
///
/// Of a child under 14, by what was seen. The guardian's account then acts for the child. 登记监护人。
#[utoipa::path(
    tag = "residents",
    params(WardPath),
    responses((status = 201, description = "The guardian.", body = GuardianView)),
    extensions(("x-problem-codes" = json!([
        "guardian-ward-not-child", "guardian-unknown", "guardian-not-adult", "guardian-taken"
    ])))
)]
#[post("/{resident}/guardians")]
pub async fn create_guardian(
    caller: Caller,
    path: Path<WardPath>,
    draft: Json<GuardianDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.resident, draft.into_inner())).await.map(Created)
}

/// End a guardianship
///
/// The guardian acts for the child no more. 解除监护登记。
#[utoipa::path(
    tag = "residents",
    params(GuardianPath),
    responses((status = 204, description = "It has ended."))
)]
#[delete("/{resident}/guardians/{guardian}")]
pub async fn delete_guardian(caller: Caller, path: Path<GuardianPath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.resident, path.guardian)).await.map(Done)
}
