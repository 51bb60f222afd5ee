//! How alike two texts are: by the pairs of letters that they share.

use std::collections::BTreeSet;

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters: Vec<char> =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.iter().copied().zip(letters.iter().copied().skip(1)).collect()
}

/// From 0 (nothing in common) to 1 (all of the shorter is in the longer).
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(one), pairs(other));
    let fewest = one.len().min(other.len());
    if fewest == 0 { 0.0 } else { one.intersection(&other).count() as f64 / fewest as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_said_otherwise_is_more_alike_than_something_else() {
        let asked = "247号楼有人高空抛物";
        assert!(likeness(asked, "高空抛物，247号楼，很危险") > 0.6);
        assert!(likeness(asked, "楼下广场舞噪声太大") < 0.2);
        assert!((likeness(asked, asked) - 1.0).abs() < f64::EPSILON);
        assert!(likeness("", asked) < f64::EPSILON);
    }
}
