//! Heads that come slowly: the first of a connection has five seconds. Later ones are for the proxy to bound, as README says.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::Town;

/// Between two bytes of a slow head.
const PACE: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(30);
const HALF: &[u8] = b"HEAD /healthz HTTP/1.1\r\nHost: x\r\n";

fn connect(town: &Town) -> TcpStream {
    let stream = TcpStream::connect(town.address.trim_start_matches("http://")).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    stream
}

/// Whether nothing comes for so long, not even the end.
fn is_silent(stream: &TcpStream, time: Duration) -> bool {
    stream.set_read_timeout(Some(time)).expect("a time limit");
    let seen = stream.peek(&mut [0]);
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    seen.is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
}

/// Reads the head of an answer that has no body.
fn answer(stream: &mut TcpStream) -> String {
    let (mut text, mut byte): (Vec<u8>, [u8; 1]) = (Vec::new(), [0]);
    while !text.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("an answer");
        text.extend_from_slice(&byte);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Reads what comes until the server hangs up.
fn last_words(stream: &mut TcpStream) -> String {
    let (mut text, mut part) = (Vec::new(), [0; 1024]);
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(n) => text.extend_from_slice(&part[..n]),
            // So ends a connection whose last byte was not read.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("it does not hang up: {error}"),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Whether the one answer is that it took too long, without a word more.
fn is_too_slow(text: &str) -> bool {
    text.starts_with("HTTP/1.1 408 ") && text.ends_with("\r\n\r\n") && text.matches("HTTP/1.1 ").count() == 1
}

#[test]
fn the_first_head_of_a_connection_has_five_seconds_and_the_next_is_waited_for() {
    let town = Town::new();
    // A second head that was begun and does not go on.
    let mut kept = connect(&town);
    kept.write_all(&[HALF, b"\r\n"].concat()).expect("it is taken");
    let first = answer(&mut kept);
    assert!(first.starts_with("HTTP/1.1 200 "), "{first}");
    kept.write_all(HALF).expect("it is taken");
    let (mut slow, mut mute) = (connect(&town), connect(&town));
    let began = Instant::now();
    slow.write_all(&[HALF, b"X-Slow: "].concat()).expect("it is taken");
    // Waiting for an answer is the pause between two bytes.
    while is_silent(&slow, PACE) {
        assert!(began.elapsed() < PATIENCE, "it does not hang up");
        let _the_server_may_hang_up_first = slow.write_all(b"x");
    }
    let took = began.elapsed();
    assert!((Duration::from_secs(3)..Duration::from_secs(15)).contains(&took), "{took:?}");
    for stream in [&mut slow, &mut mute] {
        let said = last_words(stream);
        assert!(is_too_slow(&said), "{said}");
    }
    // A second more than the first one had.
    assert!(is_silent(&kept, Duration::from_secs(1)));
    kept.write_all(b"Connection: close\r\n\r\n").expect("it is taken");
    let second = last_words(&mut kept);
    assert!(second.starts_with("HTTP/1.1 200 "), "{second}");
}
