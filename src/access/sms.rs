//! Sending one-time codes: through an HTTP gateway by configuration, or into the log for the demo.

use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use serde::Serialize;

use super::phone::Mobile;
use crate::kit::problem::{BUSY, Problem, Result};

const WAITING: usize = 1_000;
const THREADS: usize = 4;
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
    /// When the code has run out.
    #[serde(skip)]
    until: Instant,
}

/// Sends codes from threads of its own: a slow gateway holds up no request, and one slow answer of it no other code.
#[derive(Clone)]
pub struct Sms {
    queue: Sender<Message>,
}

impl Sms {
    /// Starts the senders.
    pub fn start(gateway: Gateway) -> Result<Self> {
        let (queue, messages) = bounded::<Message>(WAITING);
        let agent = agent();
        for _ in 0..THREADS {
            let (agent, gateway, messages) = (agent.clone(), gateway.clone(), messages.clone());
            let send = move || {
                for message in messages {
                    deliver(&agent, &gateway, &message);
                }
            };
            std::thread::Builder::new().name("sms".into()).spawn(send).map_err(Problem::fault)?;
        }
        Ok(Self { queue })
    }

    /// Refuses (503) when too many codes wait, before anything is promised.
    pub fn check_room(&self) -> Result<()> {
        if self.queue.is_full() { Err(Problem::from(&BUSY).after(5)) } else { Ok(()) }
    }

    /// Hands a code over for sending, which is worth it for as long as the code lives; 503 when too many wait.
    pub fn send(&self, phone: &Mobile, code: &str, lifetime: Duration) -> Result<()> {
        let until = Instant::now() + lifetime;
        let message = Message { phone: phone.expose().to_owned(), code: code.to_owned(), until };
        self.queue.try_send(message).map_err(|_| Problem::from(&BUSY).after(5))
    }
}

fn agent() -> ureq::Agent {
    let config =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).max_redirects(0).build();
    config.into()
}

#[expect(clippy::disallowed_methods, reason = "the sender has threads of its own, which may wait")]
fn deliver(agent: &ureq::Agent, gateway: &Gateway, message: &Message) {
    match gateway {
        // The demo's own way: there is no telephone to send to, so the operator reads it here.
        Gateway::Log => {
            tracing::info!(target: "lilong::sms", code = %message.code, "a one-time code, not sent");
        }
        Gateway::Http { url, token } => {
            for attempt in 1..=ATTEMPTS {
                if Instant::now() >= message.until {
                    tracing::warn!(target: "lilong::sms", "a one-time code ran out before it could be sent");
                    return;
                }
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

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// A gateway that never answers, and how to reach it.
    fn gateway() -> (TcpListener, Gateway) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        (listener, Gateway::Http { url, token: "token".into() })
    }

    #[test]
    fn codes_that_wait_for_their_answer_hold_up_no_other() {
        let (listener, gateway) = gateway();
        let sms = Sms::start(gateway).unwrap();
        let phone = Mobile::parse("+8613800000101").unwrap();
        let began = Instant::now();
        let send = |_| {
            sms.send(&phone, "123456", Duration::from_secs(600)).unwrap();
            listener.accept().unwrap()
        };
        let unanswered: Vec<_> = (0..THREADS).map(send).collect();
        let took = began.elapsed();
        assert!(took < Duration::from_secs(8), "{took:?} for {} codes", unanswered.len());
    }

    #[test]
    fn a_code_that_has_run_out_is_not_sent() {
        let (listener, gateway) = gateway();
        let phone = "+8613800000101".into();
        let message = Message { phone, code: "123456".into(), until: Instant::now() };
        deliver(&agent(), &gateway, &message);
        listener.set_nonblocking(true).unwrap();
        assert!(listener.accept().is_err());
    }
}
