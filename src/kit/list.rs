//! Lists of a known length.

use serde::{Deserialize, Deserializer};

/// A list of `MIN` to `MAX` items. Documented with `value_type`, `min_items` and `max_items`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T, const MIN: usize, const MAX: usize>(Vec<T>);

impl<T, const MIN: usize, const MAX: usize> Few<T, MIN, MAX> {
    /// A list of what is known already; none where there are too few or too many.
    pub fn new(items: Vec<T>) -> Option<Self> {
        (MIN..=MAX).contains(&items.len()).then_some(Few(items))
    }

    /// The items, to be looked at.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// The items.
    pub fn into_inner(self) -> Vec<T> {
        self.0
    }
}

impl<T, const MAX: usize> Default for Few<T, 0, MAX> {
    fn default() -> Self {
        Few(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const MIN: usize, const MAX: usize> Deserialize<'de> for Few<T, MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match Vec::deserialize(input)? {
            items if (MIN..=MAX).contains(&items.len()) => Ok(Few(items)),
            items => {
                Err(serde::de::Error::custom(format!("expected {MIN} to {MAX} items, has {}", items.len())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_neither_too_short_nor_too_long() {
        let read = serde_json::from_str::<Few<i32, 1, 2>>;
        assert_eq!(read("[1,2]").unwrap().into_inner(), [1, 2]);
        assert!(read("[]").is_err());
        assert!(read("[1,2,3]").is_err());
        assert!(Few::<i32, 1, 2>::new(Vec::new()).is_none() && Few::<i32, 1, 2>::new(vec![1]).is_some());
    }
}
