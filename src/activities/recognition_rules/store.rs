//! Every query of rules. They are no secret, so no viewer is asked for.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{RecognitionKind, RuleRow, Rules};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::schema::recognition_rules;

/// The rules of a kind that hold at a place on a day.
pub fn held(
    conn: &mut PgConnection,
    kind: RecognitionKind,
    division: Division,
    day: NaiveDate,
) -> Result<Rules> {
    let all = recognition_rules::table.filter(recognition_rules::kind.eq(kind)).select(RuleRow::as_select());
    Ok(Rules::held(&all.load(conn)?, division, day))
}
