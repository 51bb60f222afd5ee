//! Every query of rules. They are no secret, so no viewer is asked for.

use diesel::prelude::*;

use super::model::{RuleRow, Rules};
use crate::kit::problem::Result;
use crate::schema::volunteer_rules;

/// All there are: a few lines for the city, and a few more where a district has its own.
pub fn all(conn: &mut PgConnection) -> Result<Rules> {
    Ok(Rules(volunteer_rules::table.select(RuleRow::as_select()).load(conn)?))
}

/// How many there are.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(volunteer_rules::table.count().get_result(conn)?)
}
