//! Every query of categories but the import.

use diesel::prelude::*;

use super::Action;
use super::model::{CategoryChange, CategoryId, CategoryRow, Filter, NewCategory, QuestionRow};
use super::rules::{CODE_TAKEN, DIVISION_UNKNOWN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::schema::{petition_categories, petition_questions};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("petition_categories_code_key", &CODE_TAKEN, "/code"),
    ("petition_categories_division_fkey", &DIVISION_UNKNOWN, "/division"),
];

/// One page, the city's first, then by code.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, String)>,
) -> Result<Vec<CategoryRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = petition_categories::table
        .filter(within(petition_categories::division, &scope))
        .select(CategoryRow::as_select())
        .into_boxed();
    if let Some(division) = filter.division {
        // Those that apply there: its own, and those of what it lies in.
        let line: Vec<Division> = division.line();
        query = query.filter(petition_categories::division.eq_any(line));
    }
    if let Some(is_active) = filter.is_active {
        query = query.filter(petition_categories::is_active.eq(is_active));
    }
    if let Some((division, code)) = &pager.after {
        let (after, same) =
            (petition_categories::division.gt(*division), petition_categories::division.eq(*division));
        query = query.filter(after.or(same.and(petition_categories::code.gt(code.clone()))));
    }
    let order = (petition_categories::division, petition_categories::code);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A category the caller sees.
pub fn find(look: &mut Look<'_>, id: CategoryId) -> Result<CategoryRow> {
    let scope = look.scope(Action::Find)?;
    let seen = petition_categories::table.find(id).filter(within(petition_categories::division, &scope));
    Ok(seen.select(CategoryRow::as_select()).first(look.conn)?)
}

/// A category the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: CategoryId) -> Result<CategoryRow> {
    let scope = act.scope(Action::Find)?;
    let seen = petition_categories::table.find(id).filter(within(petition_categories::division, &scope));
    Ok(seen.select(CategoryRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// What is asked besides, in its order. Whoever has the category may see that.
pub fn questions(look: &mut Look<'_>, id: CategoryId) -> Result<Vec<QuestionRow>> {
    questions_of(look, &[id])
}

/// The questions of several categories, each category's in their order.
pub fn questions_of(look: &mut Look<'_>, ids: &[CategoryId]) -> Result<Vec<QuestionRow>> {
    use petition_questions::{category_id, position};
    let asked = petition_questions::table.filter(category_id.eq_any(ids)).order((category_id, position));
    Ok(asked.select(QuestionRow::as_select()).load(look.conn)?)
}

/// Adds a category, without questions yet.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewCategory>) -> Result<CategoryRow> {
    diesel::insert_into(petition_categories::table)
        .values(&**new)
        .returning(CategoryRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a category; its version moves even if only its questions do.
pub fn update(
    act: &mut Act<'_>,
    category: &Permit<CategoryRow>,
    change: CategoryChange,
) -> Result<CategoryRow> {
    let (version, updated_at) = (petition_categories::version, petition_categories::updated_at);
    diesel::update(petition_categories::table.find(category.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(CategoryRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Makes these the category's questions, and no others.
pub fn set_questions<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: CategoryId,
    questions: &[QuestionRow],
) -> Result<()> {
    let before = petition_questions::table.filter(petition_questions::category_id.eq(id));
    diesel::delete(before).execute(act.conn)?;
    diesel::insert_into(petition_questions::table).values(questions).execute(act.conn)?;
    Ok(())
}

/// How many categories there are: whether the default ones were imported.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(petition_categories::table.count().get_result(conn)?)
}
