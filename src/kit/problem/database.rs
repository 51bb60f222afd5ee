//! What the database's errors mean.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::{BUSY, DATABASE_UNREACHABLE, NOT_FOUND, Problem, Result, Rule};

impl From<DieselError> for Problem {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Problem::from(&NOT_FOUND),
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                info,
            ) => Problem::busy(&DATABASE_UNREACHABLE, info.message()),
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, info) => {
                Problem::busy(&BUSY, info.message())
            }
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => from_message(info.message()),
            DieselError::BrokenTransactionManager => Problem::busy(&DATABASE_UNREACHABLE, error),
            _ => Problem::fault(error),
        }
    }
}

/// libpq gives diesel no SQLSTATE for these, so the (untranslated) messages are read.
fn from_message(message: &str) -> Problem {
    const WAITED: [&str; 3] = ["due to statement timeout", "due to lock timeout", "deadlock detected"];
    const GONE: [&str; 5] = [
        "terminating connection",
        "server closed the connection",
        "the database system is",
        "connection to server",
        "no connection to the server",
    ];
    if WAITED.iter().any(|part| message.contains(part)) {
        Problem::busy(&BUSY, message)
    } else if GONE.iter().any(|part| message.contains(part)) {
        Problem::busy(&DATABASE_UNREACHABLE, message)
    } else {
        Problem::fault(message)
    }
}

/// Names the rule that a violated constraint stands for. Any other violation stays a fault of ours.
pub trait OnConstraint<T> {
    /// If the named constraint was violated, the rule was broken.
    fn on_constraint(self, constraint: &str, rule: &'static Rule) -> Result<T>;

    /// The same for several: constraint, rule, and the field at fault (`""` where it is none).
    fn on_constraints(self, rules: &[(&str, &'static Rule, &str)]) -> Result<T>;
}

impl<T> OnConstraint<T> for std::result::Result<T, DieselError> {
    fn on_constraint(self, constraint: &str, rule: &'static Rule) -> Result<T> {
        self.on_constraints(&[(constraint, rule, "")])
    }

    fn on_constraints(self, rules: &[(&str, &'static Rule, &str)]) -> Result<T> {
        self.map_err(|error| {
            let violated = match &error {
                DieselError::DatabaseError(_, info) => info.constraint_name(),
                _ => None,
            };
            match rules.iter().find(|(constraint, ..)| violated == Some(*constraint)) {
                Some((_, rule, "")) => (*rule).into(),
                Some((_, rule, pointer)) => rule.at(*pointer),
                None => error.into(),
            }
        })
    }
}
