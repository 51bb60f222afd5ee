//! What is refused of an import and of its rows, and how a row is told from another.

use super::columns::{Column, Flaw};
use super::model::{EntryHome, KnownRow, Wanted, WrittenHome, WrittenHousehold};
use crate::access::division::Division;
use crate::kit::crypto::Keyring;
use crate::kit::problem::{Kind, Rule};
use crate::people::residents::{NewResident, ResidentChange, ResidentId};

/// How many people may be in a household, as in the API.
pub const MEMBERS: usize = 30;

/// The file can't be read as a list.
pub static UNREADABLE: Rule = Rule::invalid(
    "import-unreadable",
    "The file can't be read as a list in CSV or XLSX.",
    "无法按 CSV 或 XLSX 读取该文件。",
);
/// The first row names no column that is known.
pub static HEADING_UNKNOWN: Rule = Rule::invalid(
    "import-heading-unknown",
    "The first row must name the columns, that of the name among them.",
    "首行须为列名，且须有“姓名”列。",
);
/// All or nothing, and some rows are bad.
pub static ROWS_REFUSED: Rule = Rule::refused(
    "import-rows-refused",
    "Some rows are bad, so nothing was imported; the report names them.",
    "有错误行，未导入任何数据；详见报告。",
);
/// Nothing was wrong, or the report's time is over.
pub static NO_REPORT: Rule = Rule::refused(
    "import-without-report",
    "There is no report: the import is not over, no row was bad, or a week has passed since.",
    "没有报告：导入未结束、没有错误行，或已超过一周。",
);
/// The file is not a list.
pub static FILE_NOT_LIST: Rule =
    Rule::invalid("import-file-not-list", "The file is neither CSV nor XLSX.", "该文件不是 CSV 或 XLSX。");
/// Rows go into a division where the sender may enter people.
pub static OUT_OF_REACH: Rule = Rule {
    code: "import-row-out-of-reach",
    kind: Kind::Refused,
    en: "The division is no committee in which the sender may enter people.",
    zh: "该区划不是导入人可录入的居村委。",
};
/// Nothing to recognise the person by.
pub static UNRECOGNISABLE: Rule = Rule::refused(
    "import-row-unrecognisable",
    "A row needs a document, a telephone number or an external id.",
    "缺少证件、电话或外部编号，重复导入时无法识别。",
);
/// The person stands in an earlier row.
pub static REPEATED: Rule =
    Rule::refused("import-row-repeated", "The person stands in an earlier row.", "与前面的行重复。");
/// Two records answer to one row.
pub static AMBIGUOUS: Rule = Rule::refused(
    "import-row-ambiguous",
    "The row fits several records; merge them first.",
    "该行对应多条档案，请先合并。",
);
/// The record that the external id leads to is somebody else's.
pub static OTHER_PERSON: Rule = Rule::refused(
    "import-row-other-person",
    "The record with this external id has another document, or another name, and neither birthday nor number agrees; change it itself if it is the same person.",
    "该外部编号对应的档案证件不同，或姓名不同且出生日期、号码均不相符；如确为同一人，请直接修改档案。",
);
/// The committee has no such building.
pub static BUILDING_UNKNOWN: Rule = Rule::refused(
    "import-row-building-unknown",
    "The committee has no such building, or not in that estate.",
    "本居村委（或该小区）没有该楼栋。",
);
/// Several estates of the committee have a building of that number.
pub static BUILDING_AMBIGUOUS: Rule = Rule::refused(
    "import-row-building-ambiguous",
    "The committee has several buildings of this number; name the estate.",
    "本居村委有多个相同楼号的楼栋，请填写小区。",
);
/// The building has no such dwelling.
pub static DWELLING_UNKNOWN: Rule = Rule::refused(
    "import-row-dwelling-unknown",
    "The building has no such dwelling; enter it first.",
    "没有该房屋，请先登记。",
);
/// Several units of the building have a dwelling of that number.
pub static DWELLING_AMBIGUOUS: Rule = Rule::refused(
    "import-row-dwelling-ambiguous",
    "The building has several dwellings of this number; name the unit.",
    "该楼栋有多套相同室号的房屋，请填写单元。",
);
/// Nobody heads the household, or two rows say so of two people.
pub static HOUSEHOLD_ONE_HEAD: Rule = Rule::refused(
    "import-row-household-one-head",
    "The household has no head yet, and not exactly one of its rows that stand together names one; or the head's own row is bad. Sort the list by household.",
    "该户尚无户主，且相连的行中户主不是恰好一名，或户主所在行有误；请按户编号排序后导入。",
);
/// The list and the archive differ on who heads the household.
pub static HOUSEHOLD_HEAD_DIFFERS: Rule = Rule::refused(
    "import-row-household-head-differs",
    "The list and the archive differ on who heads the household, so none of its rows say what is true here: a list changes no head. Change it at the household itself.",
    "该户户主与已登记的不一致，与户主关系均不导入；导入不变更户主，请在家庭户中变更。",
);
/// As many as a household may have.
pub static HOUSEHOLD_FULL: Rule =
    Rule::refused("import-row-household-full", "A household has at most 30 members.", "一个家庭户最多30人。");

/// There is no such division within reach.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("import-division-unknown", "There is no such division.", "没有该区划。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &UNREADABLE,
    &HEADING_UNKNOWN,
    &ROWS_REFUSED,
    &NO_REPORT,
    &FILE_NOT_LIST,
    &DIVISION_UNKNOWN,
    &OUT_OF_REACH,
    &UNRECOGNISABLE,
    &REPEATED,
    &AMBIGUOUS,
    &OTHER_PERSON,
    &BUILDING_UNKNOWN,
    &BUILDING_AMBIGUOUS,
    &DWELLING_UNKNOWN,
    &DWELLING_AMBIGUOUS,
    &HOUSEHOLD_ONE_HEAD,
    &HOUSEHOLD_HEAD_DIFFERS,
    &HOUSEHOLD_FULL,
];

/// A good row: the record it would make, and what it said.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number, as people count.
    pub line: i64,
    /// The record.
    pub new: NewResident,
    /// Whether it named how the person resides; else a known record keeps that.
    pub has_residence: bool,
    /// Whether it named a nationality.
    pub has_nationality: bool,
    /// The home that it named, as it stands there.
    pub written: Option<WrittenHome>,
    /// The same, once it was found.
    pub home: Option<EntryHome>,
    /// The household that it named, or what is wrong with how it did.
    pub household: std::result::Result<Option<WrittenHousehold>, Vec<Flaw>>,
}

/// A row that went in but for the household, which it names wrongly.
#[derive(Clone, Debug)]
pub struct Stray {
    /// Its number, as people count.
    pub line: i64,
    /// Whether it said nothing new of the person and their home.
    pub is_unchanged: bool,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
}

impl Entry {
    /// The row's person as wanted in a household; none where it names none.
    pub fn wanted(
        &self,
        person: ResidentId,
        is_unchanged: bool,
    ) -> Option<std::result::Result<Wanted, Stray>> {
        let (line, division) = (self.line, self.new.division);
        match self.household.clone() {
            Ok(household) => {
                household.map(|household| Ok(Wanted { line, person, division, household, is_unchanged }))
            }
            Err(flaws) => Some(Err(Stray { line, is_unchanged, flaws })),
        }
    }
}

/// What a person is recognised by in a list, as keyed hashes: each of external id and document, or name and telephone number
/// where there is neither. Empty where there is nothing.
pub fn keys(new: &NewResident, ring: &Keyring) -> Vec<Vec<u8>> {
    let division = new.division.code().to_be_bytes();
    let hash = |what: &str, parts: &[&[u8]]| {
        ring.hash("imports.key", &[&[what.as_bytes(), &division], parts].concat()).to_vec()
    };
    let mut keys = Vec::new();
    keys.extend(new.external_id.as_ref().map(|id| hash("external_id", &[id.as_bytes()])));
    keys.extend(new.document_hash.as_ref().map(|document| hash("document", &[document])));
    if keys.is_empty() {
        keys.extend(new.phone_hash.as_ref().map(|phone| hash("phone", &[phone, new.name.as_bytes()])));
    }
    keys
}

/// What a household is recognised by in a list that is only looked at, as a keyed hash.
pub fn household_key(division: Division, number: &str, ring: &Keyring) -> Vec<u8> {
    let division = division.code().to_be_bytes();
    ring.hash("imports.key", &["household".as_bytes(), &division, number.as_bytes()]).to_vec()
}

/// Whether a known record is of the person in a row.
pub fn is_same(known: &KnownRow, new: &NewResident) -> bool {
    let both = |a: &Option<Vec<u8>>, b: &Option<Vec<u8>>| a.is_some() && a == b;
    let by_external_id = known.external_id.is_some() && known.external_id == new.external_id;
    let has_neither = new.external_id.is_none() && new.document_hash.is_none();
    let by_phone = has_neither && both(&known.phone_hash, &new.phone_hash) && known.name == new.name;
    known.division == new.division
        && (by_external_id || both(&known.document_hash, &new.document_hash) || by_phone)
}

/// Whether a row is of somebody else than the record to which an external id leads: a list that was numbered anew. It
/// names another document; or another name, and with it another telephone number, or a document where none is known, or
/// nothing that the record has as well: document, day of birth or telephone number.
pub fn is_other(known: &KnownRow, new: &NewResident) -> bool {
    let differ = |a: &Option<Vec<u8>>, b: &Option<Vec<u8>>| a.is_some() && b.is_some() && a != b;
    let brings = new.document_hash.is_some() && known.document_hash.is_none();
    let other_number = brings || differ(&known.phone_hash, &new.phone_hash);
    let is_proven = new.document_hash.is_some() && new.document_hash == known.document_hash;
    let agrees = new.born_on.is_some() && new.born_on == known.born_on
        || new.phone_hash.is_some() && new.phone_hash == known.phone_hash;
    let other_person = new.name != known.name && (other_number || !agrees);
    differ(&known.document_hash, &new.document_hash) || !is_proven && other_person
}

/// What a row changes in a known record; none where it says nothing new. An empty cell leaves what is known.
pub fn change(known: &KnownRow, entry: &Entry) -> Option<ResidentChange> {
    let new = entry.new.clone();
    let fresh = |is_fresh: bool| is_fresh.then_some(());
    let mut change = ResidentChange::default();
    let name = fresh(new.name != known.name).map(|()| (new.name, new.pinyin, new.initials));
    let document = fresh(new.document_hash.is_some() && new.document_hash != known.document_hash);
    let phone = fresh(new.phone_hash.is_some() && new.phone_hash != known.phone_hash);
    let mut is_changed = name.is_some() || document.is_some() || phone.is_some();
    if let Some((name, pinyin, initials)) = name {
        (change.name, change.pinyin, change.initials) = (Some(name), Some(pinyin), Some(initials));
    }
    if document.is_some() {
        change.document_kind = Some(new.document_kind);
        change.document_sealed = Some(new.document_sealed);
        change.document_hash = Some(new.document_hash);
        change.no_identifier = Some(None);
    }
    if phone.is_some() {
        (change.phone_sealed, change.phone_hash) = (Some(new.phone_sealed), Some(new.phone_hash));
        change.no_identifier = Some(None);
    }
    macro_rules! take {
        ($field:ident, $is_said:expr, $value:expr) => {
            if $is_said && new.$field != known.$field {
                change.$field = Some($value);
                is_changed = true;
            }
        };
    }
    take!(sex, new.sex.is_some(), new.sex);
    take!(born_on, new.born_on.is_some(), new.born_on);
    take!(nationality, entry.has_nationality, new.nationality);
    take!(ethnicity, new.ethnicity.is_some(), new.ethnicity);
    take!(education, new.education.is_some(), new.education);
    take!(political_status, new.political_status.is_some(), new.political_status);
    take!(registered_place, !new.registered_place.is_empty(), new.registered_place);
    take!(residence, entry.has_residence, new.residence);
    take!(external_id, new.external_id.is_some(), new.external_id);
    is_changed.then_some(change)
}

/// The column at fault when a record can't be written.
pub fn column_of(rule: &Rule) -> Column {
    match rule.code {
        "resident-external-id-taken" => Column::ExternalId,
        _ => Column::Document,
    }
}
