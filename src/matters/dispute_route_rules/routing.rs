//! Which way a dispute goes.

use chrono::NaiveDate;

use super::model::{DisputeGround, RouteRuleRow};
use super::store;
use crate::access::act::Look;
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::matters::disputes::DisputeType;

/// The rule by which a dispute of that place goes its way on a day; none where no rule fits.
pub fn choose(
    look: &mut Look<'_>,
    (division, on): (Division, NaiveDate),
    dispute_type: DisputeType,
    grounds: &[DisputeGround],
) -> Result<Option<RouteRuleRow>> {
    let rules = store::find(look.conn, division, on)?;
    Ok(first(rules, dispute_type, grounds))
}

/// The first that fits; of one position, the first stands for all.
fn first(
    mut rules: Vec<RouteRuleRow>,
    dispute_type: DisputeType,
    grounds: &[DisputeGround],
) -> Option<RouteRuleRow> {
    rules.dedup_by_key(|rule| rule.position);
    let is_said = |rule: &RouteRuleRow| rule.ground.is_none_or(|ground| grounds.contains(&ground));
    let is_of_type = |rule: &RouteRuleRow| rule.dispute_type.is_none_or(|one| one == dispute_type);
    rules.into_iter().find(|rule| is_said(rule) && is_of_type(rule))
}

#[cfg(test)]
mod tests {
    use super::super::import::RouteLine;
    use super::super::model::{DisputeRoute, RouteRuleId};
    use super::*;

    fn defaults() -> Vec<RouteRuleRow> {
        let file = include_bytes!("../../../data/mediation/routes.csv");
        let mut lines: Vec<RouteLine> = crate::kit::lines::read(file.as_slice()).expect("the file");
        lines.sort_by_key(|line| line.position);
        let rule = |line: RouteLine| RouteRuleRow {
            id: RouteRuleId::new(),
            division: Division::SHANGHAI,
            position: line.position,
            ground: line.ground,
            dispute_type: line.dispute_type,
            route: line.route,
            effective_from: line.effective_from,
            legal_basis: line.legal_basis,
            created_at: chrono::DateTime::UNIX_EPOCH,
        };
        lines.into_iter().map(rule).collect()
    }

    #[test]
    fn danger_comes_before_everything_and_mediation_takes_the_rest() {
        use DisputeGround::*;
        let way = |dispute_type, grounds: &[DisputeGround]| {
            first(defaults(), dispute_type, grounds).map(|rule| rule.route)
        };
        for dispute_type in DisputeType::ALL {
            assert_eq!(way(*dispute_type, &[]), Some(DisputeRoute::Mediation), "{dispute_type:?}");
            assert_eq!(way(*dispute_type, &[NoMeans, Sued, Violence]), Some(DisputeRoute::Police));
            assert_eq!(way(*dispute_type, &[Crime]), Some(DisputeRoute::Police));
            assert_eq!(way(*dispute_type, &[NoMeans, Sued]), Some(DisputeRoute::Court));
        }
        assert_eq!(way(DisputeType::Labour, &[NoMeans]), Some(DisputeRoute::LegalAid));
        assert_eq!(way(DisputeType::Neighbour, &[NoMeans]), Some(DisputeRoute::Mediation));
    }

    #[test]
    fn a_closer_rule_stands_in_place_of_a_wider_one() {
        let mut rules = defaults();
        let closer = RouteRuleRow { dispute_type: Some(DisputeType::Debt), ..rules[2].clone() };
        rules.insert(2, closer);
        let sued = [DisputeGround::Sued];
        assert_eq!(
            first(rules.clone(), DisputeType::Debt, &sued).map(|rule| rule.route),
            Some(DisputeRoute::Court)
        );
        let other = first(rules, DisputeType::Rent, &sued);
        assert_eq!(other.map(|rule| rule.route), Some(DisputeRoute::Mediation));
    }
}
