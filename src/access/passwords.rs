//! Passwords: argon2id behind its own semaphore, so that a flood of sign-ins does not take the machine.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Deserializer};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::kit::problem::{BUSY, Problem, Result, Rule};

/// The password is too weak for the profile.
pub static PASSWORD_WEAK: Rule = Rule::invalid(
    "password-weak",
    "This password is too short, too plain or too well known.",
    "密码过短、过于简单或过于常见。",
);

/// Which rules passwords follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// OWASP ASVS: 8 characters or more, none well known, no rules of composition.
    #[default]
    Asvs,
    /// 等保 2.0 level 3 as commonly audited: 10 characters or more of three kinds, none well known.
    Mlps3,
}

/// A password as sent. Never serialised or printed.
#[derive(Clone, ToSchema)]
#[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
pub struct Password(String);

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match String::deserialize(input)? {
            text if (8..=128).contains(&text.chars().count()) => Ok(Password(text)),
            _ => Err(serde::de::Error::custom("a password has 8 to 128 characters")),
        }
    }
}

impl Password {
    /// For the command line, where nobody sends it.
    pub fn new(text: &str) -> Self {
        Password(text.to_owned())
    }
}

impl Profile {
    /// Whether a password is strong enough, given words that belong to its owner.
    pub fn check(self, password: &Password, personal: &[&str]) -> Result<()> {
        let text = &password.0;
        let kinds: [fn(char) -> bool; 4] =
            [|c| c.is_ascii_digit(), |c| c.is_lowercase(), |c| c.is_uppercase(), |c| !c.is_alphanumeric()];
        let (shortest, fewest) = match self {
            Profile::Asvs => (8, 0),
            Profile::Mlps3 => (10, 3),
        };
        let has_kinds = kinds.iter().filter(|is| text.chars().any(**is)).count() >= fewest;
        let is_guessable = zxcvbn::zxcvbn(text, personal).score() < zxcvbn::Score::Two;
        match text.chars().count() >= shortest && has_kinds && !is_guessable {
            true => Ok(()),
            false => Err(PASSWORD_WEAK.at("/password")),
        }
    }
}

/// Hashes and verifies, one at a time per slot; few may wait.
#[derive(Clone)]
pub struct Passwords {
    /// Which rules new passwords follow.
    pub profile: Profile,
    slots: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    nobody: Arc<str>,
}

impl Passwords {
    /// With `slots` hashes at once and `waiting` more in line.
    pub fn new(profile: Profile, slots: usize, waiting: usize) -> Result<Self> {
        let nobody = hash(&Password("nobody's password".into()))?;
        Ok(Self {
            profile,
            slots: Arc::new(Semaphore::new(slots)),
            waiting: Arc::new(Semaphore::new(slots + waiting)),
            nobody: nobody.into(),
        })
    }

    /// Checks a new password against the profile and words of its owner, then hashes it: argon2id at OWASP's
    /// minimum (19 MiB, t=2, p=1).
    pub async fn make(&self, password: Password, personal: Vec<String>) -> Result<String> {
        let profile = self.profile;
        self.run(move || {
            let words: Vec<&str> = personal.iter().map(String::as_str).collect();
            profile.check(&password, &words)?;
            hash(&password)
        })
        .await
    }

    /// Whether the password fits. For somebody unknown (`None`) the same time is spent.
    pub async fn verify(&self, password: Password, hash: Option<String>) -> Result<bool> {
        let nobody = self.nobody.clone();
        self.run(move || {
            let kept = hash.as_deref().unwrap_or(&nobody);
            let parsed = PasswordHash::new(kept).map_err(Problem::fault)?;
            let fits = Argon2::default().verify_password(password.0.as_bytes(), &parsed).is_ok();
            Ok(fits && hash.is_some())
        })
        .await
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where hashing may block a thread")]
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let in_line = self.waiting.clone().try_acquire_owned().map_err(|_| Problem::from(&BUSY).after(1))?;
        let slot = self.slots.clone().acquire_owned().await.map_err(Problem::fault)?;
        // The permits go with the work: it is not broken off when its caller leaves.
        let work = move || {
            let _held = (in_line, slot);
            work()
        };
        actix_web::web::block(work).await.map_err(Problem::fault)?
    }
}

/// Hashes on this thread, for the command line.
pub fn hash(password: &Password) -> Result<String> {
    Ok(Argon2::default().hash_password(password.0.as_bytes()).map_err(Problem::fault)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_and_well_known_passwords_are_refused() {
        let is_ok = |profile: Profile, text| profile.check(&Password::new(text), &["陈阿姨"]).is_ok();
        for weak in ["password", "12345678", "qwertyui", "iloveyou1", "Password1", "aaaaaaaa"] {
            assert!(!is_ok(Profile::Asvs, weak), "{weak}");
        }
        assert!(is_ok(Profile::Asvs, "lane-lantern-42"));
        assert!(!is_ok(Profile::Mlps3, "lanelanternlamp"), "one kind of character");
        assert!(is_ok(Profile::Mlps3, "Lane-lantern-42"));
    }
}
