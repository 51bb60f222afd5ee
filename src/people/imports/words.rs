//! What people write in lists for what the archive keeps in fixed words. Codes of the API are understood as well.

use crate::people::document::{DocumentKind, Sex};
use crate::people::homes::HomeRelation;
use crate::people::residents::{Education, NoIdentifier, PoliticalStatus, Residence};

/// A value and what is written for it.
pub type Words<T> = &'static [(T, &'static [&'static str])];

/// What the text stands for.
pub fn read<T: Copy + std::str::FromStr>(words: Words<T>, text: &str) -> Option<T> {
    let known = words.iter().find(|(_, names)| names.contains(&text)).map(|(value, _)| *value);
    known.or_else(|| text.parse().ok())
}

/// How a value is usually written.
pub fn of<T: Copy + PartialEq>(words: Words<T>, value: T) -> &'static str {
    let known = words.iter().find(|(one, _)| *one == value);
    known.and_then(|(_, names)| names.first().copied()).unwrap_or_default()
}

/// 性别
pub const SEX: Words<Sex> = &[(Sex::Male, &["男", "男性"]), (Sex::Female, &["女", "女性"])];

/// 证件类型
pub const DOCUMENT_KIND: Words<DocumentKind> = &[
    (DocumentKind::ResidentIdCard, &["身份证", "居民身份证", "港澳台居民居住证"]),
    (DocumentKind::Passport, &["护照"]),
    (DocumentKind::HongKongMacauPermit, &["港澳居民来往内地通行证", "港澳通行证", "回乡证"]),
    (DocumentKind::TaiwanPermit, &["台湾居民来往大陆通行证", "台胞证"]),
    (DocumentKind::PermanentResidenceCard, &["外国人永久居留身份证", "外国人永久居留证"]),
    (DocumentKind::OfficerCard, &["军官证"]),
    (DocumentKind::BirthCertificate, &["出生医学证明", "出生证"]),
];

/// 无证件原因
pub const NO_IDENTIFIER: Words<NoIdentifier> = &[
    (NoIdentifier::Newborn, &["新生儿"]),
    (NoIdentifier::Undocumented, &["无证件"]),
    (NoIdentifier::Refused, &["不愿提供", "拒绝提供"]),
    (NoIdentifier::NotAtHand, &["暂未提供", "未提供"]),
];

/// 居住关系
pub const TIE: Words<HomeRelation> = &[
    (HomeRelation::Owner, &["业主", "产权人", "房主"]),
    (HomeRelation::Tenant, &["租户", "租客", "承租", "承租人"]),
    (HomeRelation::Occupant, &["居住", "居住人", "同住", "同住人"]),
];

/// 文化程度
pub const EDUCATION: Words<Education> = &[
    (Education::None, &["未上过学", "文盲", "无"]),
    (Education::Primary, &["小学"]),
    (Education::JuniorSecondary, &["初中"]),
    (Education::SeniorSecondary, &["高中"]),
    (Education::Vocational, &["中专", "中等职业教育", "职高", "技校"]),
    (Education::College, &["大专", "大学专科", "专科"]),
    (Education::Bachelor, &["本科", "大学本科", "大学"]),
    (Education::Master, &["硕士", "研究生", "硕士研究生"]),
    (Education::Doctor, &["博士", "博士研究生"]),
];

/// 政治面貌
pub const POLITICAL_STATUS: Words<PoliticalStatus> = &[
    (PoliticalStatus::PartyMember, &["中共党员", "党员"]),
    (PoliticalStatus::ProbationaryMember, &["中共预备党员", "预备党员"]),
    (PoliticalStatus::LeagueMember, &["共青团员", "团员"]),
    (PoliticalStatus::DemocraticParty, &["民主党派"]),
    (PoliticalStatus::NoParty, &["群众", "无党派人士", "无党派"]),
];

/// 居住类型
pub const RESIDENCE: Words<Residence> = &[
    (Residence::RegisteredHere, &["人户一致", "户籍人口", "本地户籍"]),
    (Residence::RegisteredElsewhere, &["人在户不在", "人户分离"]),
    (Residence::RegisteredOnly, &["户在人不在", "空挂户"]),
    (Residence::FromOtherProvince, &["来沪人员", "流动人口", "外来人口"]),
    (Residence::FromAbroad, &["境外人员"]),
    (Residence::OwnerOnly, &["仅为业主", "非居住业主"]),
];

/// 民族, in the order of GB/T 3304: the first is `01`.
const ETHNICITIES: [&str; 56] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

/// The two digits of an ethnic group 民族 by its name, with or without 族.
pub fn ethnicity(text: &str) -> Option<String> {
    let name = text.strip_suffix('族').unwrap_or(text);
    let at = ETHNICITIES.iter().position(|known| *known == name)?;
    Some(format!("{:02}", at + 1))
}

/// The name of an ethnic group by its two digits.
pub fn ethnicity_of(code: &str) -> Option<&'static str> {
    ETHNICITIES.get(code.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_speak_chinese_or_the_codes_of_the_api() {
        assert_eq!(read(SEX, "女"), Some(Sex::Female));
        assert_eq!(read(SEX, "female"), Some(Sex::Female));
        assert_eq!(read(RESIDENCE, "来沪人员"), Some(Residence::FromOtherProvince));
        assert_eq!(read(EDUCATION, "天才"), None);
        assert_eq!(ethnicity("维吾尔族").as_deref(), Some("05"));
        assert_eq!(ethnicity("基诺").as_deref(), Some("56"));
        assert_eq!(ethnicity("火星族"), None);
        assert_eq!(
            (ethnicity_of("05"), ethnicity_of("00"), ethnicity_of("97")),
            (Some("维吾尔"), None, None)
        );
        assert_eq!(of(SEX, Sex::Female), "女");
    }
}
