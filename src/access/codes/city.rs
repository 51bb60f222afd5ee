//! Codes of others, as the city's 随申码: recognised by how they begin, and shown to the service that issued them, since nobody else can
//! verify them. Which there are is the operator's setting. What is scanned is neither kept nor logged; of the answer only what the
//! question is for is read.
//!
//! Asked on threads of its own, as WeChat is: no connection to the database is held meanwhile.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crossbeam_channel::{Sender, bounded};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::oneshot;

use super::rules::{CITY_UNKNOWN, MALFORMED};
use super::sg1;
use crate::kit::problem::{BUSY, Problem, Result};

const THREADS: usize = 4;
const WAITING: usize = 64;
/// After how many seconds to come back when the service is busy.
const AGAIN: u64 = 5;
/// No answer is longer, in bytes.
const LONGEST: u64 = 16 * 1024;

/// A code of others: what we call it, how it begins, and who is asked about it. Written as three words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityCode {
    /// What we call it, in lower_snake: `suishenma`.
    pub name: String,
    /// How such a code begins.
    pub prefix: String,
    /// The address that is asked.
    pub url: String,
}

impl FromStr for CityCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [name, prefix, url] = words[..] else {
            return Err("a code of others is a name, how it begins and the address that is asked");
        };
        let is_name = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        match (is_name, sg1::PREFIX.starts_with(prefix) || prefix.starts_with(sg1::PREFIX)) {
            (false, _) => Err("the name of a code of others is in lower_snake"),
            (_, true) => Err("a code of others begins otherwise than our own"),
            _ => Ok(CityCode { name: name.to_owned(), prefix: prefix.to_owned(), url: url.to_owned() }),
        }
    }
}

/// What a code is shown for, which decides on what is read of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Only whether it is good.
    Verification,
    /// Who it is, by the number of a document.
    CheckIn,
    /// What an archive begins with.
    Enrolment,
}

impl Wanted {
    fn as_str(self) -> &'static str {
        match self {
            Wanted::Verification => "verification",
            Wanted::CheckIn => "check_in",
            Wanted::Enrolment => "enrolment",
        }
    }
}

/// Whom a code of others stands for, as far as was asked. Never printed or kept.
pub struct CityPerson {
    /// Whose code it is.
    pub issuer: String,
    /// Who they are to the issuer.
    pub subject: String,
    /// Until when the code is good.
    pub expires_at: DateTime<Utc>,
    /// The number of the identity card.
    pub id_number: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    subject: String,
    expires_at: DateTime<Utc>,
    id_number: Option<String>,
    name: Option<String>,
    phone: Option<String>,
}

struct Question {
    city: CityCode,
    code: String,
    wanted: Wanted,
    reply: oneshot::Sender<Result<CityPerson>>,
}

/// Asks those who issue codes. Cheap to clone.
#[derive(Clone)]
pub struct CityCodes {
    known: Arc<[CityCode]>,
    questions: Sender<Question>,
}

impl CityCodes {
    /// Starts the threads; where no other code is known there are none.
    pub fn start(known: Vec<CityCode>, token: Option<String>) -> Result<Self> {
        let (questions, asked) = bounded::<Question>(WAITING);
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(5)))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        let threads = if known.is_empty() { 0 } else { THREADS };
        for _ in 0..threads {
            let (asked, agent, token) = (asked.clone(), agent.clone(), token.clone());
            let answer = move || {
                for Question { city, code, wanted, reply } in asked {
                    // Whoever has gone needs no answer.
                    if !reply.is_closed() {
                        let _the_caller_may_have_gone =
                            reply.send(ask(&agent, &city, token.as_deref(), &code, wanted));
                    }
                }
            };
            std::thread::Builder::new().name("city-codes".into()).spawn(answer).map_err(Problem::fault)?;
        }
        Ok(Self { known: known.into(), questions })
    }

    /// Whether a code begins as one of others does.
    pub fn knows(&self, code: &str) -> bool {
        self.known.iter().any(|city| code.starts_with(&city.prefix))
    }

    /// Whom a code stands for. One that begins as none does is no code.
    pub async fn resolve(&self, code: &str, wanted: Wanted) -> Result<CityPerson> {
        let city = self.known.iter().find(|city| code.starts_with(&city.prefix));
        let city = city.ok_or_else(|| MALFORMED.at("/code"))?.clone();
        let (reply, answer) = oneshot::channel();
        let question = Question { city, code: code.to_owned(), wanted, reply };
        self.questions.try_send(question).map_err(|_| Problem::from(&BUSY).after(AGAIN))?;
        answer.await.map_err(Problem::fault)?
    }
}

/// `POST` of the code and of what it is wanted for. Errors name neither.
fn ask(
    agent: &ureq::Agent,
    city: &CityCode,
    token: Option<&str>,
    code: &str,
    wanted: Wanted,
) -> Result<CityPerson> {
    let failed = |what: &str| {
        Problem::from(&BUSY).after(AGAIN).because(format!("the service of {}: {what}", city.name))
    };
    let mut request = agent.post(&city.url);
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let question = json!({ "code": code, "purpose": wanted.as_str() });
    let mut answer = request.send_json(question).map_err(|_| failed("no answer"))?;
    match answer.status().as_u16() {
        200 => {}
        404 | 409 | 410 | 422 => return Err(CITY_UNKNOWN.at("/code")),
        _ => return Err(failed("an answer that is no success")),
    }
    let body = answer.body_mut().with_config().limit(LONGEST).read_to_vec();
    let Answer { subject, expires_at, id_number, name, phone } =
        serde_json::from_slice(&body.map_err(|_| failed("an answer cut off"))?)
            .map_err(|_| failed("an answer of another form"))?;
    if subject.is_empty() {
        return Err(failed("an answer about nobody"));
    }
    Ok(CityPerson {
        issuer: city.name.clone(),
        subject,
        expires_at,
        id_number: id_number.filter(|_| wanted != Wanted::Verification),
        name: name.filter(|_| wanted == Wanted::Enrolment),
        phone: phone.filter(|_| wanted == Wanted::Enrolment),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_others_is_three_words_and_never_ours() {
        let read = |text: &str| text.parse::<CityCode>();
        let city = read("suishenma https://s.sh.gov.cn/ https://resolver.example/v1/codes").unwrap();
        assert_eq!((city.name.as_str(), city.prefix.as_str()), ("suishenma", "https://s.sh.gov.cn/"));
        for wrong in ["", "a b", "a b c d", "A b c", "a SG1: c", "a SG c", "a SG1:X c"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
