//! Scopes: which operations an application may call at all. Its range says where, and nothing else is open to it but what is
//! open to everybody: no resource's own table of roles is asked about applications.

use std::fmt;

use super::policy::Reach;
use crate::text_enum;

text_enum! {
    /// What an application may be allowed to do, within its range of divisions.
    pub enum AccessScope {
        /// List and see venues 场所.
        VenuesRead = "venues.read",
        /// Show the codes of venues, as the screen at a door does 场所码.
        VenueCodesRead = "venue_codes.read",
        /// Have people's codes verified 验码.
        CodesVerify = "codes.verify",
        /// Record who came, at once or afterwards 签到.
        CheckInsWrite = "check_ins.write",
    }
}

impl AccessScope {
    /// The operations it opens. The one place where this is said.
    pub const fn operations(self) -> &'static [&'static str] {
        match self {
            AccessScope::VenuesRead => &["list_venues", "find_venue"],
            AccessScope::VenueCodesRead => &["find_venue_code", "find_venue_code_image"],
            AccessScope::CodesVerify => &["create_code_verification"],
            AccessScope::CheckInsWrite => &["create_check_in", "create_check_in_batch"],
        }
    }

    /// How far it reaches. A verification names no place: whoever may ask for one asks anywhere.
    pub const fn reach(self) -> Reach {
        match self {
            AccessScope::CodesVerify => Reach::Everywhere,
            _ => Reach::Range,
        }
    }

    /// The scope that opens an operation; none does where only people may.
    pub fn opening(operation: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.operations().contains(&operation))
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// How far an application reaches with an operation, given the scope.
pub fn reach(operation: &str) -> Reach {
    AccessScope::opening(operation).map_or(Reach::Never, AccessScope::reach)
}

/// Some scopes, each at most once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(u32);

impl Scopes {
    /// Reads names with spaces between (RFC 6749, 3.3), or none where one of them is no scope.
    pub fn read(text: &str) -> Option<Self> {
        let scopes = text.split(' ').filter(|name| !name.is_empty()).map(|name| name.parse().ok());
        scopes.collect::<Option<Vec<AccessScope>>>().map(|scopes| scopes.into_iter().collect())
    }

    /// Those that both have.
    pub fn and(self, other: Scopes) -> Scopes {
        Scopes(self.0 & other.0)
    }

    /// Whether all of them are among the others.
    pub fn are_within(self, others: Scopes) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether one of them opens an operation.
    pub fn open(self, operation: &str) -> bool {
        AccessScope::opening(operation).is_some_and(|scope| self.0 & scope.bit() != 0)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = AccessScope> {
        AccessScope::ALL.iter().copied().filter(move |scope| self.0 & scope.bit() != 0)
    }
}

impl FromIterator<AccessScope> for Scopes {
    fn from_iter<I: IntoIterator<Item = AccessScope>>(scopes: I) -> Self {
        Scopes(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(AccessScope::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_opened_by_one_scope_or_by_none() {
        let mut all: Vec<&str> =
            AccessScope::ALL.iter().flat_map(|scope| scope.operations()).copied().collect();
        let named = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), named);
        assert_eq!(AccessScope::opening("list_residents"), None);
        assert_eq!(reach("list_residents"), Reach::Never);
    }

    #[test]
    fn scopes_open_what_they_name_and_no_more() {
        let scopes = Scopes::read("venues.read  check_ins.write venues.read").unwrap();
        assert_eq!(scopes.to_string(), "venues.read check_ins.write");
        assert!(
            scopes.open("find_venue") && !scopes.open("find_venue_code") && !scopes.open("list_residents")
        );
        let fewer = Scopes::read("venues.read").unwrap();
        assert!(fewer.are_within(scopes) && !scopes.are_within(fewer));
        assert_eq!(scopes.and(fewer), fewer);
        assert_eq!(Scopes::read(""), Some(Scopes::default()));
        for bad in ["venues", "venues.read,codes.verify", "Venues.read", "venues.read\u{3000}codes.verify"] {
            assert_eq!(Scopes::read(bad), None, "{bad}");
        }
    }
}
