//! WeChat 微信: who the user of a mini-program is, by the code that `wx.login` gave it.
//!
//! Asked on threads of its own, as the SMS gateway is: a slow answer holds up nobody else, and no connection to the database is
//! held meanwhile. Of the answer, `session_key` is not even read; neither it nor the secret is kept or logged.

use std::time::Duration;

use crossbeam_channel::{Sender, bounded};
use serde::{Deserialize, Deserializer};
use tokio::sync::oneshot;
use utoipa::ToSchema;

use crate::kit::crypto::Keyring;
use crate::kit::problem::{BUSY, Kind, Problem, Result, Rule};

const THREADS: usize = 4;
const WAITING: usize = 64;
/// After how many seconds to come back when WeChat is busy.
const AGAIN: u64 = 5;

/// The operator has no mini-program.
pub static NOT_OFFERED: Rule = Rule::refused(
    "wechat-not-offered",
    "Signing in with WeChat is not offered here.",
    "本服务未开通微信登录。",
);
/// WeChat does not know the code, or it was used.
pub static CODE_WRONG: Rule =
    Rule::invalid("wechat-code-wrong", "WeChat does not accept this code.", "微信登录凭证无效或已使用。");
/// WeChat's risk control refuses the user.
pub static REFUSED: Rule = Rule {
    code: "wechat-refused",
    kind: Kind::Forbidden,
    en: "WeChat refuses to sign this user in.",
    zh: "微信拒绝该用户登录。",
};
/// The user signs in too often.
pub static TOO_OFTEN: Rule = Rule {
    code: "wechat-too-often",
    kind: Kind::TooMany,
    en: "WeChat says this user signs in too often; wait a little.",
    zh: "微信提示登录过于频繁，请稍后再试。",
};

/// The rules of WeChat, for the catalogue.
pub static RULES: &[&Rule] = &[&NOT_OFFERED, &CODE_WRONG, &REFUSED, &TOO_OFTEN];

/// The mini-program that users come from. Never printed.
#[derive(Clone)]
pub struct Program {
    /// Its appid.
    pub appid: String,
    /// Its secret.
    pub secret: String,
    /// WeChat's host, with its scheme.
    pub host: String,
}

/// A code of `wx.login`: five minutes, one use. Never serialised or printed.
#[derive(Clone, ToSchema)]
#[schema(value_type = String, pattern = "^[!-~]{1,128}$", example = "0a3Xvu000Jyh2Q1Tqs200wXJyh1Xvu0e")]
pub struct JsCode(String);

impl JsCode {
    /// The keyed hash that failures with it are counted for.
    pub fn hash(&self, ring: &Keyring) -> [u8; 32] {
        ring.hash("wechat.js_code", &[self.0.as_bytes()])
    }
}

impl<'de> Deserialize<'de> for JsCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match String::deserialize(input)? {
            text if (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) => {
                Ok(JsCode(text))
            }
            _ => Err(serde::de::Error::custom("a js_code has 1 to 128 visible ASCII characters")),
        }
    }
}

/// A user as WeChat knows them. Kept as keyed hashes only.
pub struct User {
    /// The mini-program they came through.
    pub appid: String,
    /// Who they are there.
    pub openid: String,
    /// Who they are in all programs of one operator, where WeChat tells it.
    pub unionid: Option<String>,
}

/// What WeChat answers. `session_key` is left out on purpose.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    errcode: i64,
    openid: Option<String>,
    unionid: Option<String>,
}

struct Question {
    code: JsCode,
    reply: oneshot::Sender<Result<User>>,
}

/// Asks WeChat. Cheap to clone.
#[derive(Clone)]
pub struct Wechat {
    questions: Option<Sender<Question>>,
}

impl Wechat {
    /// Starts the threads; without a program there are none, and nothing is offered.
    pub fn start(program: Option<Program>) -> Result<Self> {
        let Some(program) = program else { return Ok(Self { questions: None }) };
        let (questions, asked) = bounded::<Question>(WAITING);
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(5)))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        for _ in 0..THREADS {
            let (asked, agent, program) = (asked.clone(), agent.clone(), program.clone());
            let answer = move || {
                for Question { code, reply } in asked {
                    // Whoever has gone needs no answer.
                    if !reply.is_closed() {
                        let _the_caller_may_have_gone = reply.send(ask(&agent, &program, &code));
                    }
                }
            };
            std::thread::Builder::new().name("wechat".into()).spawn(answer).map_err(Problem::fault)?;
        }
        Ok(Self { questions: Some(questions) })
    }

    /// Who a code stands for.
    pub async fn user(&self, code: JsCode) -> Result<User> {
        let questions = self.questions.as_ref().ok_or(&NOT_OFFERED)?;
        let (reply, answer) = oneshot::channel();
        questions.try_send(Question { code, reply }).map_err(|_| Problem::from(&BUSY).after(AGAIN))?;
        answer.await.map_err(Problem::fault)?
    }
}

/// `GET /sns/jscode2session`. HTTP 200 with an `errcode` is an error, too.
fn ask(agent: &ureq::Agent, program: &Program, code: &JsCode) -> Result<User> {
    // Its errors may name the address, which has the secret in it: they are not passed on.
    let failed = |what: &str| Problem::from(&BUSY).after(AGAIN).because(format!("WeChat: {what}"));
    let mut answer = agent
        .get(format!("{}/sns/jscode2session", program.host.trim_end_matches('/')))
        .query("appid", &program.appid)
        .query("secret", &program.secret)
        .query("js_code", &code.0)
        .query("grant_type", "authorization_code")
        .call()
        .map_err(|_| failed("no answer"))?;
    if !answer.status().is_success() {
        return Err(failed("an answer that is no success"));
    }
    let text = answer.body_mut().read_to_vec().map_err(|_| failed("an answer cut off"))?;
    let answer: Answer = serde_json::from_slice(&text).map_err(|_| failed("an answer that is no JSON"))?;
    match (answer.errcode, answer.openid) {
        (0, Some(openid)) => Ok(User { appid: program.appid.clone(), openid, unionid: answer.unionid }),
        (-1, _) => Err(failed("busy")),
        (40029 | 40163, _) => CODE_WRONG.refuse(),
        (40226, _) => REFUSED.refuse(),
        (45011, _) => Err(Problem::from(&TOO_OFTEN).after(60)),
        (other, _) => Err(Problem::fault(format!("WeChat answered errcode {other}"))),
    }
}
