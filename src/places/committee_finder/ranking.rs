//! Which of the places found were meant: the longest name first, and nothing that is but a part of a longer name.

use std::cmp::Reverse;

use super::question::Span;
use super::store::{BuildingFound, EstateFound};
use crate::access::division::Division;
use crate::places::divisions::{DivisionRow, Level};

/// A place that a question may mean.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Where the question names it.
    pub span: Span,
    /// Whether it is named, and not only begun.
    pub is_named: bool,
    /// The building, where it is one.
    pub building: Option<BuildingFound>,
    /// The estate, where it is one or a building of one.
    pub estate: Option<EstateFound>,
    /// The committee.
    pub committee: DivisionRow,
}

impl Hit {
    /// Whether this one says all that the other does, and as surely.
    fn outdoes(&self, other: &Hit) -> bool {
        let is_longer = self.span.len() > other.span.len();
        let is_around = self.span.start <= other.span.start && other.span.end <= self.span.end;
        let says_committee = self.estate.is_some() && self.committee.code == other.committee.code;
        let is_as_sure = self.is_named || !other.is_named;
        is_around && is_longer || other.estate.is_none() && says_committee && is_as_sure
    }

    fn order(&self) -> (Reverse<usize>, bool, u8, Division) {
        let kind = u8::from(self.building.is_none()) + u8::from(self.estate.is_none());
        (Reverse(self.span.len()), !self.is_named, kind, self.committee.code)
    }
}

/// The best hits, `most` at most. A street or district that the question names rules out what lies elsewhere.
pub fn best(hits: Vec<Hit>, named: &[DivisionRow], most: usize) -> Vec<Hit> {
    let hits = [Level::Street, Level::District].into_iter().fold(hits, |hits, level| {
        let ranges: Vec<_> = named.iter().filter(|d| d.level == level).map(|d| d.code.range()).collect();
        let is_inside = |hit: &Hit| ranges.iter().any(|range| range.contains(hit.committee.code));
        if hits.iter().any(is_inside) { hits.into_iter().filter(is_inside).collect() } else { hits }
    });
    let mut best: Vec<Hit> =
        hits.iter().filter(|hit| !hits.iter().any(|other| other.outdoes(hit))).cloned().collect();
    best.sort_by_key(Hit::order);
    best.truncate(most);
    best
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::places::divisions::Status;
    use crate::places::estates::EstateId;

    fn division(code: &str, level: Level) -> DivisionRow {
        DivisionRow {
            code: Division::parse(code).unwrap(),
            name: String::new(),
            level,
            parent: None,
            status: Status::Established,
            address: String::new(),
            phones: Vec::new(),
            opening_hours: serde_json::json!({}),
            longitude: None,
            latitude: None,
            version: 1,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn committee(code: &str, span: Span) -> Hit {
        let committee = division(code, Level::Committee);
        Hit { span, is_named: true, building: None, estate: None, committee }
    }

    fn estate(code: &str, span: Span) -> Hit {
        let estate = EstateFound {
            id: EstateId::new(),
            name: String::new(),
            address: String::new(),
            committee: division(code, Level::Committee),
        };
        Hit { estate: Some(estate), ..committee(code, span) }
    }

    fn codes(hits: Vec<Hit>, named: &[DivisionRow]) -> Vec<String> {
        best(hits, named, 10).iter().map(|hit| hit.committee.code.to_string()).collect()
    }

    #[test]
    fn a_part_of_a_longer_name_is_not_meant() {
        let hits = vec![committee("310113003001", 0..6), estate("310113003005", 0..12)];
        assert_eq!(codes(hits, &[]), ["310113003005"]);
        let apart = vec![committee("310113003001", 12..18), estate("310113003005", 0..12)];
        assert_eq!(codes(apart, &[]), ["310113003005", "310113003001"]);
    }

    #[test]
    fn an_estate_tells_its_committee_once() {
        let hits = vec![committee("310113003005", 0..12), estate("310113003005", 0..12)];
        assert_eq!(codes(hits, &[]), ["310113003005"]);
        let apart = vec![committee("310113003005", 0..12), estate("310113003005", 12..30)];
        assert_eq!(codes(apart, &[]), ["310113003005"], "an address behind the name");
        let hits = vec![committee("310101013001", 0..12), estate("310113003005", 0..12)];
        assert_eq!(codes(hits, &[]), ["310113003005", "310101013001"]);
    }

    #[test]
    fn the_district_named_decides() {
        let hits = || vec![committee("310101013001", 0..12), committee("310113003005", 0..12)];
        assert_eq!(codes(hits(), &[division("310113000000", Level::District)]), ["310113003005"]);
        let both = [division("310113003000", Level::Street), division("310101000000", Level::District)];
        assert_eq!(codes(hits(), &both), ["310113003005"], "the street is nearer");
        assert_eq!(codes(hits(), &[division("310151000000", Level::District)]).len(), 2);
    }
}
