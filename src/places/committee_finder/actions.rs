//! Finding the committee of an address or a place.

use super::question::{Question, Span};
use super::ranking::{Hit, best};
use super::store::{self, EstateFound};
use super::wire::{CommitteeFinderView, CommitteeMatchView};
use crate::access::act::Look;
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::places::coordinates::CoordSystem;
use crate::places::divisions::{DivisionRow, Level};
use crate::places::estates::EstateId;

/// So many places are answered.
const MOST: usize = 10;

/// The places that a question may mean, the likeliest first, each with its committee.
pub fn find(
    look: &mut Look<'_>,
    question: &Question,
    system: Option<CoordSystem>,
) -> Result<CommitteeFinderView> {
    let named = store::divisions_named(look, question)?;
    let mut hits = committees(question, &named);
    hits.extend(estates(question, store::estates_named(look, question)?));
    if let Some(text) = question.beginning() {
        extend_with_begun(look, question, text, &mut hits)?;
    }
    set_buildings(look, question, &mut hits)?;
    let best = best(hits, &named, MOST);
    let above: Vec<Division> = best.iter().filter_map(|hit| hit.committee.parent).collect();
    let streets = store::streets(look, &above)?;
    let now = look.now;
    let matches = best.into_iter().map(|hit| CommitteeMatchView::new(hit, &streets, system, now)).collect();
    Ok(CommitteeFinderView { query: question.text.clone(), matches })
}

fn committees(question: &Question, named: &[DivisionRow]) -> Vec<Hit> {
    let committees = named.iter().filter(|division| division.level == Level::Committee);
    let hits = committees.filter_map(|committee| {
        let span = question.span_of_committee(&committee.name)?;
        Some(Hit { span, is_named: true, building: None, estate: None, committee: committee.clone() })
    });
    hits.collect()
}

fn estates(question: &Question, named: Vec<EstateFound>) -> Vec<Hit> {
    let hits = named.into_iter().filter_map(|estate| {
        let spans = [question.span_of(&estate.name), question.span_of(&estate.address)];
        let span = spans.into_iter().flatten().max_by_key(Span::len)?;
        let committee = estate.committee.clone();
        Some(Hit { span, is_named: true, building: None, estate: Some(estate), committee })
    });
    hits.collect()
}

/// Adds the places whose name the question is the beginning of.
fn extend_with_begun(
    look: &mut Look<'_>,
    question: &Question,
    text: &str,
    hits: &mut Vec<Hit>,
) -> Result<()> {
    for committee in store::committees_begun(look, text, MOST)? {
        let is_known = hits.iter().any(|hit| hit.estate.is_none() && hit.committee.code == committee.code);
        if !is_known {
            let span = question.whole();
            hits.push(Hit { span, is_named: false, building: None, estate: None, committee });
        }
    }
    for estate in store::estates_begun(look, text, MOST)? {
        let is_known = hits.iter().any(|hit| hit.estate.as_ref().is_some_and(|known| known.id == estate.id));
        if !is_known {
            let (span, committee) = (question.whole(), estate.committee.clone());
            hits.push(Hit { span, is_named: false, building: None, estate: Some(estate), committee });
        }
    }
    Ok(())
}

/// Looks in every estate found for the building that the question names behind it.
fn set_buildings(look: &mut Look<'_>, question: &Question, hits: &mut [Hit]) -> Result<()> {
    let estates: Vec<EstateId> = hits.iter().filter_map(|hit| Some(hit.estate.as_ref()?.id)).collect();
    let mut numbers: Vec<String> = hits.iter().flat_map(|hit| question.building_after(&hit.span)).collect();
    numbers.sort();
    numbers.dedup();
    if estates.is_empty() || numbers.is_empty() {
        return Ok(());
    }
    let buildings = store::buildings_numbered(look, &estates, &numbers)?;
    for hit in hits {
        let Some(estate) = &hit.estate else { continue };
        let numbers = question.building_after(&hit.span);
        let is_meant = |number: &String| numbers.contains(number);
        let found = buildings.iter().find(|b| b.estate == estate.id && is_meant(&b.number));
        hit.building = found.cloned();
    }
    Ok(())
}
