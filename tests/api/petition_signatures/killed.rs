//! Ten thousand signers at two processes, one of which is killed in between and started again.

use std::collections::HashSet;
use std::sync::RwLock;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::support::Town;
use crate::support::joint::{Signer, is_exact, joint, signers};
use crate::support::process::Process;

const SIGNERS: usize = 10_000;
const THREADS: usize = 32;

/// What was answered: status, count, and whether it is the answer of an earlier request.
struct Answer {
    status: u16,
    count: i64,
    is_replayed: bool,
}

/// Signs at one process or the other until somebody answers; the key says that it is the same request.
fn insist(
    agent: &ureq::Agent,
    addresses: &[RwLock<String>],
    petition: Uuid,
    (signer, key): (&Signer, &str),
    first: usize,
) -> Answer {
    let began = Instant::now();
    for turn in first.. {
        let address = addresses[turn % addresses.len()].read().expect("an address").clone();
        let sent = agent
            .post(format!("{address}/v1/petitions/{petition}/signatures"))
            .header("Authorization", format!("Bearer {}", signer.token))
            .header("Idempotency-Key", key)
            .send_empty();
        if let Ok(mut answer) = sent
            && answer.status().as_u16() < 500
        {
            let is_replayed = answer.headers().get("idempotency-replayed").is_some();
            let status = answer.status().as_u16();
            if let Ok(text) = answer.body_mut().read_to_string() {
                let body: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                return Answer {
                    status,
                    count: body["signatures"].as_i64().unwrap_or_default(),
                    is_replayed,
                };
            }
        }
        assert!(began.elapsed() < Duration::from_secs(60), "nobody answers");
    }
    unreachable!("turns do not end")
}

/// Where all threads stand.
#[derive(Default)]
struct Line {
    next: AtomicUsize,
    done: AtomicUsize,
    /// The highest count that was acknowledged.
    known: AtomicI64,
}

/// Signs for whoever is next in the line, until nobody is; answers for whom it was acknowledged.
fn sign_on(all: &[Signer], addresses: &[RwLock<String>], petition: Uuid, line: &Line) -> HashSet<usize> {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let agent = ureq::Agent::new_with_config(config.timeout_global(Some(Duration::from_secs(20))).build());
    let mut acknowledged = HashSet::new();
    loop {
        let turn = line.next.fetch_add(1, Ordering::SeqCst);
        let Some(signer) = all.get(turn) else { return acknowledged };
        // A third of them twice: half of those with the same key, half with another.
        let keys = match turn % 6 {
            0 => vec![format!("a-{turn}"), format!("a-{turn}")],
            3 => vec![format!("a-{turn}"), format!("b-{turn}")],
            _ => vec![format!("a-{turn}")],
        };
        for (time, key) in keys.iter().enumerate() {
            let before = line.known.load(Ordering::SeqCst);
            let answer = insist(&agent, addresses, petition, (signer, key), turn + time);
            match answer.status {
                201 => {
                    let goes_on = answer.is_replayed || answer.count >= before;
                    assert!(goes_on, "{} after {before} was acknowledged", answer.count);
                    line.known.fetch_max(answer.count, Ordering::SeqCst);
                    acknowledged.insert(turn);
                }
                409 => assert!(time > 0, "refused the first time"),
                status => panic!("{status}"),
            }
        }
        line.done.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn ten_thousand_sign_at_two_processes_one_of_which_is_killed_and_none_is_lost_or_doubled() {
    let town = Town::new();
    let (petition, all) = (joint(&town), signers(&town, SIGNERS));
    let (mut one, other) = (Process::start(&town), Process::start(&town));
    let addresses = [RwLock::new(one.address.clone()), RwLock::new(other.address.clone())];
    let line = Line::default();
    let acknowledged: HashSet<usize> = std::thread::scope(|scope| {
        let signs = || sign_on(&all, &addresses, petition, &line);
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(signs)).collect();
        for part in [SIGNERS / 4, SIGNERS / 2] {
            while line.done.load(Ordering::SeqCst) < part {
                std::thread::sleep(Duration::from_millis(5));
            }
            one.kill();
            one = Process::start(&town);
            *addresses[0].write().expect("an address") = one.address.clone();
        }
        threads.into_iter().flat_map(|thread| thread.join().expect("it signs")).collect()
    });
    let many = i64::try_from(SIGNERS).expect("a number");
    assert_eq!((acknowledged.len(), is_exact(&town, petition)), (SIGNERS, many));
    assert_eq!(line.known.load(Ordering::SeqCst), many);
    assert_eq!(town.count("SELECT count(DISTINCT account_id) FROM petition_signatures"), many);
}
