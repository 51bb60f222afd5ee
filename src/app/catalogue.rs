//! Every problem code there is, and the page that explains each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::get;
use actix_web::web::{Html, Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::access::{
    accounts, applications, codes, files, identities, jobs, otps, posts, sessions, totp_resets, wechat,
};
use crate::kit::problem::{self, NOT_FOUND, Result, Rule};
use crate::{activities, matters, people, places};

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    let rooms: &[&[&'static Rule]] = &[
        problem::RULES,
        otps::RULES,
        accounts::RULES,
        identities::RULES,
        wechat::RULES,
        sessions::RULES,
        applications::RULES,
        posts::RULES,
        jobs::RULES,
        totp_resets::RULES,
        codes::RULES,
        files::RULES,
        places::divisions::RULES,
        places::organisations::RULES,
        places::estates::RULES,
        places::buildings::RULES,
        places::dwellings::RULES,
        places::building_groups::RULES,
        places::venues::RULES,
        people::exports::RULES,
        people::imports::RULES,
        people::residents::RULES,
        people::homes::RULES,
        people::households::RULES,
        people::departures::RULES,
        people::merges::RULES,
        people::visits::RULES,
        people::visit_findings::RULES,
        people::visit_plans::RULES,
        people::labels::RULES,
        people::resident_labels::RULES,
        people::health::RULES,
        people::data_exports::RULES,
        people::data_grants::RULES,
        people::residencies::RULES,
        people::consents::RULES,
        people::corrections::RULES,
        people::erasures::RULES,
        people::guardians::RULES,
    ];
    let mut all: Vec<_> = [rooms.concat(), MATTERS.concat(), ACTIVITIES.concat()].concat();
    all.sort_by_key(|rule| rule.code);
    all
}

/// Those of matters, by feature.
const MATTERS: &[&[&Rule]] = &[
    matters::registry::RULES,
    matters::petitions::RULES,
    matters::petition_handling::RULES,
    matters::petition_dispatching::RULES,
    matters::petition_extensions::RULES,
    matters::petition_feedback::RULES,
    matters::petition_signatures::RULES,
    matters::petition_strike_outs::RULES,
    matters::petition_statistics::RULES,
    matters::mediation_cases::RULES,
    matters::mediation_handling::RULES,
    matters::mediation_hearings::RULES,
    matters::mediation_parties::RULES,
    matters::mediation_records::RULES,
    matters::mediation_seats::RULES,
    matters::mediation_extensions::RULES,
    matters::mediation_agreements::RULES,
    matters::mediation_performance::RULES,
    matters::mediation_confirmations::RULES,
    matters::mediation_annulments::RULES,
    matters::mediation_follow_ups::RULES,
    matters::mediation_penalty_waivers::RULES,
    matters::mediation_statistics::RULES,
    matters::mediation_subsidies::RULES,
    matters::mediation_examples::RULES,
    matters::categories::RULES,
    matters::calendar::RULES,
    matters::policies::RULES,
    matters::emergency_orders::RULES,
    matters::responsibilities::RULES,
    matters::summons::RULES,
    matters::dispute_entries::RULES,
    matters::dispute_route_rules::RULES,
    matters::screenings::RULES,
    matters::screening_leads::RULES,
    matters::mediation_staffing::RULES,
    matters::mediation_subsidy_rules::RULES,
    matters::mediators::RULES,
    matters::mediation_rooms::RULES,
    matters::mediation_room_staff::RULES,
    matters::hearing_slots::RULES,
];

/// Those of activities, by feature.
const ACTIVITIES: &[&[&Rule]] = &[
    activities::check_ins::RULES,
    activities::enrolments::RULES,
    activities::volunteer_calls::RULES,
    activities::volunteer_call_handling::RULES,
    activities::shifts::RULES,
    activities::shift_series::RULES,
    activities::shift_walk_ins::RULES,
    activities::shift_signups::RULES,
    activities::attendances::RULES,
    activities::hour_disputes::RULES,
    activities::certificates::RULES,
    activities::calendars::RULES,
    activities::volunteer_statistics::RULES,
    activities::volunteer_teams::RULES,
    activities::volunteer_team_members::RULES,
    activities::pledges::RULES,
    activities::pledge_reports::RULES,
    activities::recognitions::RULES,
    activities::recognition_objections::RULES,
    activities::recognition_rules::RULES,
    activities::volunteer_rules::RULES,
];

static BY_CODE: LazyLock<BTreeMap<&str, &Rule>> =
    LazyLock::new(|| rules().into_iter().map(|rule| (rule.code, rule)).collect());

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    BY_CODE.get(code).copied()
}

/// Registers the operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(find_problem);
}

/// The code in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProblemPath {
    /// The problem's code.
    #[param(example = "version-stale")]
    pub code: String,
}

/// Explain a problem
///
/// What a problem's `type` leads to: a page in Chinese and English. 错误说明。
#[utoipa::path(
    tag = "service",
    security(()),
    params(ProblemPath),
    responses((status = 200, description = "The page.", body = String, content_type = "text/html"))
)]
#[get("/{code}")]
pub async fn find_problem(path: Path<ProblemPath>) -> Result<Html> {
    let rule = rule(&path.code).ok_or(&NOT_FOUND)?;
    let Rule { code, zh, en, .. } = rule;
    Ok(Html::new(format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{code}</title>\
         <h1><code>{code}</code> · {}</h1><p>{zh}</p><p lang=\"en\">{en}</p></html>",
        rule.status().as_u16()
    )))
}
