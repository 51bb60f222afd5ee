//! Lists of what places say from a day on: rules, amounts, periods. They are no secret, and hold for everything below.

/// The query of one page: what the scope reaches; where the filter names a division what holds there, and where it names a day what
/// was said by then; behind the last row of the page before, in the order of divisions. Filters of one list alone come after.
macro_rules! said {
    ($dsl:ident::$table:ident as $row:ty, $scope:expr, $filter:expr, $pager:expr) => {{
        let mut query = $dsl::$table
            .filter($crate::access::within::within($dsl::division, $scope))
            .order(($dsl::division, $dsl::id))
            .limit($pager.fetch())
            .select(<$row>::as_select())
            .into_boxed();
        if let Some(division) = $filter.division {
            query = query.filter($dsl::division.eq_any(division.line()));
        }
        if let Some(on) = $filter.on {
            query = query.filter($dsl::effective_from.le(on));
        }
        if let Some(after) = $pager.after {
            query = query.filter($crate::access::within::beyond($dsl::division, $dsl::id, after));
        }
        query
    }};
}

pub(crate) use said;
