//! Every route, each feature below a scope of its own: actix tries the routes of one scope one after another.

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{catalogue, health};
use crate::access::{
    accounts, applications, audit, codes, files, identities, otps, posts, sessions, totp_resets,
};
use crate::activities::{
    attendances, calendars, certificates, check_ins, enrolments, hour_disputes, pledge_reports, pledges,
    recognition_objections, recognition_rules, recognitions, shift_series, shift_signups, shift_walk_ins,
    shifts, volunteer_call_handling, volunteer_call_map, volunteer_calls, volunteer_hours, volunteer_rules,
    volunteer_statistics, volunteer_team_members, volunteer_teams,
};
use crate::matters::{
    calendar, categories, dispute_entries, dispute_route_rules, emergency_orders, hearing_slots, inbox,
    mediation_agreements, mediation_annulments, mediation_cases, mediation_confirmations, mediation_examples,
    mediation_extensions, mediation_follow_ups, mediation_handling, mediation_hearings, mediation_parties,
    mediation_penalty_waivers, mediation_performance, mediation_records, mediation_room_staff,
    mediation_rooms, mediation_seats, mediation_staffing, mediation_statistics, mediation_subsidies,
    mediation_subsidy_rules, mediators, petition_dispatching, petition_extensions, petition_feedback,
    petition_handling, petition_lists, petition_signatures, petition_statistics, petition_strike_outs,
    petitions, policies, registry, responsibilities, screening_leads, screenings, summons,
};
use crate::people::{
    consents, corrections, data_exports, data_grants, departures, disclosures, erasures, exports, guardians,
    health as people_health, homes, households, imports, label_counts, labels, merges, residencies,
    resident_labels, residents, visit_findings, visit_plans, visits,
};
use crate::places::{
    building_groups, buildings, committee_finder, divisions, dwellings, estates, organisations, venues,
};

/// Registers everything that the document describes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .configure(health::routes)
        .configure(sessions::http::well_known_routes)
        .configure(applications::http::oauth_routes)
        .configure(codes::http::well_known_routes)
        .service(scope("/problems").configure(catalogue::routes))
        .service(
            scope("/v1")
                .service(scope("/auth").configure(otps::http::routes).configure(sessions::http::routes))
                .service(scope("/accounts").configure(accounts::http::routes))
                .service(scope("/me").configure(own_routes))
                .service(scope("/applications").configure(applications::http::routes))
                .service(scope("/posts").configure(posts::http::routes))
                .service(scope("/totp-resets").configure(totp_resets::http::routes))
                .service(scope("/code-verifications").configure(codes::http::verification_routes))
                .service(scope("/files").configure(files::http::routes))
                .service(scope("/audit-events").configure(audit::http::routes))
                .configure(place_routes)
                .configure(people_routes)
                .configure(matter_routes)
                .configure(mediation_routes)
                .configure(activity_routes),
        );
}

/// What is the caller's own.
fn own_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(scope("/disclosures").configure(disclosures::http::routes))
        .service(scope("/visits").configure(visits::http::own_routes))
        .service(scope("/consents").configure(consents::http::routes))
        .service(scope("/data-grants").configure(data_grants::http::own_routes))
        .service(scope("/corrections").configure(corrections::http::own_routes))
        .service(scope("/erasures").configure(erasures::http::own_routes))
        .service(scope("/data-exports").configure(data_exports::http::routes))
        .service(scope("/inbox").configure(inbox::http::own_routes))
        .service(scope("/shift-signups").configure(shift_signups::http::own_routes))
        .service(scope("/attendances").configure(attendances::http::own_routes))
        .service(scope("/volunteer-hours").configure(volunteer_hours::http::own_routes))
        .service(scope("/certificates").configure(certificates::http::own_routes))
        .service(scope("/calendars").configure(calendars::http::own_routes))
        .service(scope("/volunteer-teams").configure(volunteer_team_members::http::own_routes))
        .configure(residencies::http::own_routes)
        .service(scope("/check-ins").configure(check_ins::http::own_routes))
        .configure(codes::http::own_routes)
        .configure(accounts::http::own_routes)
        .configure(identities::http::own_routes);
}

fn place_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(scope("/divisions").configure(divisions::http::routes))
        .service(scope("/organisations").configure(organisations::http::routes))
        .service(scope("/estates").configure(estates::http::routes))
        .service(scope("/buildings").configure(buildings::http::routes))
        .service(scope("/dwellings").configure(dwellings::http::routes).configure(homes::http::routes))
        .service(scope("/building-groups").configure(building_groups::http::routes))
        .service(scope("/venues").configure(venues::http::routes))
        .service(scope("/committee-finder").configure(committee_finder::http::routes));
}

fn people_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(scope("/imports").configure(imports::http::routes))
        .service(scope("/exports").configure(exports::http::routes))
        .service(
            scope("/residents")
                .configure(residents::http::routes)
                .configure(homes::http::resident_routes)
                .configure(departures::http::routes)
                .configure(resident_labels::http::routes)
                .configure(people_health::http::routes)
                .configure(guardians::http::routes)
                .configure(erasures::http::resident_routes),
        )
        .service(scope("/labels").configure(labels::http::routes))
        .service(scope("/label-counts").configure(label_counts::http::routes))
        .service(scope("/health-summary").configure(people_health::http::summary_routes))
        .service(scope("/data-grants").configure(data_grants::http::routes))
        .service(scope("/resident-lookups").configure(residents::http::lookup_routes))
        .service(scope("/resident-merges").configure(merges::http::routes))
        .service(scope("/households").configure(households::http::routes))
        .service(scope("/visits").configure(visits::http::routes))
        .service(scope("/visit-findings").configure(visit_findings::http::routes))
        .service(scope("/visit-plans").configure(visit_plans::http::routes))
        .service(scope("/residencies").configure(residencies::http::routes))
        .service(scope("/corrections").configure(corrections::http::routes))
        .service(scope("/erasures").configure(erasures::http::routes))
        .service(scope("/restricted-residents").configure(erasures::http::restricted_routes))
        .service(scope("/privacy-notice").configure(consents::http::notice_routes));
}

fn matter_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(scope("/matters").configure(registry::http::routes))
        .service(
            scope("/petitions")
                .configure(petition_lists::http::routes)
                .configure(petitions::http::routes)
                .configure(petition_handling::http::routes)
                .configure(petition_dispatching::http::petition_routes)
                .configure(petition_extensions::http::petition_routes)
                .configure(petition_feedback::http::routes)
                .configure(petition_signatures::http::routes)
                .configure(petition_strike_outs::http::petition_routes),
        )
        .service(scope("/petition-strike-outs").configure(petition_strike_outs::http::routes))
        .service(scope("/petition-reports").configure(petition_lists::http::report_routes))
        .service(scope("/petition-statistics").configure(petition_statistics::http::routes))
        .service(scope("/petition-lookups").configure(petition_lists::http::lookup_routes))
        .service(
            scope("/mediation-cases")
                .configure(mediation_cases::http::routes)
                .configure(mediation_handling::http::routes)
                .configure(mediation_parties::http::routes)
                .configure(mediation_seats::http::routes)
                .configure(mediation_records::http::routes)
                .configure(mediation_extensions::http::routes)
                .configure(mediation_agreements::http::routes)
                .configure(mediation_performance::http::routes)
                .configure(mediation_confirmations::http::routes)
                .configure(mediation_annulments::http::routes)
                .configure(mediation_follow_ups::http::routes)
                .configure(mediation_penalty_waivers::http::routes)
                .configure(mediation_hearings::http::routes)
                .configure(mediation_examples::http::case_routes),
        )
        .service(scope("/dispatches").configure(petition_dispatching::http::routes))
        .service(scope("/matter-extensions").configure(petition_extensions::http::routes))
        .service(scope("/petition-categories").configure(categories::http::routes))
        .service(scope("/calendar-days").configure(calendar::http::routes))
        .service(scope("/matter-policies").configure(policies::http::routes))
        .service(scope("/emergency-orders").configure(emergency_orders::http::routes))
        .service(scope("/responsibilities").configure(responsibilities::http::routes))
        .service(scope("/responsible-organisations").configure(responsibilities::http::responsible_routes))
        .service(scope("/responsibility-proposals").configure(responsibilities::http::proposal_routes))
        .service(scope("/summons").configure(summons::http::routes))
        .service(scope("/summons-records").configure(summons::http::record_routes));
}

/// Where disputes are mediated, and by whom.
fn mediation_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(scope("/dispute-entries").configure(dispute_entries::http::routes))
        .service(scope("/dispute-route-rules").configure(dispute_route_rules::http::routes))
        .service(
            scope("/screenings").configure(screenings::http::routes).configure(screening_leads::http::routes),
        )
        .service(
            scope("/mediation-rooms")
                .configure(mediation_rooms::http::routes)
                .configure(mediation_room_staff::http::routes)
                .configure(hearing_slots::http::routes),
        )
        .service(
            scope("/mediation-agreement-verifications")
                .configure(mediation_agreements::http::verification_routes),
        )
        .service(scope("/mediation-room-shortfalls").configure(mediation_rooms::http::shortfall_routes))
        .service(scope("/mediation-staffing-rules").configure(mediation_staffing::http::routes))
        .service(scope("/mediation-subsidy-rules").configure(mediation_subsidy_rules::http::routes))
        .service(scope("/mediation-statistics").configure(mediation_statistics::http::routes))
        .service(scope("/mediation-subsidies").configure(mediation_subsidies::http::routes))
        .service(scope("/mediation-subsidy-totals").configure(mediation_subsidies::http::total_routes))
        .service(scope("/mediation-examples").configure(mediation_examples::http::routes))
        .service(scope("/mediators").configure(mediators::http::routes))
        .service(scope("/mediator-proposals").configure(mediators::http::proposal_routes));
}

fn activity_routes(config: &mut ServiceConfig<'_>) {
    let batches = scope("/check-in-batches").app_data(check_ins::http::BATCH_LIMIT);
    config
        .service(scope("/check-ins").configure(check_ins::http::routes))
        .service(batches.configure(check_ins::http::batch_routes))
        .service(scope("/enrolments").configure(enrolments::http::routes))
        .configure(volunteer_routes);
}

fn volunteer_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(
            scope("/volunteer-calls")
                .configure(volunteer_calls::http::routes)
                .configure(volunteer_call_handling::http::routes)
                .configure(shifts::http::call_routes)
                .configure(shift_series::http::routes),
        )
        .service(scope("/volunteer-call-map").configure(volunteer_call_map::http::routes))
        .service(
            scope("/shifts")
                .configure(shifts::http::routes)
                .configure(shift_signups::http::shift_routes)
                .configure(shift_walk_ins::http::shift_routes)
                .configure(attendances::http::shift_routes),
        )
        .service(
            scope("/shift-signups")
                .configure(shift_signups::http::routes)
                .configure(hour_disputes::http::signup_routes),
        )
        .service(scope("/attendances").configure(attendances::http::routes))
        .service(scope("/hour-disputes").configure(hour_disputes::http::routes))
        .service(scope("/certificates").configure(certificates::http::routes))
        .service(scope("/certificate-verifications").configure(certificates::http::verification_routes))
        .service(scope("/calendars").configure(calendars::http::routes))
        .service(
            scope("/volunteer-teams")
                .configure(volunteer_teams::http::routes)
                .configure(volunteer_team_members::http::routes),
        )
        .service(
            scope("/recognitions")
                .configure(recognitions::http::routes)
                .configure(recognition_objections::http::routes),
        )
        .service(scope("/pledges").configure(pledges::http::routes).configure(pledge_reports::http::routes))
        .service(scope("/recognition-rules").configure(recognition_rules::http::routes))
        .service(scope("/volunteer-rules").configure(volunteer_rules::http::routes))
        .service(scope("/volunteer-statistics").configure(volunteer_statistics::http::routes))
        .service(scope("/volunteer-loads").configure(volunteer_statistics::http::load_routes));
}
