//! Names that begin with a text. Written as a range, since a generic plan uses no index for a `LIKE` whose pattern is a
//! parameter. The operators are those of `text_pattern_ops`: by bytes, whatever the database's collation.

use diesel::dsl::{And, AsExprOf};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;

mod operators {
    use super::Pg;

    diesel::infix_operator!(AtLeast, " ~>=~ ", backend: Pg);
    diesel::infix_operator!(Below, " ~<~ ", backend: Pg);
}
use operators::{AtLeast, Below};

/// Longer than any name.
const LONG: usize = 101;

/// The condition that a column of names begins with a text.
pub type Begins<C> = And<AtLeast<C, AsExprOf<String, Text>>, Below<C, AsExprOf<String, Text>>>;

/// The condition that `column` begins with `text`, for columns with an index of `text_pattern_ops`.
pub fn begins<C: Expression<SqlType = Text> + Copy>(column: C, text: &str) -> Begins<C> {
    let from = AsExpression::<Text>::as_expression(text.to_owned());
    let until = AsExpression::<Text>::as_expression(behind(text));
    AtLeast::new(column, from).and(Below::new(column, until))
}

/// The first text behind all that begin with this one: its last character replaced by the next. UTF-8 is in the order of
/// the characters.
pub fn behind(text: &str) -> String {
    let mut start = text.chars();
    while let Some(last) = start.next_back() {
        // The surrogates between these two are no characters.
        let next = if last == '\u{D7FF}' { Some('\u{E000}') } else { char::from_u32(last as u32 + 1) };
        if let Some(next) = next {
            return format!("{}{next}", start.as_str());
        }
    }
    char::MAX.to_string().repeat(text.chars().count() + LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_a_text_lies_before_what_is_behind_it() {
        assert_eq!(behind("宝钢"), "宝钣");
        assert_eq!(behind("a\u{D7FF}"), "a\u{E000}");
        assert_eq!(behind("a\u{10FFFF}"), "b");
        for text in ["宝钢", "50%", "a_", "a\\", "\u{7F}", "\u{D7FF}", "a\u{10FFFF}", "\u{10FFFF}", ""] {
            for rest in ["", "0", "五村", "\u{10FFFF}\u{10FFFF}"] {
                let name = format!("{text}{rest}");
                assert!(*text <= *name && name < behind(text), "{name:?}");
            }
        }
        for other in ["宝铁", "宝", "钢"] {
            assert!(*other < *"宝钢" || behind("宝钢").as_str() <= other, "{other}");
        }
    }
}
