//! Sending one-time codes: through an HTTP gateway by configuration, or into the log for the demo.

use std::time::Duration;

use crossbeam_channel::{Sender, bounded};
use serde::Serialize;

use super::phone::Phone;
use crate::kit::problem::{BUSY, Problem, Result};

const WAITING: usize = 1_000;
const ATTEMPTS: u32 = 3;

/// Where codes go.
#[derive(Clone, Debug)]
pub enum Gateway {
    /// To the log: for a demo on one's own machine. Production mode refuses it.
    Log,
    /// By POST of `{"phone", "code"}` to an address, with a bearer token.
    Http {
        /// The address.
        url: String,
        /// Its token.
        token: String,
    },
}

#[derive(Serialize)]
struct Message {
    phone: String,
    code: String,
}

/// Sends codes from a thread of its own: a slow gateway holds up nobody.
#[derive(Clone)]
pub struct Sms {
    queue: Sender<Message>,
}

impl Sms {
    /// Starts the sender.
    pub fn start(gateway: Gateway) -> Result<Self> {
        let (queue, messages) = bounded::<Message>(WAITING);
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .max_redirects(0)
            .build()
            .into();
        let send = move || {
            for message in messages {
                deliver(&agent, &gateway, &message);
            }
        };
        std::thread::Builder::new().name("sms".into()).spawn(send).map_err(Problem::fault)?;
        Ok(Self { queue })
    }

    /// Refuses (503) when too many codes wait, before anything is promised.
    pub fn check_room(&self) -> Result<()> {
        if self.queue.is_full() { Err(Problem::from(&BUSY).after(5)) } else { Ok(()) }
    }

    /// Hands a code over for sending; 503 when too many wait.
    pub fn send(&self, phone: &Phone, code: &str) -> Result<()> {
        let message = Message { phone: phone.expose().to_owned(), code: code.to_owned() };
        self.queue.try_send(message).map_err(|_| Problem::from(&BUSY).after(5))
    }
}

#[expect(clippy::disallowed_methods, reason = "the sender has a thread of its own, which may wait")]
fn deliver(agent: &ureq::Agent, gateway: &Gateway, message: &Message) {
    match gateway {
        // The demo's own way: there is no telephone to send to, so the operator reads it here.
        Gateway::Log => {
            tracing::info!(target: "lilong::sms", code = %message.code, "a one-time code, not sent");
        }
        Gateway::Http { url, token } => {
            for attempt in 1..=ATTEMPTS {
                let sent =
                    agent.post(url).header("Authorization", format!("Bearer {token}")).send_json(message);
                match sent {
                    Ok(answer) if answer.status().is_success() => return,
                    Ok(answer) => {
                        let status = answer.status().as_u16();
                        tracing::warn!(target: "lilong::sms", attempt, status, "the SMS gateway refused");
                    }
                    Err(error) => {
                        tracing::warn!(target: "lilong::sms", attempt, %error, "the SMS gateway failed");
                    }
                }
                std::thread::sleep(Duration::from_secs(u64::from(attempt)));
            }
        }
    }
}
