//! What is refused of petitions, and why.

use chrono::{DateTime, TimeDelta, Utc};

use super::kinds::{PetitionKind, PetitionVisibility};
use super::model::{Petition, PetitionRow};
use crate::access::actor::Actor;
use crate::kit::crypto::sha256;
use crate::kit::problem::{Result, Rule};
use crate::matters::line;

/// Only who was found in the archive 已认证居民 files for themselves.
pub static RESIDENT_UNVERIFIED: Rule = Rule::refused(
    "petition-resident-unverified",
    "Only verified residents file petitions, where they live: see POST /v1/me/residency.",
    "仅已认证居民可在其居住地提交诉求，请先完成居民认证。",
);
/// A petition lies in a committee.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "petition-division-not-committee",
    "A petition belongs to a residents' or village committee.",
    "诉求须归属居委会或村委会。",
);
/// The category is not of use there.
pub static CATEGORY_UNFIT: Rule = Rule::invalid(
    "petition-category-unfit",
    "There is no such category in use for this place.",
    "该地没有此诉求类别，或已停用。",
);
/// The category asks for photos.
pub static EVIDENCE_MISSING: Rule = Rule::invalid(
    "petition-evidence-missing",
    "This category asks for a photo or a document.",
    "该类诉求须附照片或材料。",
);
/// Nothing was written.
pub static TEXT_MISSING: Rule =
    Rule::invalid("petition-text-missing", "Say what it is about.", "请填写诉求内容。");
/// The place named is not of the committee.
pub static PLACE_UNKNOWN: Rule = Rule::invalid(
    "petition-place-unknown",
    "There is no such home or building group in this committee.",
    "该居民区没有此房屋或楼组。",
);
/// Who is spoken for is not of the committee.
pub static PETITIONER_UNKNOWN: Rule = Rule::invalid(
    "petition-petitioner-unknown",
    "There is no such resident in this committee, or nobody is named.",
    "该居民区没有此居民，或未填写诉求人。",
);
/// A joint petition needs a last day and readers, and nothing else has a last day.
pub static JOINT_UNFIT: Rule = Rule::invalid(
    "petition-joint-unfit",
    "A joint petition is open to neighbours for 1 to 180 days; other petitions have no such day.",
    "联名须对邻里公开，并设 1 至 180 天的截止日；其他诉求不设截止日。",
);
/// A report is private and may name whom it is about; nothing else does.
pub static REPORT_UNFIT: Rule = Rule::invalid(
    "petition-report-unfit",
    "A report is private; only a report names the organisation it is about.",
    "检举不公开；仅检举可填写被检举单位。",
);
/// Whom a report is about is not there.
pub static ACCUSED_UNKNOWN: Rule = Rule::invalid(
    "petition-accused-unknown",
    "There is no such open organisation.",
    "没有该单位，或已撤销。",
);
/// The committee does not read reports, and so does not enter them.
pub static REPORT_ELSEWHERE: Rule = Rule::refused(
    "petition-report-elsewhere",
    "Whoever may not look at this report can't enter it for somebody: the street or a higher level does, or the person in the app.",
    "无权查看检举件的人员不得代为提交，请由街镇及以上人员代办，或由本人提交。",
);
/// The finding of a visit that it is said to be made of is not there.
pub static FINDING_UNKNOWN: Rule = Rule::invalid(
    "petition-visit-finding-unknown",
    "There is no such finding of a visit in this committee.",
    "该居民区没有此走访民情记录。",
);
/// Readers of a building group need a group.
pub static GROUP_MISSING: Rule = Rule::invalid(
    "petition-building-group-missing",
    "Name the building group whose neighbours may read it.",
    "楼组可见的诉求须填写楼组。",
);
/// So many are enough for one day.
pub static TOO_MANY: Rule = Rule::refused(
    "petition-daily-limit",
    "No more than 10 petitions a day, and 2 of the same text.",
    "每天最多提交 10 件诉求，相同内容最多 2 件。",
);
/// An outside number comes from outside.
pub static EXTERNAL_UNFIT: Rule = Rule::invalid(
    "petition-external-id-unfit",
    "Only what came over another system has its number, and one number stands for one petition.",
    "仅外部渠道来件可填外部编号，且一个编号对应一件诉求。",
);
/// One does not decide over what one asked oneself.
pub static OWN_MATTER: Rule = Rule::refused(
    "petition-own-matter",
    "Nobody handles what they asked for themselves.",
    "不得经办本人提交的诉求。",
);
/// Another organisation has it.
pub static HELD_ELSEWHERE: Rule = Rule::refused(
    "petition-held-elsewhere",
    "Another organisation holds this petition, or it was not accepted yet.",
    "该诉求由其他单位办理，或尚未签收。",
);
/// It went up the line.
pub static LEVEL_ABOVE: Rule = Rule::refused(
    "petition-level-above",
    "A higher level of the line decides over this petition now.",
    "该诉求已由上一级负责。",
);
/// It can be changed until somebody has looked at it.
pub static CHANGE_LATE: Rule = Rule::refused(
    "petition-change-late",
    "A petition is changed until it is accepted; what comes later is added by another step.",
    "诉求受理后不可修改，可通过后续环节补充。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &RESIDENT_UNVERIFIED,
    &NOT_COMMITTEE,
    &CATEGORY_UNFIT,
    &EVIDENCE_MISSING,
    &TEXT_MISSING,
    &PLACE_UNKNOWN,
    &PETITIONER_UNKNOWN,
    &JOINT_UNFIT,
    &REPORT_UNFIT,
    &ACCUSED_UNKNOWN,
    &REPORT_ELSEWHERE,
    &FINDING_UNKNOWN,
    &GROUP_MISSING,
    &TOO_MANY,
    &EXTERNAL_UNFIT,
    &OWN_MATTER,
    &HELD_ELSEWHERE,
    &LEVEL_ABOVE,
    &CHANGE_LATE,
];

/// So many petitions a day, and so many of one text (what peers learned to hold).
pub const MOST_A_DAY: i64 = 10;
/// See [`MOST_A_DAY`].
pub const MOST_ALIKE: i64 = 2;

/// What two texts that say the same have in common: letters and figures, whatever stands between them.
pub fn text_hash(text: &str) -> Vec<u8> {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    sha256(plain.as_bytes()).to_vec()
}

/// Refuses a last day where there is none, and the lack of one where there is.
pub fn must_close_in_time(
    kind: PetitionKind,
    closes_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let is_fit = match (kind, closes_at) {
        (PetitionKind::JointPetition, Some(at)) => at > now && at < now + TimeDelta::days(181),
        (PetitionKind::JointPetition, None) => false,
        (_, at) => at.is_none(),
    };
    if is_fit { Ok(()) } else { Err(JOINT_UNFIT.at("/closes_on")) }
}

/// Refuses readers that the kind does not have.
pub fn must_be_readable(petition: &PetitionRow, visibility: PetitionVisibility) -> Result<()> {
    let is_private = visibility == PetitionVisibility::Private;
    match petition.kind {
        PetitionKind::JointPetition if is_private => Err(JOINT_UNFIT.at("/visibility")),
        PetitionKind::Report if !is_private => Err(REPORT_UNFIT.at("/visibility")),
        _ if visibility == PetitionVisibility::BuildingGroup && petition.building_group_id.is_none() => {
            Err(GROUP_MISSING.at("/visibility"))
        }
        _ => Ok(()),
    }
}

/// Refuses whoever asked for it themselves, or had it entered by a colleague.
pub fn must_be_anothers(petition: &Petition, actor: &Actor) -> Result<()> {
    if petition.is_of(actor) { OWN_MATTER.refuse() } else { Ok(()) }
}

/// Refuses whoever does not hold it; before somebody does, whoever is not of the line: an organisation that was asked and has not
/// accepted, or that assists, decides nothing.
pub fn must_hold(petition: &Petition, actor: &Actor) -> Result<()> {
    let is_theirs = match petition.matter.holder_id {
        Some(holder) => actor.standings.iter().any(|standing| standing.organisation == Some(holder)),
        None => line::stands_at(actor, line::Level::Committee, petition.matter.division),
    };
    HELD_ELSEWHERE.unless(is_theirs)
}

/// Refuses whoever stands lower than who answers for it.
pub fn must_stand_at(petition: &Petition, actor: &Actor) -> Result<()> {
    let stands = line::stands_at(actor, petition.matter.level, petition.matter.division);
    LEVEL_ABOVE.unless(stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_are_alike_whatever_stands_between_their_letters() {
        assert_eq!(text_hash("楼上 高空抛物！"), text_hash("楼上高空抛物"));
        assert_ne!(text_hash("楼上高空抛物"), text_hash("楼下高空抛物"));
    }

    #[test]
    fn only_joint_petitions_have_a_last_day() {
        let now: DateTime<Utc> = "2026-11-26T04:00:00Z".parse().unwrap();
        let check = |kind, days: Option<i64>| {
            must_close_in_time(kind, days.map(|days| now + TimeDelta::days(days)), now).is_ok()
        };
        assert!(check(PetitionKind::JointPetition, Some(30)) && check(PetitionKind::Complaint, None));
        for (kind, days) in [
            (PetitionKind::JointPetition, None),
            (PetitionKind::JointPetition, Some(0)),
            (PetitionKind::JointPetition, Some(182)),
            (PetitionKind::Complaint, Some(30)),
        ] {
            assert!(!check(kind, days), "{kind:?} {days:?}");
        }
    }
}
