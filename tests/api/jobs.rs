//! Jobs: done once whatever happens, in the name of whoever asked, as long as they may.

mod killed;
mod runners;

use chrono::TimeDelta;
use lilong::access::jobs::{self, JobId, JobView, Runner};
use lilong::access::role::Role;
use lilong::kit::stop::Stop;
use serde_json::json;

use crate::support::{OWN, SIBLING, Town};
use runners::{COUNT, Wish, ask, find};

/// Does what is due; answers how many jobs were taken.
fn run(town: &Town, runners: &[Runner]) -> usize {
    jobs::run_due(&town.gate, runners, &Stop::default()).expect("the worker works")
}

/// The state, how far it is, the problem and the fruitless attempts.
fn state(town: &Town, id: JobId) -> String {
    town.text(&format!(
        "SELECT concat_ws(' ', state, done, coalesce(problem_code, '-'), attempts) FROM jobs WHERE id = '{id}'"
    ))
}

/// How often each number was said, as `numbers/distinct numbers`.
fn said(town: &Town) -> String {
    town.text(
        "SELECT concat_ws('/', count(*), count(DISTINCT payload->>'n')) FROM outbox WHERE topic = 'test_count'",
    )
}

#[test]
fn it_is_done_in_batches_in_the_name_of_who_asked() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 12, ..Wish::default() });
    assert_eq!(state(&town, id), "queued 0 - 0");
    assert_eq!(run(&town, &[]), 0, "nobody takes what they don't know");
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("done 12 - 0", "12/12"));
    let audited = town.count(&format!(
        "SELECT count(*) FROM audit_events WHERE request_id = 'job-{id}' AND account_id = '{}' AND division = {OWN}",
        head.account
    ));
    assert_eq!(audited, 3, "a batch of five, another, and the rest");
    assert_eq!(run(&town, &[COUNT]), 0);
    let view = serde_json::to_value(JobView::from(find(&town, &head, COUNT.kind, id).unwrap())).unwrap();
    assert_eq!(
        json!([view["state"], view["done"], view["total"], view["problem"]]),
        json!(["done", 12, 12, null])
    );
    assert!(view["started_at"].is_string() && view["finished_at"].is_string());
    assert_eq!(town.text(&format!("SELECT result FROM jobs WHERE id = '{id}'")), "{\"counted\": 12}");
}

#[test]
fn nobody_finds_another_s_job_or_one_of_another_kind() {
    let town = Town::new();
    let (head, other) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::CityOfficer, OWN));
    let id = ask(&town, &head, &Wish::default());
    assert!(find(&town, &head, COUNT.kind, id).is_ok());
    for refused in [find(&town, &other, COUNT.kind, id), find(&town, &head, "another", id)] {
        assert_eq!(refused.err().map(|problem| problem.rule().code), Some("not-found"));
    }
}

#[test]
fn what_one_may_not_do_by_request_one_may_not_do_by_job() {
    let town = Town::new();
    let (head, sibling) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::CommitteeHead, SIBLING));
    let weak = town.staff(Role::CommitteeHead, OWN);
    town.execute(&format!("UPDATE sessions SET is_second_factor = false WHERE id = '{}'", weak.session));
    let gone = town.staff(Role::CommitteeHead, OWN);
    let [resident, ended] = [town.resident(), head];
    let asked = [&sibling, &weak, &resident, &ended, &gone].map(|who| ask(&town, who, &Wish::default()));
    town.execute(&format!("UPDATE posts SET ended_at = now() WHERE account_id = '{}'", ended.account));
    town.execute(&format!(
        "UPDATE accounts SET closed_at = now(), phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
        gone.account
    ));
    assert_eq!(run(&town, &[COUNT]), 5);
    let states = asked.map(|id| state(&town, id));
    assert_eq!(states[..4], [const { "failed 0 forbidden 1" }; 4]);
    assert_eq!(states[4], "failed 0 unauthenticated 1");
    assert_eq!(said(&town), "0/0");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE request_id LIKE 'job-%'"), 0);
}

#[test]
fn a_post_that_ends_in_the_middle_stops_it_there() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 20, trouble: "dismissed", ..Wish::default() });
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("failed 5 forbidden 0", "5/5"));
}

#[test]
fn a_refused_batch_leaves_nothing_and_is_not_tried_again() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 20, trouble: "refused", ..Wish::default() });
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("failed 5 not-found 0", "5/5"));
    assert_eq!(town.text("SELECT result FROM jobs"), "{\"left\": 0}");
    town.clock.advance(TimeDelta::days(1));
    assert_eq!(run(&town, &[COUNT]), 0);
}

#[test]
fn a_fault_is_tried_again_later_and_later_and_then_given_up() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    for trouble in ["fault", "panic"] {
        let id = ask(&town, &head, &Wish { trouble, ..Wish::default() });
        for (attempt, seconds) in [(1, 5), (2, 30), (3, 120), (4, 600)] {
            assert_eq!(run(&town, &[COUNT]), 1, "attempt {attempt}");
            assert_eq!(state(&town, id), format!("queued 0 - {attempt}"));
            town.clock.advance(TimeDelta::seconds(seconds - 2));
            assert_eq!(run(&town, &[COUNT]), 0, "too early for another than {attempt}");
            town.clock.advance(TimeDelta::seconds(2));
        }
        assert_eq!(run(&town, &[COUNT]), 1);
        assert_eq!(state(&town, id), "failed 0 internal-fault 5");
    }
}

#[test]
fn who_was_taken_for_dead_writes_nothing_more() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    // After its first batch the worker is silent for long; another does the rest; then the first goes on.
    let id = ask(&town, &head, &Wish { total: 20, trouble: "overtaken", ..Wish::default() });
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("done 20 - 0", "20/20"));
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE request_id LIKE 'job-%'"), 4);
}

#[test]
fn a_worker_that_lives_is_not_taken_for_dead_and_a_silent_one_is() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 5, ..Wish::default() });
    let seize = format!(
        "UPDATE jobs SET state = 'running', claim = gen_random_uuid(), attempts = 1, heartbeat_at = '{}'
         WHERE id = '{id}'",
        town.now().to_rfc3339()
    );
    town.execute(&seize);
    town.clock.advance(TimeDelta::seconds(58));
    assert_eq!(run(&town, &[COUNT]), 0);
    town.clock.advance(TimeDelta::seconds(3));
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!(state(&town, id), "done 5 - 0");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn a_worker_is_heard_of_between_two_batches() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 10, trouble: "idle", ..Wish::default() });
    std::thread::scope(|scope| {
        scope.spawn(|| run(&town, &[COUNT]));
        while !state(&town, id).starts_with("running 5") {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        town.clock.advance(TimeDelta::seconds(59));
        let since = town.now();
        while town.count(&format!("SELECT count(*) FROM jobs WHERE heartbeat_at > '{}'", since.to_rfc3339()))
            == 0
        {
            assert!(state(&town, id).starts_with("running 5"), "it went on without a heartbeat");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    });
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("done 10 - 0", "10/10"));
}

#[test]
fn what_takes_its_workers_down_is_given_up() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let [deadly, harmless] = [0, 1].map(|_| ask(&town, &head, &Wish { total: 5, ..Wish::default() }));
    town.execute(&format!(
        "UPDATE jobs SET state = 'running', claim = gen_random_uuid(), attempts = 5,
                heartbeat_at = now() - interval '2 minutes' WHERE id = '{deadly}'"
    ));
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!(state(&town, deadly), "failed 0 job-abandoned 5");
    assert_eq!(town.text(&format!("SELECT result FROM jobs WHERE id = '{deadly}'")), "{\"left\": 0}");
    assert_eq!(state(&town, harmless), "done 5 - 0");
}

#[test]
fn a_worker_told_to_stop_hands_its_job_on_without_counting_that_as_an_attempt() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 20, trouble: "stopped", ..Wish::default() });
    assert_eq!(jobs::run_due(&town.gate, &[COUNT], &runners::STOP).expect("the worker works"), 1);
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("queued 5 - 0", "5/5"));
    assert_eq!(run(&town, &[COUNT]), 1);
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("done 20 - 0", "20/20"));
}

#[test]
fn many_workers_share_the_work_and_double_nothing() {
    let town = Town::with(|settings| settings.job_seats = 5);
    let head = town.staff(Role::CommitteeHead, OWN);
    for turn in 0..12 {
        ask(&town, &head, &Wish { total: 10, from: turn * 10, ..Wish::default() });
    }
    let taken: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| run(&town, &[COUNT]))).collect();
        workers.into_iter().map(|worker| worker.join().expect("it ends")).sum()
    });
    assert_eq!((taken, said(&town).as_str()), (12, "120/120"));
    assert_eq!(town.count("SELECT count(*) FROM jobs WHERE state = 'done' AND claim IS NULL"), 12);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn a_long_batch_holds_up_neither_health_nor_the_sealing() {
    let town = Town::with(|settings| settings.job_seats = 2);
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 5, millis: 4_000, ..Wish::default() });
    std::thread::scope(|scope| {
        let job = scope.spawn(|| run(&town, &[COUNT]));
        while state(&town, id).starts_with("queued") {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": "友谊路1号" }))
            .by(&head)
            .send()
            .is(200);
        std::thread::sleep(std::time::Duration::from_millis(1_500));
        assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE seal IS NULL"), 0);
        town.get("/readyz").send().is(200);
        assert!(state(&town, id).starts_with("running"), "the batch is over already");
        assert_eq!(job.join().expect("it ends"), 1);
    });
    assert_eq!(state(&town, id), "done 5 - 0");
}
