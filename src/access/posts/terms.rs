//! Terms 任期 of one post, counted in days: what of a term is still to be granted.

use chrono::NaiveDate;

/// The days somebody holds a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none where it is open.
    pub ends_on: Option<NaiveDate>,
}

impl Term {
    /// Whether a day lies in it.
    pub fn has(self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|last| day <= last)
    }

    /// Its parts that lie in none of these terms, which stand in the order of their first days.
    pub fn left_by(self, held: &[Term]) -> Vec<Term> {
        let (mut left, mut day) = (Vec::new(), Some(self.starts_on));
        for term in held {
            let Some(first) = day else { break };
            if first < term.starts_on {
                left.push(Term { starts_on: first, ends_on: term.starts_on.pred_opt() });
            }
            day = term.ends_on.and_then(|last| last.succ_opt()).map(|next| next.max(first));
        }
        left.extend(day.map(|first| Term { starts_on: first, ends_on: None }));
        left.into_iter().filter_map(|term| term.until(self.ends_on)).collect()
    }

    /// What of it lies before the end of another.
    fn until(self, end: Option<NaiveDate>) -> Option<Term> {
        let ends_on = match (self.ends_on, end) {
            (Some(own), Some(end)) => Some(own.min(end)),
            (own, end) => own.or(end),
        };
        let is_any = ends_on.is_none_or(|last| self.starts_on <= last);
        is_any.then_some(Term { ends_on, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn term(from: u32, until: Option<u32>) -> Term {
        Term { starts_on: day(from), ends_on: until.map(day) }
    }

    #[test]
    fn what_is_not_held_yet_is_left() {
        let (open, closed) = (term(10, None), term(10, Some(20)));
        assert_eq!(open.left_by(&[]), [open]);
        assert_eq!(closed.left_by(&[]), [closed]);
        // Held on, and held for longer than is wanted.
        assert!(open.left_by(&[term(1, None)]).is_empty());
        assert!(closed.left_by(&[term(1, Some(20))]).is_empty());
        // It ends soon, begins later, or has ended.
        assert_eq!(open.left_by(&[term(1, Some(12))]), [term(13, None)]);
        assert_eq!(open.left_by(&[term(15, None)]), [term(10, Some(14))]);
        assert_eq!(open.left_by(&[term(1, Some(9))]), [open]);
        assert_eq!(closed.left_by(&[term(21, None)]), [closed]);
        // One after another, one beside another.
        let some = [term(1, Some(11)), term(13, Some(14)), term(14, Some(16)), term(15, Some(15))];
        assert_eq!(open.left_by(&some), [term(12, Some(12)), term(17, None)]);
        assert_eq!(closed.left_by(&some), [term(12, Some(12)), term(17, Some(20))]);
    }

    #[test]
    fn a_term_has_its_first_and_its_last_day() {
        let (open, closed) = (term(10, None), term(10, Some(20)));
        assert!(!open.has(day(9)) && open.has(day(10)) && open.has(day(30)));
        assert!(closed.has(day(20)) && !closed.has(day(21)));
    }
}
