//! Many at once, in one process: the count is that of the distinct signers, and no answer goes back behind one that was there
//! before it was asked.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use crate::support::Town;
use crate::support::joint::{Signer, is_exact, joint, sign_with, signers, unsign};

#[test]
fn six_hundred_sign_at_once_and_a_third_of_them_twice() {
    let town = Town::with(|settings| settings.seats = 4);
    let (petition, all) = (joint(&town), signers(&town, 600));
    // Every third stands twice in the line: half of those with the same key.
    let mut line: Vec<(usize, String)> = Vec::new();
    for n in 0..all.len() {
        line.push((n, format!("first-{n}")));
        match n % 6 {
            0 => line.push((n, format!("first-{n}"))),
            3 => line.push((n, format!("second-{n}"))),
            _ => {}
        }
    }
    let (next, known) = (AtomicUsize::new(0), AtomicI64::new(0));
    let acknowledged: Vec<usize> = std::thread::scope(|scope| {
        let (town, all, line, next, known) = (&town, &all, &line, &next, &known);
        let signs = move || {
            let mut acknowledged = Vec::new();
            while let Some((n, key)) = line.get(next.fetch_add(1, Ordering::SeqCst)) {
                let before = known.load(Ordering::SeqCst);
                let reply = sign_with(town, petition, &all[*n].token, key);
                if reply.status == 201 {
                    let count = reply.body["signatures"].as_i64().unwrap();
                    let is_replayed = reply.header("idempotency-replayed") == "true";
                    assert!(is_replayed || count >= before, "{count} after {before} was acknowledged");
                    known.fetch_max(count, Ordering::SeqCst);
                    acknowledged.push(*n);
                } else {
                    reply.is_problem(409, "petition-signed-already");
                }
            }
            acknowledged
        };
        let threads: Vec<_> = (0..32).map(|_| scope.spawn(signs)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(is_exact(&town, petition), 600);
    assert_eq!(known.load(Ordering::SeqCst), 600);
    assert_eq!(acknowledged.iter().collect::<HashSet<_>>().len(), 600);
    // Those who sent the same key twice were answered the same, the others were refused once.
    assert_eq!(acknowledged.len(), 700);
    assert_eq!(
        town.count("SELECT count(*) FROM audit_events WHERE action = 'create_petition_signature'"),
        600
    );
}

#[test]
fn signing_and_taking_back_at_once_stay_exact() {
    let town = Town::with(|settings| settings.seats = 4);
    let (petition, all) = (joint(&town), signers(&town, 32));
    std::thread::scope(|scope| {
        for chunk in all.chunks(4) {
            let town = &town;
            scope.spawn(move || {
                for round in 0..5 {
                    for one in chunk {
                        sign_with(town, petition, &one.token, &format!("{}-{round}", one.account)).is(201);
                    }
                    for one in chunk.iter().skip(usize::from(round == 4)) {
                        unsign(town, petition, one).is(204);
                    }
                }
            });
        }
    });
    assert_eq!(is_exact(&town, petition), 8);
}

#[test]
fn one_person_with_many_phones_signs_once() {
    let town = Town::with(|settings| settings.seats = 4);
    let (petition, all) = (joint(&town), signers(&town, 1));
    let one: &Signer = &all[0];
    let created: usize = std::thread::scope(|scope| {
        let town = &town;
        let sends = |n: usize| {
            scope.spawn(move || sign_with(town, petition, &one.token, &format!("phone-{n}")).status == 201)
        };
        let threads: Vec<_> = (0..24).map(sends).collect();
        threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum()
    });
    assert_eq!((created, is_exact(&town, petition)), (1, 1));
}
