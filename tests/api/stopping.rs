//! Told to stop: it says at once that it is not ready, and finishes what was begun.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::support::process::Process;
use crate::support::{BOUNDARY, Person, Town, multipart, wait_until};

const PATIENCE: Duration = Duration::from_secs(30);
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// A file on its way, slowly.
struct Slow {
    stream: TcpStream,
    rest: std::vec::IntoIter<u8>,
}

impl Slow {
    /// Sends the head and half of the body. That the server asked for the body shows that it has begun.
    fn begin(server: &Process, person: &Person) -> Self {
        let content = format!("a,b\n{}", "x".repeat(16 << 10));
        let mut body = multipart(BOUNDARY, &[("file", "x.csv", content.as_bytes())]);
        let head = format!(
            "POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nExpect: 100-continue\r\n\
             Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
            person.token,
            body.len()
        );
        let mut stream =
            TcpStream::connect(server.address.trim_start_matches("http://")).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream.write_all(head.as_bytes()).expect("the head is taken");
        let mut said = [0; CONTINUE.len()];
        stream.read_exact(&mut said).expect("it asks for the body");
        assert_eq!(&said[..], CONTINUE);
        let rest = body.split_off(body.len() / 2);
        stream.write_all(&body).expect("half of it is taken");
        Slow { stream, rest: rest.into_iter() }
    }

    /// Sends a byte more: who says nothing for ten seconds is given up.
    fn drip(&mut self) {
        let next = self.rest.next().expect("there is more of it");
        self.stream.write_all(&[next]).expect("more of it is taken");
    }

    /// Sends what is left, and reads until the server hangs up.
    fn finish(mut self) -> String {
        self.stream.write_all(self.rest.as_slice()).expect("the rest is taken");
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).expect("a whole answer, and no reset");
        answer
    }
}

/// What it says of itself; nothing where nobody is let in any more.
fn readiness(server: &Process) -> Option<u16> {
    let config =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build();
    let asked = ureq::Agent::new_with_config(config).get(format!("{}/readyz", server.address)).call();
    asked.ok().map(|answer| answer.status().as_u16())
}

/// Tells it to stop while a file is on its way; whether it was heard to say that it is not ready.
fn stop_in_the_middle(town: &Town, person: &Person, drain_seconds: &str) -> bool {
    let mut server = Process::start_with(town, &[("LILONG_DRAIN_SECONDS", drain_seconds)]);
    let mut slow = Slow::begin(&server, person);
    assert_eq!(readiness(&server), Some(200));
    server.tell_to_stop();
    let mut is_heard = false;
    wait_until("nobody new is let in", || {
        slow.drip();
        let said = readiness(&server);
        assert!(!is_heard || said != Some(200), "it is ready again");
        is_heard |= said == Some(503);
        said.is_none()
    });
    let answer = slow.finish();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    let file: Value = serde_json::from_str(body).expect("the whole of it");
    let kept = format!("SELECT count(*) FROM files WHERE id = '{}'", file["id"].as_str().expect("an id"));
    assert_eq!(town.count(&kept), 1);
    wait_until("it has ended", || server.ended().is_some());
    assert!(server.ended().is_some_and(|status| status.success()));
    is_heard
}

#[test]
fn told_to_stop_it_says_that_it_is_not_ready_and_finishes_what_was_begun() {
    let town = Town::new();
    let person = town.resident();
    // A machine that has much else to do may sleep through two seconds.
    let is_heard = ["2", "30"].into_iter().any(|drain| stop_in_the_middle(&town, &person, drain));
    assert!(is_heard, "it never said that it was not ready");
}
