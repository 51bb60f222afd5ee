//! How long everything is kept: one line a table at least, and why. The worker keeps to it once an hour.

use chrono::TimeDelta;

use crate::kit::retention::Fate::{Deleted, Emptied, Erased, Kept};
use crate::kit::retention::Period;

const NO_TIME: TimeDelta = TimeDelta::zero();
const DAY: TimeDelta = TimeDelta::days(1);
const FOUR_DAYS: TimeDelta = TimeDelta::days(4);
const WEEK: TimeDelta = TimeDelta::days(7);
const MONTH: TimeDelta = TimeDelta::days(30);
const QUARTER: TimeDelta = TimeDelta::days(90);
const THREE_YEARS: TimeDelta = TimeDelta::days(3 * 365);

/// Records of those who moved away or died, which [`crate::people::erasures`] erases.
pub const LEFT: &str = "of who left";
/// Records that were merged into others, which it empties.
pub const MERGED: &str = "merged";

const MAP: &str = "The map: it names no private person.";
const LIVES: &str =
    "As long as the records of those it names: who lived where when is asked for years later.";
const READS: &str =
    "Whom people's data was shared with: 个人信息保护法 art. 56 asks for three years at least.";
const RULES: &str =
    "By what rule something was handled is asked for years later. It names no private person.";
const MATTERS: &str = "What was asked of the office and how it was answered is kept as a file of the office 信访档案; who asked is told to few.";
const MEDIATION: &str = "人民调解法 art. 27: mediation committees keep files of their cases. Read by its parties and its table alone.";
const LEADS: &str = "人民调解法 art. 25: what may turn violent is watched, and what became of it is asked for later. Read by staff of the range alone.";
const MEDIATORS: &str =
    "Who served as what and when is what a mediation is judged by years later 人民调解法 art. 27.";
const VOLUNTEERS: &str = "《志愿服务记录与证明出具办法》（民政部令第67号）: records of service are kept, so that they can be proved.";
const HONOURS: &str = "What somebody was honoured for, who objected and how it was answered: asked for years later. Of a person only what they agreed to is shown.";
const PLEDGES: &str =
    "What was offered to a community and what came of it is reported on year by year 双报告.";
const CALLS: &str = "What was called for, when and where. It names no volunteer.";
const AUDIT: &str = "网络安全法 art. 21 asks for six months at least. Nothing in the program deletes it.";

/// Every period. A new table adds its line, and `SECURITY.md` shows it.
pub const PERIODS: &[Period] = &[
    kept("account_identities", "As long as the person has the account; keyed hashes only."),
    kept("accounts", "As long as the person has it."),
    deleted(
        "application_secrets",
        "retired_at",
        QUARTER,
        "Which secret opened what, for inquiries after a theft. A hash and four characters only.",
    ),
    kept("applications", "Who could call on whose behalf is what the audit trail is read by."),
    kept("attendance_corrections", VOLUNTEERS),
    kept("attendances", VOLUNTEERS),
    kept("audit_events", AUDIT),
    kept("audit_seals", AUDIT),
    kept("building_group_members", MAP),
    kept("building_group_titles", MAP),
    kept("building_groups", "The map. Leader and deputy are accounts, and change with their office."),
    kept("buildings", MAP),
    kept("calendar_days", RULES),
    kept("calendar_years", RULES),
    kept(
        "calendars",
        "Until whoever subscribed takes it away; a closed account's answers nothing. A keyed hash only.",
    ),
    kept("certificate_stays", VOLUNTEERS),
    kept(
        "certificates",
        "What was certified must be found by whoever is shown the number; whose it is is told to few.",
    ),
    deleted(
        "check_ins",
        "checked_in_at",
        MONTH,
        "Movement tracks 行踪轨迹: as the person was told. With the consent, if that goes first.",
    ),
    deleted("code_keys", "retired_at", MONTH, "What it signed may be uploaded for three days."),
    deleted(
        "code_uses",
        "expires_at",
        FOUR_DAYS,
        "A scan may be uploaded for three days, and must not count twice; random numbers and keyed hashes only.",
    ),
    kept("consents", "What somebody agreed to, and until when, is what a use of their data stands on."),
    kept("corrections", "What was asked and answered; the value goes with the decision."),
    deleted("data_exports", "created_at", WEEK, "Whoever asked for the copy has fetched it, or asks again."),
    kept("data_grant_reads", READS),
    kept("data_grants", READS),
    kept("disclosures", "个人信息保护法 art. 44: whom a person's data was shown to is theirs to know."),
    kept("dispatches", MATTERS),
    kept("dispute_entries", MATTERS),
    kept("dispute_route_rules", RULES),
    kept("division_lineages", MAP),
    kept("divisions", MAP),
    kept("dwelling_residents", LIVES),
    kept("dwellings", MAP),
    kept("emergency_orders", RULES),
    kept("enrolments", "What a record of the archive began with, and that the person agreed to it."),
    kept(
        "erasures",
        "That somebody was deleted or sealed, by whom or since when, and why; nothing of the person themselves.",
    ),
    kept("estates", MAP),
    kept("exports", "Who took a list of people away, and what for. The list itself goes after a week."),
    kept("file_links", "As long as the file."),
    kept(
        "files",
        "As long as what it belongs to. One that belongs to nothing goes after a day, its bytes with it.",
    ),
    kept("guardians", "As long as both records: who acted for a child is asked for years later."),
    kept("hearing_slots", MAP),
    kept("hour_disputes", VOLUNTEERS),
    kept("household_members", LIVES),
    kept("households", LIVES),
    deleted(
        "idempotency_keys",
        "expires_at",
        NO_TIME,
        "A day after the request nobody repeats it, and its answer may hold names and tokens.",
    ),
    kept("import_faults", "As long as the import."),
    kept("import_keys", "Emptied when the import is over; keyed hashes only."),
    deleted("imports", "finished_at", QUARTER, "Who asked for it knows what came of it."),
    Period {
        table: "imports",
        fate: Emptied { column: "report_sealed", to: "NULL", since: "report_until", after: NO_TIME },
        why: "A week after the import the bad rows are mended and sent again. Sealed; each reading is audited.",
    },
    kept("inbox_items", "As long as something waits; titles only."),
    deleted("jobs", "finished_at", QUARTER, "Who asked for it has fetched it, or asks again."),
    kept("label_count_deltas", "For a second, until the worker has added it up; numbers only."),
    kept("label_counts", "Numbers only."),
    kept("labels", "What a label meant is what the trail of labels is read by. It names no person."),
    kept("matter_clocks", MATTERS),
    kept("matter_events", MATTERS),
    kept("matter_extensions", MATTERS),
    kept("matter_policies", RULES),
    kept("matters", MATTERS),
    kept("mediation_agreement_items", MEDIATION),
    kept("mediation_agreements", MEDIATION),
    kept("mediation_annulments", MEDIATION),
    kept("mediation_cases", MEDIATION),
    kept("mediation_confirmation_parties", MEDIATION),
    kept("mediation_confirmations", MEDIATION),
    kept("mediation_evidence", MEDIATION),
    kept(
        "mediation_examples",
        "Who wrote what, from which case, and who read it first is asked for as long as it may be quoted. It names nobody.",
    ),
    kept("mediation_extension_replies", MEDIATION),
    kept("mediation_extensions", MEDIATION),
    kept("mediation_follow_ups", MEDIATION),
    kept("mediation_grades", RULES),
    kept("mediation_hearing_attendees", MEDIATION),
    kept("mediation_hearing_notices", MEDIATION),
    kept("mediation_hearing_reservations", MEDIATION),
    kept("mediation_hearings", MEDIATION),
    kept("mediation_notes", MEDIATION),
    kept("mediation_objections", MEDIATION),
    kept("mediation_parties", MEDIATION),
    kept("mediation_penalty_waivers", MEDIATION),
    kept("mediation_performances", MEDIATION),
    kept("mediation_seats", MEDIATION),
    kept("mediation_signatures", MEDIATION),
    kept("mediation_room_staff", MEDIATORS),
    kept("mediation_rooms", MAP),
    kept("mediation_staffing_rules", RULES),
    kept(
        "mediation_subsidies",
        "Money that was paid is accounted for; nothing in the program changes or deletes a line.",
    ),
    kept("mediation_subsidy_rules", RULES),
    kept("mediators", MEDIATORS),
    kept("organisations", MAP),
    deleted("otps", "expires_at", DAY, "Codes live ten minutes, and are counted for an hour."),
    deleted("outbox", "created_at", WEEK, "Whoever listens has fetched it; it holds ids only."),
    kept("petition_answers", MATTERS),
    kept("petition_categories", RULES),
    kept("petition_counts", "A number only."),
    kept("petition_facts", MATTERS),
    kept("petition_questions", RULES),
    kept("petition_ratings", MATTERS),
    kept("petition_reviews", MATTERS),
    kept(
        "petition_signatures",
        "As long as the petition: what was asked by how many must be provable. Who signed is told to few.",
    ),
    kept("petition_strike_outs", MATTERS),
    kept("petition_thresholds", MATTERS),
    kept("petitions", MATTERS),
    kept("pledge_reports", PLEDGES),
    kept("pledge_uses", PLEDGES),
    kept("pledges", PLEDGES),
    kept("posts", "Who held which office when is what the audit trail is read by."),
    kept("recognition_objections", HONOURS),
    kept("recognition_points", HONOURS),
    kept("recognition_rules", RULES),
    kept("recognitions", HONOURS),
    kept("recovery_codes", "Until it is used or another set is made; hashes only."),
    deleted("refresh_tokens", "used_at", MONTH, "A session lives that long without one; a hash only."),
    kept(
        "residencies",
        "Which account was found to be whom; what was said goes with the decision, or the account.",
    ),
    deleted("residency_attempts", "at", DAY, "Attempts are counted for a day; keyed hashes only."),
    kept(
        "resident_departures",
        "Who left when is asked for years later; where to goes with the record. One ends when that is opened again.",
    ),
    deleted(
        "resident_health",
        "left_at",
        MONTH,
        "Until the person withdraws the consent, or leaves: 个人信息保护法 art. 47. A mistake shows within a month.",
    ),
    deleted("resident_labels", "left_at", MONTH, "Until the person leaves. A mistake shows within a month."),
    deleted(
        "resident_labels",
        "removed_at",
        THREE_YEARS,
        "While the person carries it. Who set it and why may be asked for a while after.",
    ),
    kept("resident_merges", "An old id answers with the new one."),
    Period {
        table: "residents",
        fate: Erased { whose: LEFT, since: "ended_at", after: THREE_YEARS },
        why: "The archive 实有人口 serves who is here; for three years somebody may claim what they owe or are owed (民法典 art. 188). Later only while something stands on it: a home, a household, an open matter or wish, an account of who moved away, a child here whose guardian they are.",
    },
    Period {
        table: "residents",
        fate: Erased { whose: MERGED, since: "ended_at", after: MONTH },
        why: "The record that stays has what is true; a mistake shows within a month. Its id and name stay.",
    },
    kept("responsibilities", RULES),
    kept("responsibility_proposals", RULES),
    kept("screening_lead_parties", LEADS),
    kept("screening_leads", LEADS),
    kept("screenings", "What a campaign looked for, where and when. It names no private person."),
    deleted("sessions", "expires_at", QUARTER, "Who was signed in when, for inquiries after a theft."),
    Period {
        table: "sessions",
        fate: Emptied { column: "device", to: "''", since: "expires_at", after: MONTH },
        why: "What somebody called their device tells one's own sessions apart while they live.",
    },
    kept("shift_events", "What happened to each place: sign-ups by their ids only."),
    kept("shift_signups", VOLUNTEERS),
    kept("shifts", CALLS),
    deleted("sign_in_failures", "last_at", DAY, "Locks last an hour at most."),
    deleted("signing_keys", "retired_at", MONTH, "Its last token died within the hour."),
    kept("summons", "Which office was called to account, and what it answered."),
    kept("venues", MAP),
    kept("visit_companions", "As long as the visit."),
    kept("visit_findings", "As long as the visit: what was found may become a matter later."),
    kept("visit_plans", "Whom the committee means to visit how often: it names nobody."),
    kept("visits", LIVES),
    kept("volunteer_call_needs", CALLS),
    kept("volunteer_calls", CALLS),
    kept("volunteer_hours", VOLUNTEERS),
    kept("volunteer_rules", RULES),
    kept("volunteer_team_activations", RULES),
    kept("volunteer_team_members", VOLUNTEERS),
    kept("volunteer_teams", CALLS),
];

const fn kept(table: &'static str, why: &'static str) -> Period {
    Period { table, fate: Kept, why }
}

const fn deleted(table: &'static str, since: &'static str, after: TimeDelta, why: &'static str) -> Period {
    Period { table, fate: Deleted { since, after }, why }
}

/// The periods as a table, for `lilong retention` and for SECURITY.md.
pub fn table() -> String {
    let line = |period: &Period| {
        format!("| `{}` | {} | {} | {} |\n", period.table, period.what(), period.when(), period.why)
    };
    let lines: String = PERIODS.iter().map(line).collect();
    format!("| table | rows are | when | why |\n| --- | --- | --- | --- |\n{lines}")
}
