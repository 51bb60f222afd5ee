//! How a row of a list becomes a draft, and which home and household it names.

use super::columns::{Column, Flaw, Heading};
use super::model::{WrittenHome, WrittenHousehold};
use super::relations::HOUSEHOLD_RELATION;
use super::words::{self, Words};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::day::Day;
use crate::kit::text::{Label, Line};
use crate::people::document::{Document, DocumentKind};
use crate::people::names::PersonName;
use crate::people::residents::{Ethnicity, Nationality, Residence, ResidentDraft};

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
        phone: reading.value(
            Column::Phone,
            Phone::parse,
            "电话应为11位手机号、带区号的固定电话（如021-12345678）或带国家代码的号码",
        ),
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

/// The home that a row names: by a building and a dwelling, of an estate and a unit where it says them. None where it says neither of
/// building, unit and dwelling.
pub fn home(heading: &Heading, row: &[String]) -> Result<Option<WrittenHome>, Vec<Flaw>> {
    let named = [Column::Building, Column::Unit, Column::Dwelling];
    let is_named = named.iter().any(|column| heading.says(row, *column));
    let mut reading = Reading { heading, row, flaws: Vec::new() };
    let estate = reading.value(Column::Estate, Line::<100>::new, "小区最多100个字");
    let building = reading.value(Column::Building, Line::<20>::new, "楼栋最多20个字");
    let unit = reading.value(Column::Unit, Label::<20>::new, "单元最多20个字");
    let number = reading.value(Column::Dwelling, Line::<20>::new, "室号最多20个字");
    let tie = reading.word(Column::Tie, words::TIE);
    for (column, explanation) in [(Column::Building, "缺少楼栋"), (Column::Dwelling, "缺少室号")] {
        if is_named && !heading.says(row, column) {
            reading.flaws.push(Flaw { column, code: "field-invalid", explanation: explanation.into() });
        }
    }
    if !reading.flaws.is_empty() {
        return Err(reading.flaws);
    }
    Ok(building.zip(number).map(|(building, number)| WrittenHome {
        estate: estate.map(Line::into_inner),
        building: building.into_inner(),
        unit: unit.map(Label::into_inner).unwrap_or_default(),
        number: number.into_inner(),
        tie,
    }))
}

/// The household that a row names, with what the person is to its head. None where it says one of the two only: it leaves what is known.
pub fn household(heading: &Heading, row: &[String]) -> Result<Option<WrittenHousehold>, Vec<Flaw>> {
    if !heading.says(row, Column::Household) || !heading.says(row, Column::Relation) {
        return Ok(None);
    }
    let mut reading = Reading { heading, row, flaws: Vec::new() };
    let number = reading.value(Column::Household, Line::<30>::new, "户编号最多30个字");
    let relation = reading.word(Column::Relation, HOUSEHOLD_RELATION);
    match number.zip(relation) {
        Some((number, relation)) => Ok(Some(WrittenHousehold { number: number.into_inner(), relation })),
        None => Err(reading.flaws),
    }
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
    use crate::people::homes::HomeRelation;
    use crate::people::households::HouseholdRelation;

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
    fn a_home_has_a_building_and_a_dwelling() {
        let heading = Heading::read(&row(&["姓名", "小区", "楼号", "单元", "房号", "居住关系"])).unwrap();
        let read = |texts: &[&str]| home(&heading, &row(texts));
        let named = read(&["陈桂芳", "宝钢五村", "247号", "1", "502", "租客"]).ok().unwrap().unwrap();
        assert_eq!((&*named.building, &*named.unit, &*named.number), ("247号", "1", "502"));
        assert_eq!((named.estate.as_deref(), named.tie), (Some("宝钢五村"), Some(HomeRelation::Tenant)));
        // Which estate somebody belongs to is no home.
        assert_eq!(read(&["陈桂芳", "宝钢五村", "", "", "", "居住"]).ok().unwrap(), None);
        for (texts, columns) in [
            (["陈桂芳", "", "247号", "", "", ""], vec![Column::Dwelling]),
            (["陈桂芳", "", "", "", "502", "狗"], vec![Column::Tie, Column::Building]),
        ] {
            let flaws = read(&texts).err().unwrap();
            assert_eq!(flaws.iter().map(|flaw| flaw.column).collect::<Vec<_>>(), columns);
        }
    }

    #[test]
    fn a_household_has_a_number_and_a_relation_to_its_head() {
        let heading = Heading::read(&row(&["姓名", "户号", "与户主关系"])).unwrap();
        let read = |texts: &[&str]| household(&heading, &row(texts));
        let named = read(&["陈桂芳", "0247-0502", "次女"]).ok().unwrap().unwrap();
        assert_eq!((&*named.number, named.relation), ("0247-0502", HouseholdRelation::Child));
        for half in [["陈桂芳", "0247-0502", ""], ["陈桂芳", "", "次女"]] {
            assert_eq!(read(&half).ok().unwrap(), None);
        }
        let flaws = read(&["陈桂芳", "0".repeat(31).as_str(), "狗"]).err().unwrap();
        assert_eq!(
            flaws.iter().map(|flaw| flaw.column).collect::<Vec<_>>(),
            [Column::Household, Column::Relation]
        );
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
