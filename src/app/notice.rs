//! How long personal data is kept, as the privacy notice 个人信息处理告知 tells it: by kinds that a person knows, with the periods of
//! the one list. A test holds the notice to it, and each table to a kind.

use chrono::TimeDelta;

use super::retention::PERIODS;

/// A kind of personal data. `{table.0}` stands for the first period that the list has for that table.
pub struct Kind {
    /// Where it is kept.
    pub tables: &'static [&'static str],
    /// What it is and how long it is kept, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// Every kind, in the order of the notice. A new table that tells of people is named here, any other in [`IMPERSONAL`].
pub const KINDS: &[Kind] = &[
    Kind {
        tables: &["accounts", "account_identities", "recovery_codes", "calendars"],
        zh: "账号、微信绑定、备用码：账号存续期间，注销时清除（任过职的保留姓名）；日历订阅（哈希值）：至您取消。",
        en: "The account, its link to WeChat, recovery codes: while you have it, emptied when you close it (but for the name of who ever held an office); calendars (hashes only): until you take them away.",
    },
    Kind {
        tables: &["sessions", "refresh_tokens"],
        zh: "登录会话：到期后{sessions.0}；其中设备名称{sessions.1}，用过的续期凭证{refresh_tokens.0}。",
        en: "Sessions: {sessions.0} after they expire; what the device is called {sessions.1}, used refresh tokens {refresh_tokens.0}.",
    },
    Kind {
        tables: &["otps", "sign_in_failures", "residency_attempts"],
        zh: "一次性验证码：失效后{otps.0}；登录失败的计数：{sign_in_failures.0}；认证尝试的计数：{residency_attempts.0}。",
        en: "One-time codes: {otps.0} after they expire; counts of failures to sign in: {sign_in_failures.0}; of attempts to be verified: {residency_attempts.0}.",
    },
    Kind {
        tables: &["idempotency_keys", "jobs", "outbox", "inbox_items"],
        zh: "请求的答复副本（加密）：请求后一天；后台任务：结束后{jobs.0}；待发消息：{outbox.0}；待办提示：办结前。",
        en: "Copies of answers (encrypted): a day after the request; background jobs: {jobs.0} after they end; messages: {outbox.0}; what waits in an inbox: until it is done.",
    },
    Kind {
        tables: &[
            "residents",
            "resident_departures",
            "resident_merges",
            "dwelling_residents",
            "households",
            "household_members",
            "guardians",
            "enrolments",
            "visits",
            "visit_companions",
            "visit_findings",
        ],
        zh: "居民档案（含住房、家庭户、监护、走访记录）：在册期间；迁出或者去世满{residents.0}由系统删除。届时仍有住房或者家庭户关系、未办结的事项或者申请，迁出人员的档案仍绑定其账号，或者其监护的儿童仍在册的，至该情形消除时删除。被合并的档案：{residents.1}后只留编号和姓名。",
        en: "The resident's record (with homes, household, guardianship, visits): while you are on the register; deleted by the system {residents.0} after you moved away or died. What still stands on it keeps it until it ends: a home or a household, an open matter or wish, your account if you moved away, a child on the register whose guardian you are. A record that was merged into another: after {residents.1} only its id and name.",
    },
    Kind {
        tables: &["resident_labels"],
        zh: "标签：撤销或者到期后{resident_labels.1}；因迁出或者去世去除的，{resident_labels.0}。",
        en: "Labels: {resident_labels.1} after they are taken off or expire; {resident_labels.0} where that is because you left.",
    },
    Kind {
        tables: &["resident_health"],
        zh: "健康信息：撤回同意时立即删除；迁出或者去世后{resident_health.0}。",
        en: "Health: deleted when you withdraw the consent, and {resident_health.0} after you left.",
    },
    Kind {
        tables: &["check_ins", "code_uses"],
        zh: "行踪轨迹（签到）：{check_ins.0}；撤回同意或者注销账号的，即时删除。用过的码（随机数）：失效后{code_uses.0}。",
        en: "Movement tracks (check-ins): {check_ins.0}, or until you withdraw the consent or close the account. Used codes (random numbers): {code_uses.0} after they expire.",
    },
    Kind {
        tables: &["residencies", "corrections", "erasures"],
        zh: "居民认证、更正和删除申请：所填内容在作出决定时清除（删除申请的理由、核对情况与档案一并清除）；是否通过、何时通过予以保留。",
        en: "Being verified, corrections, wishes to be deleted: what you say goes with the decision (the reason of a wish and what was checked for it, with the record); whether and when it was decided stays.",
    },
    Kind {
        tables: &["consents"],
        zh: "同意记录：长期保存，用于证明您同意过什么；删除档案时，监护人代为作出的同意一并删除。",
        en: "Consents: kept, to show what you agreed to; those that a guardian gave go with the record.",
    },
    Kind {
        tables: &["disclosures", "data_grants", "data_grant_reads", "exports"],
        zh: "查询记录、数据共享和导出记录：长期保存，不少于三年（第五十六条）；导出的名单：一周。",
        en: "Who looked, whom data was shared with, who took lists away: kept, three years at least (art. 56); the lists themselves a week.",
    },
    Kind {
        tables: &["audit_events", "audit_seals"],
        zh: "操作记录：长期保存，不少于六个月（《网络安全法》第二十一条）；其中只有编号，没有姓名和号码。",
        en: "The record of what was done: kept, six months at least (网络安全法 art. 21); it holds ids, and no name or number.",
    },
    Kind {
        tables: &["data_exports", "imports", "import_faults", "import_keys"],
        zh: "您的信息副本：{data_exports.0}；批量导入的记录：{imports.0}，其中有误的行（加密）：一周。",
        en: "The copy of your data: {data_exports.0}; what is noted of lists brought in: {imports.0}, their bad rows (encrypted) a week.",
    },
    Kind {
        tables: &["files", "file_links"],
        zh: "文件：与所属事项相同；不属于任何事项的，一天。",
        en: "Files: as long as what they belong to; a day where that is nothing.",
    },
    Kind {
        tables: &[
            "matters",
            "matter_clocks",
            "matter_events",
            "matter_extensions",
            "dispatches",
            "dispute_entries",
            "petitions",
            "petition_answers",
            "petition_facts",
            "petition_ratings",
            "petition_reviews",
            "petition_signatures",
            "petition_strike_outs",
            "summons",
        ],
        zh: "诉求、联名、解纷申请：作为信访档案长期保存，少数人可见。",
        en: "Petitions, signatures, dispute entries: kept as files of the office 信访档案, told to few.",
    },
    Kind {
        tables: &[
            "mediation_agreement_items",
            "mediation_agreements",
            "mediation_annulments",
            "mediation_cases",
            "mediation_confirmation_parties",
            "mediation_confirmations",
            "mediation_evidence",
            "mediation_extension_replies",
            "mediation_extensions",
            "mediation_follow_ups",
            "mediation_hearing_attendees",
            "mediation_hearing_notices",
            "mediation_hearing_reservations",
            "mediation_hearings",
            "mediation_notes",
            "mediation_objections",
            "mediation_parties",
            "mediation_penalty_waivers",
            "mediation_performances",
            "mediation_seats",
            "mediation_signatures",
            "screening_lead_parties",
            "screening_leads",
        ],
        zh: "调解卷宗和排查线索：依《人民调解法》第二十五条、第二十七条长期保存，仅当事人和经办人员可见。",
        en: "Mediation files and leads of screenings: kept by 人民调解法 arts. 25 and 27, read by the parties and who works on them.",
    },
    Kind {
        tables: &[
            "attendance_corrections",
            "attendances",
            "certificate_stays",
            "certificates",
            "hour_disputes",
            "shift_signups",
            "volunteer_hours",
            "volunteer_team_members",
        ],
        zh: "志愿服务记录和证明：依《志愿服务记录与证明出具办法》长期保存。",
        en: "Records and certificates of volunteering: kept by 《志愿服务记录与证明出具办法》.",
    },
    Kind {
        tables: &[
            "recognition_objections",
            "recognition_points",
            "recognitions",
            "pledge_reports",
            "pledge_uses",
            "pledges",
        ],
        zh: "评选表彰、双报到：长期保存；向他人只展示您同意展示的内容。",
        en: "Recognitions and pledges: kept; others are shown only what you agreed to.",
    },
    Kind {
        tables: &["posts", "building_groups", "mediators", "mediation_room_staff", "mediation_subsidies"],
        zh: "任职、调解员名册和补贴：长期保存，用于说明谁在何时担任何职。",
        en: "Offices held, rosters of mediators, what they were paid: kept, so that it can be told who served as what and when.",
    },
];

/// Tables that tell of no private person: the map, rules, numbers, keys, what was called for.
pub const IMPERSONAL: &[&str] = &[
    "application_secrets",
    "applications",
    "building_group_members",
    "building_group_titles",
    "buildings",
    "calendar_days",
    "calendar_years",
    "code_keys",
    "dispute_route_rules",
    "division_lineages",
    "divisions",
    "dwellings",
    "emergency_orders",
    "estates",
    "hearing_slots",
    "label_count_deltas",
    "label_counts",
    "labels",
    "matter_policies",
    "mediation_examples",
    "mediation_grades",
    "mediation_rooms",
    "mediation_staffing_rules",
    "mediation_subsidy_rules",
    "organisations",
    "petition_categories",
    "petition_counts",
    "petition_questions",
    "petition_thresholds",
    "recognition_rules",
    "responsibilities",
    "responsibility_proposals",
    "screenings",
    "shift_events",
    "shifts",
    "signing_keys",
    "venues",
    "visit_plans",
    "volunteer_call_needs",
    "volunteer_calls",
    "volunteer_rules",
    "volunteer_team_activations",
    "volunteer_teams",
];

/// The kinds as a list in Chinese, for `data/privacy/notice.zh.md`.
pub fn chinese() -> String {
    KINDS
        .iter()
        .map(|kind| format!("- {}\n", filled(kind.zh, |n| format!("{n}年"), |n| format!("{n}天"))))
        .collect()
}

/// The kinds as a list in English, for `data/privacy/notice.en.md`.
pub fn english() -> String {
    KINDS
        .iter()
        .map(|kind| format!("- {}\n", filled(kind.en, |n| many(n, "year"), |n| many(n, "day"))))
        .collect()
}

fn many(n: i64, unit: &str) -> String {
    if n == 1 { format!("{n} {unit}") } else { format!("{n} {unit}s") }
}

/// The text with the periods of the list in it.
fn filled(text: &str, years: fn(i64) -> String, days: fn(i64) -> String) -> String {
    let said = |after: TimeDelta| match (after.num_days() % 365, after.num_days() / 365) {
        (0, n) if n > 0 => years(n),
        _ => days(after.num_days()),
    };
    PERIODS.iter().enumerate().fold(text.to_owned(), |text, (place, period)| {
        let Some(after) = period.after() else { return text };
        let nth = PERIODS.iter().take(place).filter(|other| other.table == period.table).count();
        text.replace(&format!("{{{}.{nth}}}", period.table), &said(after))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_is_of_one_kind_or_impersonal() {
        let named: Vec<&str> = KINDS.iter().flat_map(|kind| kind.tables).chain(IMPERSONAL).copied().collect();
        let once: BTreeSet<&str> = named.iter().copied().collect();
        assert_eq!(once.len(), named.len(), "one is named twice");
        assert_eq!(once, PERIODS.iter().map(|period| period.table).collect::<BTreeSet<_>>());
    }

    #[test]
    fn every_period_is_filled_in() {
        for text in [chinese(), english()] {
            assert!(!text.contains('{'), "{text}");
        }
        assert!(chinese().contains("去世满3年") && english().contains("3 years after you moved away"));
    }
}
