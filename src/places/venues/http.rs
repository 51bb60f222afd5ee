//! Handlers of venues.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{
    VenueCodeImageQuery, VenueCodeView, VenueDraft, VenuePatch, VenuePath, VenueQuery, VenueView,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Found, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::picture::{Picture, PictureFile, PictureFormat};
use crate::kit::problem::Result;
use crate::places::coordinates::{CoordQuery, Located as _};

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_venues)
        .service(find_venue)
        .service(create_venue)
        .service(update_venue)
        .service(find_venue_code)
        .service(create_venue_code)
        .service(find_venue_code_image)
        .service(find_venue_sheet);
}

/// List venues
///
/// Where one may go: by division, by kind, near a point; an application's, within its range. 场所列表。
#[utoipa::path(
    tag = "venues",
    params(VenueQuery),
    responses((status = 200, description = "One page of venues.", body = Page<VenueView>))
)]
#[get("")]
pub async fn list_venues(caller: Caller, query: Query<VenueQuery>, gate: Data<Gate>) -> Result<Listed> {
    let query = query.into_inner();
    let (filter, system) = (query.filter()?, query.coord_system);
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let view = |row| VenueView::new(row, filter.near).shown_in(system);
        pager.page(rows, |row| (row.division, row.id.0), view)
    });
    page.await.map(Listed)
}

/// See a venue
///
/// What and where it is, and how its code is shown. 场所详情。
#[utoipa::path(
    tag = "venues",
    params(VenuePath, CoordQuery),
    responses((status = 200, description = "The venue.", body = VenueView))
)]
#[get("/{venue}")]
pub async fn find_venue(
    caller: Caller,
    path: Path<VenuePath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        let found = store::find(look, path.venue)?;
        Ok(VenueView::new(found, None).shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// Add a venue
///
/// To a division within the range of one's posts. It gets its code with it. 登记场所。
#[utoipa::path(
    tag = "venues",
    responses((status = 201, description = "The venue is entered.", body = VenueView)),
    extensions(("x-problem-codes" = json!([
        "venue-name-taken", "venue-division-unknown", "division-abolished", "venue-organisation-unknown",
        "organisation-closed", "venue-fence-unfit"
    ])))
)]
#[post("")]
pub async fn create_venue(caller: Caller, draft: Json<VenueDraft>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a venue
///
/// Its name, kind, place, how its code is shown, or whether one may go there. Its division stays. 修改场所。
#[utoipa::path(
    tag = "venues",
    params(VenuePath),
    responses((status = 200, description = "As it now is.", body = VenueView)),
    extensions(("x-problem-codes" = json!([
        "venue-name-taken", "venue-organisation-unknown", "organisation-closed", "venue-fence-unfit"
    ])))
)]
#[patch("/{venue}")]
pub async fn update_venue(
    caller: Caller,
    path: Path<VenuePath>,
    seen: IfMatch,
    patch: Json<VenuePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.venue, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// See a venue's code
///
/// As it is shown now: a static one stays, a rotating one is another every 30 seconds, and the screen asks again at `expires_at`.
/// 场所码。
#[utoipa::path(
    tag = "venues",
    params(VenuePath),
    responses((status = 200, description = "The code.", body = VenueCodeView)),
    extensions(("x-problem-codes" = json!(["venue-code-attended", "venue-closed"])))
)]
#[get("/{venue}/code")]
pub async fn find_venue_code(caller: Caller, path: Path<VenuePath>, gate: Data<Gate>) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        let (row, shown) = actions::find_code(look, Action::FindCode, path.venue)?;
        Ok(VenueCodeView::new(&row, shown))
    });
    found.await.map(Found)
}

/// Give a venue another code
///
/// What was printed or photographed before counts no more. 更换场所码。
#[utoipa::path(
    tag = "venues",
    params(VenuePath),
    responses((status = 201, description = "The new code.", body = VenueCodeView)),
    extensions(("x-problem-codes" = json!(["venue-code-attended", "venue-closed"])))
)]
#[post("/{venue}/code")]
pub async fn create_venue_code(caller: Caller, path: Path<VenuePath>, gate: Data<Gate>) -> Result<Created> {
    gate.write(caller, move |act| actions::create_code(act, path.venue)).await.map(Created)
}

/// Draw a venue's code
///
/// The symbol as it is shown now, alone, as SVG or PNG. 场所码图片。
#[utoipa::path(
    tag = "venues",
    params(VenuePath, VenueCodeImageQuery),
    responses((status = 200, description = "The picture.", content(
        (PictureFile = "image/svg+xml"),
        (PictureFile = "image/png")
    ))),
    extensions(("x-problem-codes" = json!(["venue-code-attended", "venue-closed"])))
)]
#[get("/{venue}/code/image")]
pub async fn find_venue_code_image(
    caller: Caller,
    path: Path<VenuePath>,
    query: Query<VenueCodeImageQuery>,
    gate: Data<Gate>,
) -> Result<Picture> {
    let found = gate.fetch(caller, move |look| actions::find_code(look, Action::FindCodeImage, path.venue));
    let (_, shown) = found.await?;
    Picture::of_code(&shown.text, query.format.unwrap_or(PictureFormat::Svg))
}

/// Draw a venue's sheet
///
/// What hangs at the door: a page of A4 with the name, the code, and its characters for whoever can't scan; an SVG that browsers
/// print and turn into PDF. Of static codes only. 场所码打印页。
#[utoipa::path(
    tag = "venues",
    params(VenuePath),
    responses((status = 200, description = "The sheet.", body = PictureFile, content_type = "image/svg+xml")),
    extensions(("x-problem-codes" = json!(["venue-code-attended", "venue-closed", "venue-code-not-printed"])))
)]
#[get("/{venue}/sheet")]
pub async fn find_venue_sheet(caller: Caller, path: Path<VenuePath>, gate: Data<Gate>) -> Result<Picture> {
    let (row, shown) = gate.fetch(caller, move |look| actions::find_printed(look, path.venue)).await?;
    let content = actions::draw_sheet(&row, &shown)?.into_bytes();
    Ok(Picture { content, format: PictureFormat::Svg })
}
