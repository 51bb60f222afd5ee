//! What must hold of a resident's record.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::kit::clock::local_date;
use crate::kit::problem::{Result, Rule};
use crate::people::document::{Document, Sex};

/// The committee has a record of this document already.
pub static DOCUMENT_TAKEN: Rule = Rule::refused(
    "resident-document-taken",
    "The committee has a record of a person with this document already.",
    "本居村委已有该证件号码的人员档案。",
);
/// The committee has a record with this external id already.
pub static EXTERNAL_ID_TAKEN: Rule = Rule::refused(
    "resident-external-id-taken",
    "The committee has a record with this external id already.",
    "本居村委已有该外部编号的人员档案。",
);
/// One account is one person in a committee.
pub static ACCOUNT_TAKEN: Rule = Rule::refused(
    "resident-account-taken",
    "The person's account is bound to another record of this committee; merge those two first.",
    "该人员的账号已绑定本居村委的另一份档案，请先合并这两份档案。",
);
/// People live in a committee, not in a street or a district.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "resident-division-not-committee",
    "A resident belongs to one committee that has not been abolished; this is none.",
    "居民必须属于一个未撤销的居委会或村委会。",
);
/// Neither document nor telephone, and no reason why.
pub static NO_IDENTIFIER: Rule = Rule::invalid(
    "resident-identifier-missing",
    "Give a document, a telephone number, or the reason why there is neither.",
    "请提供证件、电话，或说明两者均无的原因。",
);
/// The document says something else.
pub static CONTRADICTS_DOCUMENT: Rule = Rule::invalid(
    "resident-contradicts-document",
    "The document states another day of birth or sex.",
    "出生日期或性别与证件不符。",
);
/// Nobody is born tomorrow.
pub static BORN_AHEAD: Rule =
    Rule::invalid("resident-born-ahead", "The day of birth is still to come.", "出生日期尚未到来。");
/// The record is closed.
pub static CLOSED: Rule = Rule::refused(
    "resident-closed",
    "This record is of somebody who has left, has died, or was merged.",
    "该人员已迁出、死亡或档案已合并，不能修改。",
);
/// A look-up goes by one key.
pub static LOOKUP_KEY: Rule = Rule::invalid(
    "resident-lookup-one-key",
    "Look up by one of document, phone and home.",
    "请只用证件、电话、房屋三者之一查询。",
);
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DOCUMENT_TAKEN,
    &EXTERNAL_ID_TAKEN,
    &ACCOUNT_TAKEN,
    &NOT_COMMITTEE,
    &NO_IDENTIFIER,
    &CONTRADICTS_DOCUMENT,
    &BORN_AHEAD,
    &CLOSED,
    &LOOKUP_KEY,
];

/// The days of birth of those who are at least and at most so old today.
pub fn born(
    min_age: Option<u32>,
    max_age: Option<u32>,
    now: DateTime<Utc>,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let years_ago = |years: u32| local_date(now).checked_sub_months(Months::new(12 * years));
    // Somebody of at most 80 was born after the day on which those who turn 81 today were.
    let from = max_age.and_then(|age| years_ago(age + 1)?.succ_opt());
    (from, min_age.and_then(years_ago))
}

/// Day of birth and sex: as given, else as the document states them; both must agree, and lie behind us.
pub fn facts(
    document: Option<&Document>,
    born_on: Option<NaiveDate>,
    sex: Option<Sex>,
    today: NaiveDate,
) -> Result<(Option<NaiveDate>, Option<Sex>)> {
    let stated_day = document.and_then(Document::born_on);
    let stated_sex = document.and_then(Document::sex);
    if stated_day.is_some() && born_on.is_some() && born_on != stated_day {
        return Err(CONTRADICTS_DOCUMENT.at("/born_on"));
    }
    if stated_sex.is_some() && sex.is_some() && sex != stated_sex {
        return Err(CONTRADICTS_DOCUMENT.at("/sex"));
    }
    let (born_on, sex) = (born_on.or(stated_day), sex.or(stated_sex));
    if born_on.is_some_and(|day| day > today) {
        let pointer = if stated_day.is_some() { "/document" } else { "/born_on" };
        return Err(BORN_AHEAD.at(pointer));
    }
    Ok((born_on, sex))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::document::DocumentKind;

    #[test]
    fn the_document_fills_what_is_not_given_and_is_not_contradicted() {
        let card = Document::parse(DocumentKind::ResidentIdCard, "11010519491231002X").unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-25");
        let filled = facts(Some(&card), None, None, today).unwrap();
        assert_eq!(filled, (Some(day("1949-12-31")), Some(Sex::Female)));
        assert!(facts(Some(&card), Some(day("1949-12-30")), None, today).is_err());
        assert!(facts(Some(&card), None, Some(Sex::Male), today).is_err());
        assert_eq!(facts(None, Some(today), None, today).unwrap().0, Some(today));
        assert!(facts(None, Some(day("2026-11-26")), None, today).is_err());
        assert!(facts(Some(&card), None, None, day("1949-12-30")).is_err());
    }
}
