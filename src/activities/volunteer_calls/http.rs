//! Handlers of calls.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::VolunteerCall;
use super::views::{VolunteerCallDetailView, VolunteerCallView};
use super::wire::{VolunteerCallDraft, VolunteerCallPatch, VolunteerCallPath, VolunteerCallQuery};
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
        .service(list_volunteer_calls)
        .service(find_volunteer_call)
        .service(create_volunteer_call)
        .service(update_volunteer_call);
}

/// List calls for volunteers
///
/// What is published for one as a resident of a building group or a division, or for everybody; and, for who organises, all within
/// the range of one's posts, drafts too. 志愿者招募令列表。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallQuery),
    responses((status = 200, description = "One page of calls.", body = Page<VolunteerCallView>))
)]
#[get("")]
pub async fn list_volunteer_calls(
    caller: Caller,
    query: Query<VolunteerCallQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let (filter, system) = (query.filter(), query.coord_system);
    let page = gate.read(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = match actions::is_seen(look, filter.petition)? {
            true => store::page(look, &filter, &pager)?,
            false => Vec::new(),
        };
        let key = |call: &VolunteerCall| (call.row.division, call.row.id.0);
        pager.page(rows, key, |call| VolunteerCallView::from(call).shown_in(system))
    });
    page.await.map(Listed)
}

/// See a call for volunteers
///
/// With who is wanted and the poster. 招募令详情。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath, CoordQuery),
    responses((status = 200, description = "The call.", body = VolunteerCallDetailView))
)]
#[get("/{volunteer_call}")]
pub async fn find_volunteer_call(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    query: Query<CoordQuery>,
    gate: Data<Gate>,
) -> Result<Found> {
    let found = gate.read(caller, move |look| {
        let found = actions::find(look, path.volunteer_call)?;
        Ok(found.shown_in(query.coord_system))
    });
    found.await.map(Found)
}

/// Write a call for volunteers
///
/// As a draft, which only who organises sees: a committee or a street within the range of one's posts, a district or the city for the whole
/// of it, or the leader of a building group for that group. 起草招募令。
#[utoipa::path(
    tag = "volunteering",
    responses((status = 201, description = "The call, a draft.", body = VolunteerCallDetailView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-division-unknown", "volunteer-call-organiser-unfit", "volunteer-call-risks-untold",
        "volunteer-call-ages-reversed", "volunteer-call-need-doubled", "volunteer-call-visibility-unfit",
        "volunteer-call-petition-unfit", "file-unknown"
    ])))
)]
#[post("")]
pub async fn create_volunteer_call(
    caller: Caller,
    draft: Json<VolunteerCallDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a call for volunteers
///
/// Until it is over. Who is signed up stays so, whatever is asked from then on; so work does not become dangerous for minors among them,
/// nor is it left uninsured before their shifts end. 修改招募令。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerCallPath),
    responses((status = 200, description = "The call.", body = VolunteerCallDetailView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-call-state-unfit", "volunteer-call-risks-untold", "volunteer-call-ages-reversed",
        "volunteer-call-visibility-unfit", "volunteer-call-people-uninsured", "volunteer-call-minors-signed-up",
        "volunteer-call-petition-unfit", "volunteer-call-petition-told", "volunteer-call-need-doubled", "file-unknown"
    ])))
)]
#[patch("/{volunteer_call}")]
pub async fn update_volunteer_call(
    caller: Caller,
    path: Path<VolunteerCallPath>,
    seen: IfMatch,
    patch: Json<VolunteerCallPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.volunteer_call, &seen, patch.into_inner()))
        .await
        .map(Changed)
}
