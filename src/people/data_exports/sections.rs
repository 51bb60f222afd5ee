//! What a copy holds: one line for each table that says something of a person. A test holds the list against the schema, so that
//! a new table can't be forgotten. Ids of others, and what staff note for themselves, are left out.

/// By what rows are a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The account's.
    Account,
    /// Their records' in the archive.
    Record,
}

/// One part of a copy.
pub struct Section {
    /// Its name in the JSON.
    pub name: &'static str,
    /// The table, with what is joined to it.
    pub table: &'static str,
    /// By what.
    pub whose: Whose,
    /// The column that names the account or the record.
    pub column: &'static str,
    /// What is told.
    pub columns: &'static str,
}

const fn section(
    name: &'static str,
    table: &'static str,
    whose: Whose,
    column: &'static str,
    columns: &'static str,
) -> Section {
    Section { name, table, whose, column, columns }
}

use Whose::{Account, Record};

/// Every part.
pub const SECTIONS: &[Section] = &[
    section("account", "accounts", Account, "id", "id, display_name, language, created_at"),
    section("sessions", "sessions", Account, "account_id", "device, created_at, last_used_at"),
    section("posts", "posts", Account, "account_id", "role, division, starts_on, ends_on, ended_at"),
    section(
        "check_ins",
        "check_ins",
        Account,
        "account_id",
        "purpose, division, checked_in_at, recorded_at, is_offline",
    ),
    section("calendars", "calendars", Account, "account_id", "kind, division, created_at"),
    section("files", "files", Account, "account_id", "name, kind, size, created_at"),
    section(
        "residencies",
        "residencies",
        Account,
        "account_id",
        "division, status, reason, created_at, decided_at",
    ),
    section(
        "consents",
        "consents LEFT JOIN organisations ON organisations.id = consents.recipient_id",
        Account,
        "account_id",
        "purpose, organisations.name AS recipient, notice_version, is_separate, given_at, withdrawn_at, resident_id",
    ),
    section(
        "records",
        "residents",
        Record,
        "id",
        "id, division, name, sex, born_on, nationality, ethnicity, education, political_status, registered_place, residence, \
         home_id, status, external_id, source, created_at, updated_at",
    ),
    section(
        "homes",
        "dwelling_residents",
        Record,
        "resident_id",
        "dwelling_id, relation, share_numerator, share_denominator, is_living, starts_on, ends_on, source",
    ),
    section(
        "households",
        "household_members",
        Record,
        "resident_id",
        "household_id, relation, joined_on, left_on",
    ),
    section(
        "departures",
        "resident_departures",
        Record,
        "resident_id",
        "kind, departed_on, destination, created_at, closed_at",
    ),
    section("merges", "resident_merges", Record, "into_id", "from_id, into_id, reason, created_at"),
    section(
        "labels",
        "resident_labels JOIN labels ON labels.id = resident_labels.label_id",
        Record,
        "resident_id",
        "labels.code, labels.name, source, reason, set_at, until, removed_at",
    ),
    section(
        "health",
        "resident_health",
        Record,
        "resident_id",
        "mobility, care_level, conditions, consented_on, consent_how, updated_at",
    ),
    section("visits", "visits", Record, "resident_id", "kind, visited_at, topic, summary"),
    section("disclosures", "disclosures", Record, "resident_id", "role, purpose, fields, at"),
    section(
        "corrections",
        "corrections",
        Record,
        "resident_id",
        "field, note, status, answer, created_at, decided_at",
    ),
    section(
        "erasures",
        "erasures",
        Record,
        "resident_id",
        "asked_by, evidence, reason, status, answer, created_at, decided_at",
    ),
    section(
        "enrolments",
        "enrolments",
        Record,
        "resident_id",
        "division, issuer, outcome, notice_version, created_at",
    ),
    section("wards", "guardians", Record, "guardian_id", "ward_id, relation, created_at, ended_at"),
    section("guardians", "guardians", Record, "ward_id", "guardian_id, relation, created_at, ended_at"),
    section(
        "petitions",
        "petitions JOIN matters ON matters.id = petitions.id",
        Record,
        "petitioner_id",
        "matters.receipt, petitions.kind, matters.title, petitions.text, petitions.place, matters.state, petitions.created_at",
    ),
    section(
        "mediation",
        "mediation_parties JOIN matters ON matters.id = mediation_parties.case_id",
        Record,
        "resident_id",
        "matters.receipt, matters.title, matters.state, mediation_parties.side, mediation_parties.consent, mediation_parties.created_at",
    ),
    section(
        "represented",
        "mediation_parties JOIN matters ON matters.id = mediation_parties.case_id",
        Record,
        "representative_id",
        "matters.receipt, matters.title, mediation_parties.authority, mediation_parties.created_at",
    ),
    section(
        "dispute_entries",
        "dispute_entries",
        Record,
        "resident_id",
        "dispute_type, facts, wanted, place, route, state, outcome, handed_reason, created_at",
    ),
    // For as long as the guardianship holds, by whichever record of the person: as it is read.
    section(
        "dispute_entries_for_children",
        "dispute_entries JOIN residents teller ON teller.id = dispute_entries.guardian_id JOIN LATERAL ( \
         SELECT 1 FROM guardians JOIN residents keeper ON keeper.id = guardians.guardian_id AND keeper.status = 'present' \
         WHERE guardians.ward_id = dispute_entries.resident_id AND guardians.ended_at IS NULL \
         AND keeper.account_id = teller.account_id LIMIT 1) kept ON true",
        Record,
        "dispute_entries.guardian_id",
        "dispute_entries.dispute_type, dispute_entries.facts, dispute_entries.wanted, dispute_entries.place, dispute_entries.route, \
         dispute_entries.state, dispute_entries.outcome, dispute_entries.handed_reason, dispute_entries.created_at",
    ),
    section(
        "screening_leads",
        "screening_lead_parties JOIN screening_leads ON screening_leads.id = screening_lead_parties.lead_id",
        Record,
        "resident_id",
        "screening_leads.dispute_type, screening_leads.state, screening_leads.created_at, screening_leads.ended_at",
    ),
    section(
        "signatures",
        "petition_signatures JOIN matters ON matters.id = petition_signatures.petition_id",
        Record,
        "resident_id",
        "matters.receipt, matters.title, petition_signatures.created_at",
    ),
    section(
        "shift_signups",
        "shift_signups JOIN shifts ON shifts.id = shift_signups.shift_id JOIN volunteer_calls ON volunteer_calls.id = shifts.call_id",
        Record,
        "resident_id",
        "volunteer_calls.title, shifts.place, shifts.starts_at, shifts.ends_at, shift_signups.state, shift_signups.reason, \
         shift_signups.created_at",
    ),
    section(
        "attendances",
        "attendances",
        Record,
        "resident_id",
        "kind, arrived_at, left_at, break_minutes, source, reason, created_at",
    ),
    section(
        "volunteer_hours",
        "volunteer_hours JOIN volunteer_calls ON volunteer_calls.id = volunteer_hours.call_id",
        Record,
        "resident_id",
        "volunteer_calls.title, worked_on, kind, minutes, volunteer_hours.reason, volunteer_hours.created_at",
    ),
    section(
        "volunteer_teams",
        "volunteer_team_members JOIN volunteer_teams ON volunteer_teams.id = volunteer_team_members.team_id",
        Record,
        "resident_id",
        "volunteer_teams.name, volunteer_team_members.skills, is_leader, joined_at, left_at",
    ),
    section(
        "recognitions",
        "recognitions",
        Record,
        "resident_id",
        "kind, title, story, skills, state, shows, is_findable, agreed_at, publicised_until, decided_at, reason, created_at",
    ),
    section(
        "objections",
        "recognition_objections",
        Account,
        "account_id",
        "recognition_id, text, outcome, answer, created_at, answered_at",
    ),
    section(
        "pledges",
        "pledges",
        Record,
        "resident_id",
        "division, kind, offer, hours, starts_on, ends_on, state, reason, created_at, decided_at, completed_at",
    ),
    section(
        "certificates",
        "certificates",
        Record,
        "resident_id",
        "number, issuer_name, served_from, served_until, minutes, content, handler, contact, recognitions, stars, revoked_at, revocation, created_at",
    ),
];
