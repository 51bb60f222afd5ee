//! Handlers of hours.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::HoursRow;
use super::wire::{VolunteerHoursPage, VolunteerHoursView, VolunteerStarView};
use super::{Action, store};
use crate::access::act::Look;
use crate::access::caller::Caller;
use crate::access::division::Division;
use crate::access::gate::Gate;
use crate::activities::volunteer_rules;
use crate::kit::answer::Listed;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::subjects::{self, SubjectsQuery};

/// Registers the operation below `/me/volunteer-hours`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config.service(list_volunteer_hours);
}

/// List one's hours of service
///
/// Line by line, the newest first, with what was taken back and why; the sum of all, and the stars it makes by the rules of one's
/// place. Who moved away keeps them. 我的志愿服务时长。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of the ledger.", body = VolunteerHoursPage)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_volunteer_hours(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    gate.snapshot(caller, move |look| list(look, &query)).await.map(Listed)
}

fn list(look: &mut Look<'_>, query: &SubjectsQuery) -> Result<VolunteerHoursPage> {
    look.scope(Action::ListOwn)?;
    let subjects = subjects::ever(look, query.subject)?;
    let of: Vec<_> = subjects.iter().map(|subject| subject.resident).collect();
    let pager = look.pager(Action::ListOwn, &query.subject, query.limit, query.cursor.as_deref())?;
    let rows = store::page(look, &of, &pager)?;
    let page = pager.page(rows, |row: &HoursRow| row.id.0, VolunteerHoursView::from)?;
    let total_minutes = store::total(look, &of)?;
    let rules = volunteer_rules::store::all(look.conn)?;
    let place = subjects.first().map_or(Division::SHANGHAI, |subject| subject.division);
    let today = local_date(look.now);
    let stars = rules.reached(place, today, total_minutes);
    let ladder = rules.stars(place, today);
    let next = ladder.into_iter().find(|star| i64::from(star.minutes) > total_minutes);
    Ok(VolunteerHoursPage { page, total_minutes, stars, next_star: next.map(VolunteerStarView::from) })
}
