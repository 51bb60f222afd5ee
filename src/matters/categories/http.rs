//! Handlers of categories.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::CategoryRow;
use super::wire::{CategoryDraft, CategoryPatch, CategoryPath, CategoryQuery, CategoryView};
use super::{Action, actions, store};
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
        .service(list_petition_categories)
        .service(find_petition_category)
        .service(create_petition_category)
        .service(update_petition_category);
}

/// List categories of petitions
///
/// With what is asked besides: what a form needs. The city's first, then district by district and street by street. 诉求类别目录。
#[utoipa::path(
    tag = "petitions",
    params(CategoryQuery),
    responses((status = 200, description = "One page of categories.", body = Page<CategoryView>))
)]
#[get("")]
pub async fn list_petition_categories(
    caller: Caller,
    query: Query<CategoryQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let questions = store::questions_of(look, &ids)?;
        let key = |row: &CategoryRow| (row.division, row.code.clone());
        pager.page(rows, key, |row| CategoryView::new(row, &questions))
    });
    page.await.map(Listed)
}

/// See a category of petitions
///
/// With what is asked besides. 诉求类别详情。
#[utoipa::path(
    tag = "petitions",
    params(CategoryPath),
    responses((status = 200, description = "The category.", body = CategoryView))
)]
#[get("/{petition_category}")]
pub async fn find_petition_category(
    caller: Caller,
    path: Path<CategoryPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.read(caller, move |look| actions::find(look, path.petition_category)).await.map(Found)
}

/// Add a category of petitions
///
/// To a city, a district or a street within the range of one's posts; it applies there and below. 新增诉求类别。
#[utoipa::path(
    tag = "petitions",
    responses((status = 201, description = "The category.", body = CategoryView)),
    extensions(("x-problem-codes" = json!([
        "petition-category-code-taken", "petition-category-division-unknown", "petition-question-code-twice",
        "petition-question-choices-unfit"
    ])))
)]
#[post("")]
pub async fn create_petition_category(
    caller: Caller,
    draft: Json<CategoryDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a category of petitions
///
/// Questions that are sent take the place of all that there were. Petitions that were filed keep what they answered. 修改诉求类别。
#[utoipa::path(
    tag = "petitions",
    params(CategoryPath),
    responses((status = 200, description = "As it now is.", body = CategoryView)),
    extensions(("x-problem-codes" = json!(["petition-question-code-twice", "petition-question-choices-unfit"])))
)]
#[patch("/{petition_category}")]
pub async fn update_petition_category(
    caller: Caller,
    path: Path<CategoryPath>,
    seen: IfMatch,
    patch: Json<CategoryPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.petition_category, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
