//! What can go wrong, free of HTTP: a [`Rule`] names it in two languages, a [`Problem`] is one occurrence.

mod database;
mod ground;

use std::fmt;

use chrono::TimeDelta;

pub use database::OnConstraint;
pub use ground::*;

/// What everything that can fail answers.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// Who must act on a problem, which decides the status code of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 400: the request could not be read.
    Unreadable,
    /// 401: who are you.
    Unauthenticated,
    /// 403: seen, but not allowed.
    Forbidden,
    /// 404: hidden or absent; which of the two is not told.
    Absent,
    /// 405: another method is.
    WrongMethod,
    /// 408: the request came too slowly.
    TooSlow,
    /// 409: refused by a rule of the field.
    Refused,
    /// 412: somebody else was faster.
    Stale,
    /// 413: too much.
    TooLarge,
    /// 415: another media type.
    Unsupported,
    /// 422: read, but a field can't be accepted.
    Invalid,
    /// 428: say which version you have seen.
    Unconditional,
    /// 429: come back later, you.
    TooMany,
    /// 500: our fault.
    Fault,
    /// 503: come back later, all.
    Busy,
}

/// One thing that can be refused, with its stable code. Features declare them as constants.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// kebab-case, the resource first: `building-group-name-taken`. Never translated, never reused.
    pub code: &'static str,
    /// Who must act on it.
    pub kind: Kind,
    /// What a person reads, in English.
    pub en: &'static str,
    /// What a person reads, in Chinese.
    pub zh: &'static str,
}

impl Rule {
    /// A rule of the field that refuses: 409.
    pub const fn refused(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
        Rule { code, kind: Kind::Refused, en, zh }
    }

    /// A field that can't be accepted: 422.
    pub const fn invalid(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
        Rule { code, kind: Kind::Invalid, en, zh }
    }

    /// Refuses by this rule.
    pub fn refuse<T>(&'static self) -> Result<T> {
        Err(self.into())
    }

    /// Refuses by this rule, unless it is kept.
    pub fn unless(&'static self, is_kept: bool) -> Result<()> {
        if is_kept { Ok(()) } else { self.refuse() }
    }

    /// This rule, broken by the field at a JSON pointer such as `/phone`.
    pub fn at(&'static self, pointer: impl Into<String>) -> Problem {
        Problem::from(self).with(Fault {
            place: Place::Pointer(pointer.into()),
            code: self.code,
            detail: None,
        })
    }
}

/// Where in the request a fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A JSON pointer into the body.
    Pointer(String),
    /// A query or path parameter.
    Parameter(String),
    /// A header field.
    Header(&'static str),
}

/// One fault of a request, so that a form can mark the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it lies.
    pub place: Place,
    /// Its code.
    pub code: &'static str,
    /// What is wrong with it, in English, when the code's text does not say enough.
    pub detail: Option<String>,
}

/// One occurrence of a rule being broken. Small, because every `Result` carries one.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug)]
struct Inner {
    rule: &'static Rule,
    detail: Option<String>,
    faults: Vec<Fault>,
    retry_after: Option<u64>,
    cause: Option<String>,
}

impl Problem {
    /// The rule broken.
    pub fn rule(&self) -> &'static Rule {
        self.0.rule
    }

    /// More than the rule's own text, in English.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The faults found, where they lie.
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// After how many seconds to come back.
    pub fn retry_after(&self) -> Option<u64> {
        self.0.retry_after
    }

    /// What happened behind it: for the log, never for the caller.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// Says more, in English. Never personal data.
    pub fn saying(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds a fault.
    pub fn with(mut self, fault: Fault) -> Self {
        self.0.faults.push(fault);
        self
    }

    /// Says when to come back, in seconds.
    pub fn after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// Says when to come back: by whole seconds, of which the last has to be over.
    pub fn after_time(self, wait: TimeDelta) -> Self {
        let seconds = (wait + TimeDelta::seconds(1) - TimeDelta::nanoseconds(1)).num_seconds();
        self.after(seconds.max(1) as u64)
    }

    /// Notes what happened behind it, for the log.
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// Our own fault, with its cause for the log.
    pub fn fault(cause: impl fmt::Display) -> Self {
        Problem::from(&FAULT).because(cause)
    }

    /// Whether the connection to the database broke, so that a read may be tried again on another.
    pub fn is_lost_connection(&self) -> bool {
        std::ptr::eq(self.rule(), &DATABASE_UNREACHABLE)
    }

    fn busy(rule: &'static Rule, cause: impl fmt::Display) -> Self {
        Problem::from(rule).after(1).because(cause)
    }
}

impl From<&'static Rule> for Problem {
    fn from(rule: &'static Rule) -> Self {
        Problem(Box::new(Inner { rule, detail: None, faults: Vec::new(), retry_after: None, cause: None }))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule().code, self.cause().or(self.detail()).unwrap_or(self.rule().en))
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// The same once more: actix takes errors by reference.
    pub(in crate::kit) fn duplicate(&self) -> Problem {
        let Inner { rule, detail, faults, retry_after, cause } = &*self.0;
        Problem(Box::new(Inner {
            rule,
            detail: detail.clone(),
            faults: faults.clone(),
            retry_after: *retry_after,
            cause: cause.clone(),
        }))
    }
}
