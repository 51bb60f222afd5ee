//! The columns of a list of residents: their names, where they stand, and what is wrong in one.

use crate::kit::problem::Problem;
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
        /// 小区
        Estate = "estate",
        /// 楼栋
        Building = "building",
        /// 单元
        Unit = "unit",
        /// 室号
        Dwelling = "dwelling",
        /// 居住关系
        Tie = "tie",
        /// 户编号
        Household = "household",
        /// 与户主关系
        Relation = "relation",
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
            Column::Estate => &["小区", "小区名称", "estate"],
            Column::Building => &["楼栋", "楼栋号", "楼号", "幢", "building"],
            Column::Unit => &["单元", "单元号", "unit"],
            Column::Dwelling => &["室号", "门牌", "房号", "室", "dwelling"],
            Column::Tie => &["居住关系", "人房关系", "tie"],
            Column::Household => &["户编号", "户号", "家庭户编号", "household"],
            Column::Relation => &["与户主关系", "与户主的关系", "relation"],
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
    pub(super) fn text<'a>(&self, row: &'a [String], column: Column) -> Option<&'a str> {
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
