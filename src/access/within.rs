//! Two conditions for any query over territory: inside a scope's ranges, and behind the last row of a page.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Bool, Uuid as SqlUuid};
use uuid::Uuid;

use super::division::{Division, Range};
use super::policy::Scope;

/// `(column >= … AND column < … OR …)`, one pair a range; false where there is none.
#[derive(Clone, Debug)]
pub struct Within<C> {
    column: C,
    ranges: Vec<Range>,
}

/// The condition that `column` lies in one of the scope's ranges.
pub fn within<C>(column: C, scope: &Scope) -> Within<C> {
    Within { column, ranges: scope.ranges.clone() }
}

impl<C: Expression<SqlType = BigInt>> Expression for Within<C> {
    type SqlType = Bool;
}

impl<C, Source> AppearsOnTable<Source> for Within<C> where
    C: AppearsOnTable<Source> + Expression<SqlType = BigInt>
{
}

impl<C, Source> SelectableExpression<Source> for Within<C> where
    C: SelectableExpression<Source> + Expression<SqlType = BigInt>
{
}

impl<C, GroupBy> ValidGrouping<GroupBy> for Within<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C> QueryId for Within<C> {
    type QueryId = ();
    // The number of ranges is part of the statement, so it is cached by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C: QueryFragment<Pg>> QueryFragment<Pg> for Within<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.ranges.is_empty() {
            out.push_sql("FALSE");
            return Ok(());
        }
        out.push_sql("(");
        for (i, range) in self.ranges.iter().enumerate() {
            out.push_sql(if i == 0 { "" } else { " OR " });
            self.column.walk_ast(out.reborrow())?;
            out.push_sql(" >= ");
            out.push_bind_param::<BigInt, _>(&range.start)?;
            out.push_sql(" AND ");
            self.column.walk_ast(out.reborrow())?;
            out.push_sql(" < ");
            out.push_bind_param::<BigInt, _>(&range.end)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

/// `(division, id) > (…, …)`: the rows behind the last one of a page, found by the index at any depth.
#[derive(Clone, Debug)]
pub struct Beyond<D, I> {
    columns: (D, I),
    division: Division,
    id: Uuid,
}

/// The condition that a row comes after the given one in the order of `(division, id)`.
pub fn beyond<D, I>(division: D, id: I, after: (Division, Uuid)) -> Beyond<D, I> {
    Beyond { columns: (division, id), division: after.0, id: after.1 }
}

impl<D: Expression<SqlType = BigInt>, I: Expression<SqlType = SqlUuid>> Expression for Beyond<D, I> {
    type SqlType = Bool;
}

impl<D, I, Source> AppearsOnTable<Source> for Beyond<D, I>
where
    D: AppearsOnTable<Source> + Expression<SqlType = BigInt>,
    I: AppearsOnTable<Source> + Expression<SqlType = SqlUuid>,
{
}

impl<D, I, Source> SelectableExpression<Source> for Beyond<D, I>
where
    D: SelectableExpression<Source> + Expression<SqlType = BigInt>,
    I: SelectableExpression<Source> + Expression<SqlType = SqlUuid>,
{
}

impl<D, I, GroupBy> ValidGrouping<GroupBy> for Beyond<D, I> {
    type IsAggregate = is_aggregate::No;
}

impl<D, I> QueryId for Beyond<D, I> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<D: QueryFragment<Pg>, I: QueryFragment<Pg>> QueryFragment<Pg> for Beyond<D, I> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("(");
        self.columns.0.walk_ast(out.reborrow())?;
        out.push_sql(", ");
        self.columns.1.walk_ast(out.reborrow())?;
        out.push_sql(") > (");
        out.push_bind_param::<BigInt, _>(&self.division)?;
        out.push_sql(", ");
        out.push_bind_param::<SqlUuid, _>(&self.id)?;
        out.push_sql(")");
        Ok(())
    }
}
