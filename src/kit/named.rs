//! What a request names must be there for its sender.

use super::problem::{NOT_FOUND, Result, Rule};

/// For things found by an id that a field of the body names.
pub trait Named<T> {
    /// What is hidden or absent makes the field at fault: 422 in place of 404. Other problems stay what they are.
    fn or_refuse(self, rule: &'static Rule, pointer: impl Into<String>) -> Result<T>;
}

impl<T> Named<T> for Result<T> {
    fn or_refuse(self, rule: &'static Rule, pointer: impl Into<String>) -> Result<T> {
        self.map_err(|problem| if *problem.rule() == NOT_FOUND { rule.at(pointer) } else { problem })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::problem::{BUSY, Problem};

    static UNKNOWN: Rule = Rule::invalid("thing-unknown", "There is no such thing.", "没有此物。");

    #[test]
    fn only_absence_is_the_field_s_fault() {
        let refused = |problem: Problem| Err::<(), _>(problem).or_refuse(&UNKNOWN, "/thing").unwrap_err();
        assert_eq!(refused((&NOT_FOUND).into()).rule().code, "thing-unknown");
        assert_eq!(refused((&BUSY).into()).rule().code, "busy");
    }
}
