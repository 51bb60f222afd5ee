//! Every query of the finder. All of them go by an index: the candidates are made of the question.

use diesel::prelude::*;

use super::Action;
use super::question::Question;
use crate::access::act::Look;
use crate::access::division::Division;
use crate::access::within::within;
use crate::kit::problem::Result;
use crate::places::buildings::BuildingId;
use crate::places::divisions::{DivisionRow, Level, Status};
use crate::places::estates::EstateId;
use crate::places::prefix::begins;
use crate::schema::{buildings, divisions, estates};

/// So many places of one name are looked at.
const MOST: i64 = 50;

/// An estate with its committee.
#[derive(Clone, Debug, Queryable)]
pub struct EstateFound {
    pub id: EstateId,
    pub name: String,
    pub address: String,
    pub committee: DivisionRow,
}

/// A building of an estate.
#[derive(Clone, Debug, Queryable)]
pub struct BuildingFound {
    pub id: BuildingId,
    pub estate: EstateId,
    pub number: String,
}

/// The street of a committee.
#[derive(Clone, Debug, Queryable)]
pub struct StreetFound {
    pub code: Division,
    pub name: String,
}

macro_rules! living {
    ($scope:expr) => {
        divisions::table
            .filter(within(divisions::code, $scope))
            .filter(divisions::status.ne(Status::Abolished))
            .select(DivisionRow::as_select())
    };
}

macro_rules! located {
    ($scope:expr) => {
        estates::table
            .inner_join(divisions::table)
            .filter(within(estates::division, $scope))
            // Where the committee is no more, nobody is to be sent.
            .filter(divisions::status.ne(Status::Abolished))
            .select((estates::id, estates::name, estates::address, DivisionRow::as_select()))
    };
}

/// The committees that a question names, and the streets and districts.
pub fn divisions_named(look: &mut Look<'_>, question: &Question) -> Result<Vec<DivisionRow>> {
    let scope = look.scope(Action::Find)?;
    let named = living!(&scope)
        .filter(divisions::name.eq_any(question.committees()))
        .filter(divisions::level.ne(Level::City));
    Ok(named.order(divisions::code).limit(MOST).load(look.conn)?)
}

/// The committees whose name begins with a text.
pub fn committees_begun(look: &mut Look<'_>, text: &str, most: usize) -> Result<Vec<DivisionRow>> {
    let scope = look.scope(Action::Find)?;
    let begun =
        living!(&scope).filter(begins(divisions::name, text)).filter(divisions::level.eq(Level::Committee));
    Ok(begun.order((divisions::name, divisions::code)).limit(most as i64).load(look.conn)?)
}

/// The estates that a question names, or whose address it has.
pub fn estates_named(look: &mut Look<'_>, question: &Question) -> Result<Vec<EstateFound>> {
    let scope = look.scope(Action::Find)?;
    let places = question.places();
    let named = located!(&scope).filter(estates::name.eq_any(&places).or(estates::address.eq_any(&places)));
    Ok(named.order((estates::division, estates::id)).limit(MOST).load(look.conn)?)
}

/// The estates whose name begins with a text.
pub fn estates_begun(look: &mut Look<'_>, text: &str, most: usize) -> Result<Vec<EstateFound>> {
    let scope = look.scope(Action::Find)?;
    let begun = located!(&scope).filter(begins(estates::name, text));
    Ok(begun.order((estates::name, estates::id)).limit(most as i64).load(look.conn)?)
}

/// The buildings of these estates that have one of these numbers.
pub fn buildings_numbered(
    look: &mut Look<'_>,
    estates: &[EstateId],
    numbers: &[String],
) -> Result<Vec<BuildingFound>> {
    let scope = look.scope(Action::Find)?;
    let numbered = buildings::table
        .filter(within(buildings::division, &scope))
        .filter(buildings::estate_id.eq_any(estates).and(buildings::number.eq_any(numbers)))
        .select((buildings::id, buildings::estate_id, buildings::number));
    Ok(numbered.order(buildings::id).load(look.conn)?)
}

/// The streets above committees.
pub fn streets(look: &mut Look<'_>, codes: &[Division]) -> Result<Vec<StreetFound>> {
    let scope = look.scope(Action::Find)?;
    let streets = divisions::table
        .filter(within(divisions::code, &scope))
        .filter(divisions::code.eq_any(codes).and(divisions::level.eq(Level::Street)))
        .select((divisions::code, divisions::name));
    Ok(streets.load(look.conn)?)
}
