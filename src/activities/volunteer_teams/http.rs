//! Handlers of teams.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::VolunteerTeam;
use super::views::VolunteerTeamView;
use super::wire::{
    VolunteerTeamActivationDraft, VolunteerTeamDraft, VolunteerTeamPatch, VolunteerTeamPath,
    VolunteerTeamPatternDraft, VolunteerTeamQuery,
};
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
        .service(list_volunteer_teams)
        .service(find_volunteer_team)
        .service(create_volunteer_team)
        .service(update_volunteer_team)
        .service(update_volunteer_team_pattern)
        .service(create_volunteer_team_activation)
        .service(create_volunteer_team_stand_down);
}

/// List teams of volunteers
///
/// Standing teams, response teams and second lines, by what they can do; not who is in them. 志愿服务队列表。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamQuery),
    responses((status = 200, description = "One page of teams.", body = Page<VolunteerTeamView>))
)]
#[get("")]
pub async fn list_volunteer_teams(
    caller: Caller,
    query: Query<VolunteerTeamQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let filter = query.filter();
    let page = gate.snapshot(caller, move |look| {
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &filter, &pager)?;
        let ids: Vec<_> = rows.iter().map(|team| team.row.id).collect();
        let held = store::activations(look, &ids)?;
        let key = |team: &VolunteerTeam| (team.row.division, team.row.id.0);
        pager.page(rows, key, |team| VolunteerTeamView::new(team, &held))
    });
    page.await.map(Listed)
}

/// See a team of volunteers
///
/// Whose it is, what it can do, what it does each week, and whether it is called up. 志愿服务队详情。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 200, description = "The team.", body = VolunteerTeamView))
)]
#[get("/{volunteer_team}")]
pub async fn find_volunteer_team(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    gate: Data<Gate>,
) -> Result<Found> {
    gate.snapshot(caller, move |look| actions::find(look, path.volunteer_team)).await.map(Found)
}

/// Found a team of volunteers
///
/// Of an organisation within the range of one's posts, of a district or the city for the whole of it, or of the building group that one
/// leads. Nobody is in it yet: people join by themselves. 组建志愿服务队。
#[utoipa::path(
    tag = "volunteering",
    responses((status = 201, description = "The team.", body = VolunteerTeamView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-team-name-taken", "volunteer-team-division-unknown", "volunteer-team-pattern-unfit",
        "volunteer-call-organiser-unfit"
    ])))
)]
#[post("")]
pub async fn create_volunteer_team(
    caller: Caller,
    draft: Json<VolunteerTeamDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, draft.into_inner())).await.map(Created)
}

/// Change a team of volunteers
///
/// Its name, story and skills, what it does each week 固定班次, or whether it goes on. Its kind stays: who joined, joined that.
/// 修改志愿服务队。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 200, description = "The team.", body = VolunteerTeamView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-team-name-taken", "volunteer-team-pattern-unfit", "volunteer-team-dissolved"
    ])))
)]
#[patch("/{volunteer_team}")]
pub async fn update_volunteer_team(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    seen: IfMatch,
    patch: Json<VolunteerTeamPatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::update(act, path.volunteer_team, &seen, patch.into_inner()))
        .await
        .map(Changed)
}

/// Say what a team of volunteers does each week
///
/// In place of what it did; shifts that are made already stay. By who organises the team, or by its leader 队长. 设定每周固定班次。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 200, description = "The team.", body = VolunteerTeamView)),
    extensions(("x-problem-codes" = json!(["volunteer-team-pattern-unfit", "volunteer-team-dissolved"])))
)]
#[put("/{volunteer_team}/pattern")]
pub async fn update_volunteer_team_pattern(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    seen: IfMatch,
    draft: Json<VolunteerTeamPatternDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::set_pattern(act, path.volunteer_team, &seen, &draft.into_inner()))
        .await
        .map(Changed)
}

/// Call a team up
///
/// A response team or a second line, by an emergency order that is in force where it is. Whether its members come is theirs to say: they
/// sign up for shifts as others do. 启用突击队、第二梯队。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 201, description = "The team, called up.", body = VolunteerTeamView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-team-dissolved", "volunteer-team-kind-unfit", "volunteer-team-order-unfit", "volunteer-team-activated"
    ])))
)]
#[post("/{volunteer_team}/activation")]
pub async fn create_volunteer_team_activation(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    draft: Json<VolunteerTeamActivationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::activate(act, path.volunteer_team, &draft.into_inner()))
        .await
        .map(Created)
}

/// Let a team stand down
///
/// Before the order ends; with it, it stands down by itself. 解除启用。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 201, description = "The team, at rest.", body = VolunteerTeamView)),
    extensions(("x-problem-codes" = json!(["volunteer-team-kind-unfit", "volunteer-team-not-activated"])))
)]
#[post("/{volunteer_team}/stand-down")]
pub async fn create_volunteer_team_stand_down(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::stand_down(act, path.volunteer_team)).await.map(Created)
}
