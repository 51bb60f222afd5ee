//! What somebody asks for, read without looking anything up: 宝钢五村247号, 友谊路1588弄, 宝钢五村居委会.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::places::addresses::{folded, without_district};

/// Shorter words name too much.
const SHORTEST: usize = 2;
/// Longer names and addresses are found by their beginning only.
const LONGEST: usize = 20;
/// Longer questions are no beginning of a name.
const LONGEST_BEGINNING: usize = 12;
/// What the map's names of committees end in, the longest first.
const ENDINGS: [&str; 3] = ["社区居委会", "居委会", "村委会"];
/// What follows the number of a building.
const AFTER_NUMBER: [&str; 4] = ["号", "幢", "栋", "#"];

/// Where in a question something is named, in bytes.
pub type Span = Range<usize>;

/// A question in the form that names and addresses are compared in.
#[derive(Clone, Debug)]
pub struct Question {
    /// The text: half-width, without spaces, committees by the short form of their title.
    pub text: String,
}

impl Question {
    /// Reads a question.
    pub fn read(text: &str) -> Self {
        Question {
            text: folded(text).replace("居民委员会", "居委会").replace("村民委员会", "村委会")
        }
    }

    /// Everything in it that could be the name or the address of a place, so that looking it up needs no scan.
    pub fn places(&self) -> Vec<String> {
        let starts: Vec<usize> = self.text.char_indices().map(|(at, _)| at).collect();
        let words = starts.iter().enumerate().flat_map(|(first, start)| {
            let ends = starts.iter().copied().chain([self.text.len()]).skip(first + SHORTEST);
            ends.take(LONGEST + 1 - SHORTEST).filter_map(|end| self.text.get(*start..end))
        });
        let words: BTreeSet<&str> = words.filter(|word| !word.is_ascii()).collect();
        words.into_iter().map(str::to_owned).collect()
    }

    /// Everything in it that could be the name of a committee, in the full form that the map has.
    pub fn committees(&self) -> Vec<String> {
        let places = self.places();
        let full = places.iter().flat_map(|word| match word.strip_suffix("村委会") {
            Some(stem) => vec![word.clone(), format!("{stem}村村委会")],
            None if word.ends_with("居委会") => vec![word.clone()],
            None => ENDINGS.iter().map(|ending| format!("{word}{ending}")).chain([word.clone()]).collect(),
        });
        full.collect()
    }

    /// The text as the beginning of a name, if it is short enough for one.
    pub fn beginning(&self) -> Option<&str> {
        let local = without_district(&self.text);
        let text = if local.chars().count() < SHORTEST { &self.text } else { local };
        (SHORTEST..=LONGEST_BEGINNING).contains(&text.chars().count()).then_some(text)
    }

    /// The whole of it.
    pub fn whole(&self) -> Span {
        0..self.text.len()
    }

    /// Where it names a place.
    pub fn span_of(&self, place: &str) -> Option<Span> {
        let start = self.text.find(place).filter(|_| !place.is_empty())?;
        Some(start..start + place.len())
    }

    /// Where it names a committee, by the longest form of its name.
    pub fn span_of_committee(&self, name: &str) -> Option<Span> {
        let stems = ENDINGS.iter().filter_map(|ending| name.strip_suffix(ending));
        let stems = stems.filter(|stem| stem.chars().count() >= SHORTEST).map(str::to_owned);
        let village = name.strip_suffix("村村委会").map(|stem| format!("{stem}村委会"));
        let forms = stems.chain(village).chain([name.to_owned()]);
        forms.filter_map(|form| self.span_of(&form)).max_by_key(Span::len)
    }

    /// The numbers that a building named behind that place may go by: `247号`, `247`, `247幢`.
    pub fn building_after(&self, place: &Span) -> Vec<String> {
        let Some(number) = self.text.get(place.end..).and_then(number_of_building) else {
            return Vec::new();
        };
        ["", "号", "号楼", "幢", "栋"].iter().map(|ending| format!("{number}{ending}")).collect()
    }
}

/// The first number in front of 号, or else the one at the end.
fn number_of_building(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let run = rest.get(start..).unwrap_or_default();
        let end = run.find(|c| !is_part(c)).unwrap_or(run.len());
        let (number, behind) = run.split_at(end);
        let is_closed = behind.is_empty() || AFTER_NUMBER.iter().any(|ending| behind.starts_with(ending));
        if is_closed && number.bytes().any(|b| b.is_ascii_digit()) {
            return Some(number);
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(names: &[String], name: &str) -> bool {
        names.iter().any(|known| known == name)
    }

    #[test]
    fn a_question_is_folded() {
        assert_eq!(Question::read(" 宝钢五村 ２４７号 ").text, "宝钢五村247号");
        assert_eq!(Question::read("宝钢五村居民委员会").text, "宝钢五村居委会");
    }

    #[test]
    fn every_word_is_a_candidate() {
        let places = Question::read("上海市宝山区友谊路1588弄247号").places();
        for name in ["友谊路1588弄", "宝山区", "上海"] {
            assert!(has(&places, name), "{name}");
        }
        assert!(!has(&places, "1588"), "a number alone names nothing");
        assert!(places.iter().all(|word| (2..=20).contains(&word.chars().count())));
        assert!(Question::read("宝").places().is_empty());
        assert!(Question::read(&"宝".repeat(64)).places().len() <= 19);
    }

    #[test]
    fn committees_are_asked_for_by_any_form_of_their_name() {
        let full = |text| Question::read(text).committees();
        assert!(has(&full("宝钢五村247号"), "宝钢五村居委会"));
        assert!(has(&full("宝钢五村居民委员会在哪"), "宝钢五村居委会"));
        assert!(has(&full("云南中路社区"), "云南中路社区居委会"));
        assert!(has(&full("光明村委会"), "光明村村委会"));
        assert!(has(&full("光明村"), "光明村村委会"));
    }

    #[test]
    fn the_longest_form_of_a_name_is_where_it_stands() {
        let question = Question::read("友谊路街道宝钢五村居委会");
        let named = |name| question.span_of_committee(name).and_then(|span| question.text.get(span));
        assert_eq!(named("宝钢五村居委会"), Some("宝钢五村居委会"));
        assert_eq!(named("宝钢六村居委会"), None);
        assert_eq!(Question::read("光明村委会").span_of_committee("光明村村委会"), Some(0..15));
    }

    #[test]
    fn the_building_stands_behind_the_place() {
        let after = |text, place: &str| {
            let question = Question::read(text);
            let span = question.span_of(place).unwrap();
            question.building_after(&span).into_iter().nth(1)
        };
        assert_eq!(after("宝钢五村247号", "宝钢五村").as_deref(), Some("247号"));
        assert_eq!(after("宝钢五村247号502室", "宝钢五村").as_deref(), Some("247号"));
        assert_eq!(after("友谊路1588弄宝钢五村A3号楼", "友谊路1588弄").as_deref(), Some("A3号"));
        assert_eq!(after("宝钢五村友谊路1588弄247", "宝钢五村").as_deref(), Some("247号"));
        assert_eq!(after("宝钢五村502室", "宝钢五村"), None);
        assert_eq!(after("友谊路1588弄", "友谊路"), None);
    }

    #[test]
    fn only_a_short_question_is_a_beginning() {
        assert_eq!(Question::read("上海市宝山区宝钢").beginning(), Some("宝钢"));
        assert_eq!(Question::read("宝").beginning(), None);
        assert_eq!(Question::read(&"宝".repeat(13)).beginning(), None);
    }
}
