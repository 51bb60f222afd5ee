//! Handlers of data grants.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::views::{DataGrantReadView, DataGrantView, GrantedPageView, OwnDataGrantView};
use super::wire::{DataGrantDraft, DataGrantPath, DataGrantQuery};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::subjects::SubjectsQuery;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_data_grants)
        .service(create_data_grant)
        .service(delete_data_grant)
        .service(list_data_grant_residents)
        .service(list_data_grant_reads);
}

/// Registers what is the caller's own, below `/me/data-grants`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_my_data_grants);
}

/// List data grants
///
/// Those of the range of one's posts, and those to organisations in which one holds a post; ended ones, too. 数据共享授权列表。
#[utoipa::path(
    tag = "data-grants",
    params(DataGrantQuery),
    responses((status = 200, description = "One page of grants.", body = Page<DataGrantView>))
)]
#[get("")]
pub async fn list_data_grants(
    caller: Caller,
    query: Query<DataGrantQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        pager.page(rows, |row| (row.grant.division, row.grant.id.0), DataGrantView::from)
    });
    page.await.map(Listed)
}

/// Grant data
///
/// Lets the staff of an organisation read certain fields of the residents of a division within reach, for a purpose, for a
/// year at most, on a basis of the law: `statutory_duty` 履行法定职责, which is that of state organs and committees, or `consent`
/// 单独同意. Nobody grants to an organisation in which they hold a post. 新增数据共享授权。
#[utoipa::path(
    tag = "data-grants",
    responses((status = 201, description = "The grant.", body = DataGrantView)),
    extensions(("x-problem-codes" = json!([
        "data-grant-term-unfit", "data-grant-grantee-unknown", "data-grant-basis-not-theirs",
        "data-grant-division-unknown", "data-grant-self-granted"
    ])))
)]
#[post("")]
pub async fn create_data_grant(
    caller: Caller,
    draft: Json<DataGrantDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Withdraw a data grant
///
/// At once: the next page is refused. 撤回数据共享授权。
#[utoipa::path(
    tag = "data-grants",
    params(DataGrantPath),
    responses((status = 204, description = "The grant is withdrawn."))
)]
#[delete("/{data_grant}")]
pub async fn delete_data_grant(caller: Caller, path: Path<DataGrantPath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.data_grant)).await.map(Done)
}

/// Read through a data grant
///
/// One page of the residents present in the grant's division, with the fields granted and no others; for those who hold a
/// post in the organisation it was granted to. Of a grant on `consent` those of them alone who agreed to `third_party_sharing`
/// with that organisation as `recipient`, or whose guardian did, and have not taken it back. Each page is on record, and each person can read that their whole numbers
/// were looked at. 按授权读取居民数据（留痕）。
#[utoipa::path(
    tag = "data-grants",
    params(DataGrantPath, PageQuery),
    responses((status = 200, description = "One page of residents.", body = GrantedPageView)),
    extensions(("x-problem-codes" = json!(["data-grant-ended"])))
)]
#[get("/{data_grant}/residents")]
pub async fn list_data_grant_residents(
    caller: Caller,
    path: Path<DataGrantPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    gate.write(caller, move |act| actions::list_residents(act, path.data_grant, &query)).await.map(Listed)
}

/// List what was read through a data grant
///
/// Each page read: by whom, when, of how many people; the newest first. For both sides. 数据共享读取记录。
#[utoipa::path(
    tag = "data-grants",
    params(DataGrantPath, PageQuery),
    responses((status = 200, description = "One page of reads.", body = Page<DataGrantReadView>))
)]
#[get("/{data_grant}/reads")]
pub async fn list_data_grant_reads(
    caller: Caller,
    path: Path<DataGrantPath>,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| actions::list_reads(look, path.data_grant, &query));
    page.await.map(Listed)
}

/// List whom one's data is shared with
///
/// The grants that count now for the division that keeps one's record, and those above it: which organisation may read which fields, what for
/// and on which basis. One on `consent` shows one only when `agreed` is true: who wants that agrees to `third_party_sharing` with
/// its grantee as `recipient` (`POST /v1/me/consents`), and whoever wants it no more withdraws that. Nothing, without a record. 谁在共享我的信息。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of grants.", body = Page<OwnDataGrantView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_my_data_grants(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    gate.read(caller, move |look| actions::list_own(look, &query)).await.map(Listed)
}
