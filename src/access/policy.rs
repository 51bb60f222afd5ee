//! What may be done by whom: a table of action × role, printed by `lilong policy` and held by a test.

use super::division::{Division, Range};
use super::role::Role;

/// How far a role reaches with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Never,
    /// What is the caller's own.
    Own,
    /// What lies in the post's range.
    Range,
    /// Everything.
    Everywhere,
}

impl Reach {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Reach::Never => "-",
            Reach::Own => "own",
            Reach::Range => "range",
            Reach::Everywhere => "everywhere",
        }
    }
}

/// The actions of one resource. Each is one operation of the document and has its operationId.
pub trait Action: Copy + Send + Sync + 'static {
    /// The resource, as in its address.
    const RESOURCE: &'static str;
    /// Every action.
    const ALL: &'static [Self];
    /// Its operationId.
    fn operation(self) -> &'static str;
    /// How far a role reaches with it. Implementations match every action, without `_`.
    fn allows(self, role: Role) -> Reach;
}

/// Declares the actions of a resource; `allows` is the function that holds its policy.
#[macro_export]
macro_rules! actions {
    ($resource:literal, $allows:path, { $($variant:ident = $operation:literal,)+ }) => {
        /// What can be done with this resource; each is one operation of the document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action { $(#[doc = $operation] $variant,)+ }

        impl $crate::access::policy::Action for Action {
            const RESOURCE: &'static str = $resource;
            const ALL: &'static [Self] = &[$(Action::$variant),+];

            fn operation(self) -> &'static str {
                match self { $(Action::$variant => $operation,)+ }
            }

            fn allows(self, role: $crate::access::role::Role) -> $crate::access::policy::Reach {
                use $crate::access::{policy::Reach, role::Role, scopes};
                match role {
                    // What is open to everybody is open to applications, too; else their scopes say so, and they alone.
                    Role::Application if $allows(self, Role::Visitor) == Reach::Everywhere => Reach::Everywhere,
                    Role::Application => scopes::reach($crate::access::policy::Action::operation(self)),
                    role => $allows(self, role),
                }
            }
        }
    };
}

/// What a caller sees with one action: ranges of divisions, and what is their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The ranges, none inside another.
    pub ranges: Vec<Range>,
    /// Whether the caller's own things are seen wherever they lie.
    pub own: bool,
}

impl Scope {
    /// Nothing.
    pub fn nothing() -> Self {
        Scope { ranges: Vec::new(), own: false }
    }

    /// Adds a range; ranges inside another go.
    pub fn add(&mut self, range: Range) {
        if !self.ranges.iter().any(|known| known.covers(range)) {
            self.ranges.retain(|known| !range.covers(*known));
            self.ranges.push(range);
        }
    }

    /// Whether nothing can be seen.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && !self.own
    }

    /// Which of the divisions that span `width` codes has all of it, where one has: its code divided by the width.
    pub fn within_one(&self, width: i64) -> Option<i64> {
        let first = self.ranges.iter().map(|range| range.start).min()? / width;
        let last = (self.ranges.iter().map(|range| range.end).max()? - 1) / width;
        (first == last && !self.own).then_some(first)
    }

    /// What is left of it inside one division.
    pub fn narrow(mut self, division: Option<Division>) -> Self {
        if let Some(division) = division {
            self.ranges = self.ranges.iter().filter_map(|range| range.intersect(division.range())).collect();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_inside_another_adds_nothing() {
        let range = |code| Division::parse(code).unwrap().range();
        let mut scope = Scope::nothing();
        scope.add(range("310113003005"));
        scope.add(range("310113003000"));
        scope.add(range("310113003006"));
        scope.add(range("310101000000"));
        assert_eq!(scope.ranges, [range("310113003000"), range("310101000000")]);
        assert_eq!(scope.within_one(1_000_000), None);
        let narrowed = scope.narrow(Division::parse("310113003005").ok());
        assert_eq!(narrowed.ranges, [range("310113003005")]);
        assert_eq!(narrowed.within_one(1_000), Some(310_113_003));
    }
}
