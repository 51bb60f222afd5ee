//! The columns of a list of residents: their names, and how a row becomes a draft.

use super::words::{self, Words};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::day::Day;
use crate::kit::problem::Problem;
use crate::kit::text::{Label, Line};
use crate::people::document::{Document, DocumentKind};
use crate::people::names::PersonName;
use crate::people::residents::{Ethnicity, Nationality, Residence, ResidentDraft};
use crate::text_enum;

text_enum! {
    /// A column of a list of residents.
    pub enum Column {
        /// 姓名
        Name = "name",
        /// 区划代码
        Division = "division",
        /// 证件类型
        DocumentKind = "document_kind",
        /// 证件号码
        Document = "document",
        /// 电话
        Phone = "phone",
        /// 无证件原因
        NoIdentifier = "no_identifier",
        /// 性别
        Sex = "sex",
        /// 出生日期
        BornOn = "born_on",
        /// 国籍
        Nationality = "nationality",
        /// 民族
        Ethnicity = "ethnicity",
        /// 文化程度
        Education = "education",
        /// 政治面貌
        PoliticalStatus = "political_status",
        /// 户籍地
        RegisteredPlace = "registered_place",
        /// 居住类型
        Residence = "residence",
        /// 外部编号
        ExternalId = "external_id",
    }
}

/// The heading of the column in which a report says what is wrong. A list that has it is read without it.
pub const REASONS: &str = "错误原因";

impl Column {
    /// What its heading says, the usual one first.
    pub fn headings(self) -> &'static [&'static str] {
        match self {
            Column::Name => &["姓名", "name"],
            Column::Division => &["区划代码", "居村委代码", "division"],
            Column::DocumentKind => &["证件类型", "document_kind"],
            Column::Document => &["证件号码", "身份证号", "身份证号码", "document"],
            Column::Phone => &["电话", "手机号", "手机号码", "联系电话", "phone"],
            Column::NoIdentifier => &["无证件原因", "no_identifier"],
            Column::Sex => &["性别", "sex"],
            Column::BornOn => &["出生日期", "born_on"],
            Column::Nationality => &["国籍", "nationality"],
            Column::Ethnicity => &["民族", "ethnicity"],
            Column::Education => &["文化程度", "学历", "education"],
            Column::PoliticalStatus => &["政治面貌", "political_status"],
            Column::RegisteredPlace => &["户籍地", "户籍地址", "registered_place"],
            Column::Residence => &["居住类型", "人户状态", "residence"],
            Column::ExternalId => &["外部编号", "external_id"],
        }
    }

    /// The column that a field of a draft came from.
    pub fn of_pointer(pointer: &str) -> Option<Column> {
        pointer.strip_prefix('/')?.split('/').next()?.parse().ok()
    }

    /// Its usual heading.
    pub fn heading(self) -> &'static str {
        self.headings().first().copied().unwrap_or_default()
    }
}

/// Which column stands where.
#[derive(Clone, Debug)]
pub struct Heading {
    columns: Vec<Option<Column>>,
    /// Where a report has its reasons.
    reasons: Option<usize>,
}

impl Heading {
    /// Reads the first row. A list needs a name at least; what is not known is left aside.
    pub fn read(row: &[String]) -> Option<Heading> {
        let column = |text: &String| {
            Column::ALL.iter().copied().find(|one| one.headings().contains(&text.trim_start_matches('*')))
        };
        let columns: Vec<Option<Column>> = row.iter().map(column).collect();
        let reasons = row.iter().position(|text| text == REASONS);
        columns.contains(&Some(Column::Name)).then_some(Heading { columns, reasons })
    }

    /// Whether nothing stands in a row, or what a report says below its rows.
    pub fn is_blank(&self, row: &[String]) -> bool {
        row.iter().enumerate().all(|(at, text)| text.is_empty() || self.reasons == Some(at))
    }

    /// Whether a row says something in a column.
    pub fn says(&self, row: &[String], column: Column) -> bool {
        self.text(row, column).is_some()
    }

    /// The text of a column; none where there is no such column or nothing in it.
    fn text<'a>(&self, row: &'a [String], column: Column) -> Option<&'a str> {
        let at = self.columns.iter().position(|one| *one == Some(column))?;
        row.get(at).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// What is wrong with one value of a row. It never repeats the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// In which column.
    pub column: Column,
    /// The code of the rule.
    pub code: &'static str,
    /// What is wrong, for the one who made the list, in Chinese.
    pub explanation: String,
}

impl Flaw {
    /// What a problem says of a row.
    pub fn of(problem: &Problem, column: Column) -> Self {
        Flaw { column, code: problem.rule().code, explanation: problem.rule().zh.to_owned() }
    }
}

/// Collects what is wrong with a row while it is read.
struct Reading<'a> {
    heading: &'a Heading,
    row: &'a [String],
    flaws: Vec<Flaw>,
}

impl Reading<'_> {
    fn value<T, E>(
        &mut self,
        column: Column,
        read: impl FnOnce(&str) -> Result<T, E>,
        expected: &str,
    ) -> Option<T> {
        let text = self.heading.text(self.row, column)?;
        match read(text) {
            Ok(value) => Some(value),
            Err(_) => {
                self.flaws.push(Flaw { column, code: "field-invalid", explanation: expected.to_owned() });
                None
            }
        }
    }

    fn word<T: Copy + std::str::FromStr>(&mut self, column: Column, words: Words<T>) -> Option<T> {
        let expected =
            words.iter().filter_map(|(_, names)| names.first().copied()).collect::<Vec<_>>().join("、");
        self.value(column, |text| words::read(words, text).ok_or(()), &format!("应为：{expected}"))
    }

    fn document(&mut self) -> Option<Document> {
        let kind =
            self.word(Column::DocumentKind, words::DOCUMENT_KIND).unwrap_or(DocumentKind::ResidentIdCard);
        let expected = match kind {
            DocumentKind::ResidentIdCard => {
                "证件号码有误：应为18位，且校验码、出生日期正确（单元格请设为文本）"
            }
            _ => "证件号码应为4至30位字母或数字",
        };
        self.value(Column::Document, |text| Document::parse(kind, text), expected)
    }
}

/// Makes a draft of a row, or says all that is wrong with it. `division` is where rows go that name none.
pub fn draft(heading: &Heading, row: &[String], division: Division) -> Result<ResidentDraft, Vec<Flaw>> {
    let mut reading = Reading { heading, row, flaws: Vec::new() };
    let name = reading.value(Column::Name, PersonName::new, "姓名只能包含文字、间隔号、空格，最多60个字");
    if heading.text(row, Column::Name).is_none() {
        reading.flaws.push(Flaw {
            column: Column::Name,
            code: "field-invalid",
            explanation: "缺少姓名".into(),
        });
    }
    let document = reading.document();
    let ethnicity = |text: &str| Ethnicity::new(&words::ethnicity(text).unwrap_or_else(|| text.to_owned()));
    let nationality = |text: &str| {
        Nationality::new(if matches!(text, "中国" | "中华人民共和国") { "CHN" } else { text })
    };
    let draft = ResidentDraft {
        division: reading
            .value(Column::Division, Division::parse, "区划代码应为12位数字")
            .unwrap_or(division),
        document,
        phone: reading.value(Column::Phone, Phone::parse, "电话应为11位手机号或带国家代码的号码"),
        no_identifier: reading.word(Column::NoIdentifier, words::NO_IDENTIFIER),
        sex: reading.word(Column::Sex, words::SEX),
        born_on: reading.value(Column::BornOn, day, "日期应形如2026-11-25，且真实存在"),
        nationality: reading.value(Column::Nationality, nationality, "国籍应为三位大写字母代码，如CHN"),
        ethnicity: reading.value(Column::Ethnicity, ethnicity, "没有该民族"),
        education: reading.word(Column::Education, words::EDUCATION),
        political_status: reading.word(Column::PoliticalStatus, words::POLITICAL_STATUS),
        registered_place: reading
            .value(Column::RegisteredPlace, Label::new, "户籍地最多200个字")
            .unwrap_or_default(),
        residence: reading.word(Column::Residence, words::RESIDENCE).unwrap_or(Residence::RegisteredHere),
        external_id: reading.value(Column::ExternalId, Line::new, "外部编号最多100个字"),
        name: match name {
            Some(name) => name,
            None => return Err(reading.flaws),
        },
    };
    if reading.flaws.is_empty() { Ok(draft) } else { Err(reading.flaws) }
}

/// A day as lists write it: `2026-11-25`, `2026/1/5`, `2026.1.5`, `20261125`, `2026年1月5日`.
fn day(text: &str) -> Result<Day, &'static str> {
    let parts: Vec<&str> =
        text.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let written = match parts.as_slice() {
        [year, month, day] => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            let (year, rest) = whole.split_at(4);
            let (month, day) = rest.split_at(2);
            format!("{year}-{month}-{day}")
        }
        _ => text.to_owned(),
    };
    Day::parse(&written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn read(texts: &[&str]) -> Result<ResidentDraft, Vec<Flaw>> {
        let heading =
            Heading::read(&row(&["*姓名", "身份证号", "手机号", "性别", "出生日期", "民族", "备注"]))
                .unwrap();
        draft(&heading, &row(texts), Division::SHANGHAI)
    }

    #[test]
    fn a_row_of_a_chinese_list_is_understood() {
        let draft = read(&["陈桂芳", "11010519491231002x", "13800001234", "女", "1949/12/31", "汉族", "x"])
            .ok()
            .unwrap();
        assert_eq!(&*draft.name, "陈桂芳");
        assert_eq!(draft.ethnicity, Ethnicity::new("01").ok());
        assert!(draft.document.is_some() && draft.phone.is_some() && draft.born_on.is_some());
        assert!(Heading::read(&row(&["电话"])).is_none());
        // Where somebody stands in a list tells nobody apart.
        let numbered = Heading::read(&row(&["编号", "姓名"])).unwrap();
        assert!(!numbered.says(&row(&["1", "陈桂芳"]), Column::ExternalId));
    }

    #[test]
    fn everything_wrong_with_a_row_is_told_without_repeating_it() {
        let flaws =
            read(&["王😀", "110105194912310021", "12345", "狗", "2023-02-29", "火星族"]).err().unwrap();
        let columns: Vec<Column> = flaws.iter().map(|flaw| flaw.column).collect();
        let wrong =
            [Column::Name, Column::Document, Column::Phone, Column::Sex, Column::BornOn, Column::Ethnicity];
        assert!(wrong.iter().all(|column| columns.contains(column)), "{columns:?}");
        assert!(!format!("{flaws:?}").contains("110105194912310021"));
    }

    #[test]
    fn days_are_read_as_lists_write_them() {
        for text in ["2026-01-05", "2026/1/5", "2026.1.5", "20260105", "2026年1月5日"] {
            assert_eq!(day(text).unwrap().get().to_string(), "2026-01-05", "{text}");
        }
        for bad in ["2026-02-30", "昨天", "1/5", "2026-1-5-1"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}
