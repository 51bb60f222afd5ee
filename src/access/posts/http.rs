//! Handlers of posts.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::store::{self, Filter};
use super::wire::{PostDraft, PostPath, PostQuery, PostView};
use super::{Action, Follower, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Listed};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_posts).service(create_post).service(delete_post);
}

/// List posts
///
/// Who holds which role where, within one's range; residents see their own. 岗位任职。
#[utoipa::path(
    tag = "posts",
    params(PostQuery),
    responses((status = 200, description = "One page of posts.", body = Page<PostView>))
)]
#[get("")]
pub async fn list_posts(caller: Caller, query: Query<PostQuery>, gate: Data<Gate>) -> Result<Listed> {
    let PostQuery { division, organisation, role, limit, cursor } = query.into_inner();
    let filter = Filter { division, organisation, role };
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, limit, cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let all = actions::with_cross_posts(look, &rows)?;
        pager.page(rows, |row| row.id, |row| PostView::new(row, &all))
    });
    page.await.map(Listed)
}

/// Appoint somebody
///
/// Nobody grants at or above their own level, beyond their own range, or to themselves; and for an organisation only where
/// it lies in that range, or the granting post is for it, too. A term that begins after the current one ends may be granted
/// ahead. 授予岗位。
#[utoipa::path(
    tag = "posts",
    responses((status = 201, description = "The post is granted.", body = PostView)),
    extensions(("x-problem-codes" = json!([
        "post-above-own", "post-self-granted", "post-held", "post-holder-unknown", "post-place-unknown",
        "post-term-invalid"
    ])))
)]
#[post("")]
pub async fn create_post(caller: Caller, draft: Json<PostDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// End a post
///
/// By whoever could grant it, or by its holder, who resigns. Who thereby is no group leader 楼组长 of a division any more leads no
/// building group there. 撤销岗位。
#[utoipa::path(
    tag = "posts",
    params(PostPath),
    responses((status = 204, description = "The post has ended.")),
    extensions(("x-problem-codes" = json!(["post-above-own"])))
)]
#[delete("/{post}")]
pub async fn delete_post(
    caller: Caller,
    path: Path<PostPath>,
    follower: Data<Follower>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.post, **follower)).await.map(Done)
}
