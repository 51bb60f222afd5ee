//! Handlers of who is in a team.

use actix_web::web::{Data, Path, Query};
use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::MemberRow;
use super::views::{NamedVolunteerTeamMemberView, VolunteerTeamMemberView};
use super::wire::{
    VolunteerTeamLeaderDraft, VolunteerTeamMemberDraft, VolunteerTeamMemberPath, VolunteerTeamMemberQuery,
};
use super::{Action, actions, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::activities::volunteer_teams::VolunteerTeamPath;
use crate::kit::answer::{Changed, Created, Done, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::json::Json;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;

/// Registers the operations below a team.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_volunteer_team_members)
        .service(create_volunteer_team_member)
        .service(delete_volunteer_team_member)
        .service(update_volunteer_team_leader);
}

/// Registers the operations below `/me/volunteer-teams`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_own_volunteer_teams);
}

/// List who is in a team
///
/// For who organises the team, and for its leader: with names and what they can do. The look is recorded. 队员名册。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath, VolunteerTeamMemberQuery),
    responses((status = 200, description = "One page of members.", body = Page<NamedVolunteerTeamMemberView>))
)]
#[get("/{volunteer_team}/members")]
pub async fn list_volunteer_team_members(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    query: Query<VolunteerTeamMemberQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    gate.write(caller, move |act| actions::list(act, path.volunteer_team, &query.into_inner()))
        .await
        .map(Listed)
}

/// Join a team
///
/// For oneself, as a verified resident of the place or the building group that it serves. Nobody joins somebody else. 加入志愿服务队。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 201, description = "One is in it.", body = VolunteerTeamMemberView)),
    extensions(("x-problem-codes" = json!([
        "volunteer-team-outside", "volunteer-team-joined", "volunteer-team-age-unfit", "volunteer-team-dissolved"
    ])))
)]
#[post("/{volunteer_team}/members")]
pub async fn create_volunteer_team_member(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    draft: Json<VolunteerTeamMemberDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::create(act, path.volunteer_team, draft.into_inner()))
        .await
        .map(Created)
}

/// Leave a team
///
/// Whenever one likes. Who organises the team may let somebody go. 退出志愿服务队。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamMemberPath),
    responses((status = 204, description = "The person is not in it any more."))
)]
#[delete("/{volunteer_team}/members/{member}")]
pub async fn delete_volunteer_team_member(
    caller: Caller,
    path: Path<VolunteerTeamMemberPath>,
    gate: Data<Gate>,
) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.volunteer_team, path.member)).await.map(Done)
}

/// Say who leads a team
///
/// One of those in it, in place of who did. 指定队长。
#[utoipa::path(
    tag = "volunteering",
    params(VolunteerTeamPath),
    responses((status = 200, description = "Who leads it.", body = VolunteerTeamMemberView)),
    extensions(("x-problem-codes" = json!(["volunteer-team-leader-unfit"])))
)]
#[put("/{volunteer_team}/leader")]
pub async fn update_volunteer_team_leader(
    caller: Caller,
    path: Path<VolunteerTeamPath>,
    seen: IfMatch,
    draft: Json<VolunteerTeamLeaderDraft>,
    gate: Data<Gate>,
) -> Result<Changed> {
    gate.write(caller, move |act| actions::lead(act, path.volunteer_team, &seen, draft.into_inner().member))
        .await
        .map(Changed)
}

/// List the teams that one is in
///
/// The newest first. 我的志愿服务队。
#[utoipa::path(
    tag = "me",
    params(PageQuery),
    responses((status = 200, description = "One page of teams.", body = Page<VolunteerTeamMemberView>))
)]
#[get("")]
pub async fn list_own_volunteer_teams(
    caller: Caller,
    query: Query<PageQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        look.scope(Action::ListOwn)?;
        let pager = look.pager(Action::ListOwn, &(), query.limit, query.cursor.as_deref())?;
        let rows = store::page_own(look, &pager)?;
        pager.page(rows, |row: &MemberRow| row.id.0, VolunteerTeamMemberView::from)
    });
    page.await.map(Listed)
}
