//! Joint petitions for tests: petitions that can be signed, and many who sign.

use chrono::TimeDelta;
use lilong::access::actor::{AccountId, SessionId};
use lilong::matters::petition_signatures::follow_next;
use uuid::Uuid;

use super::petitions::key;
use super::{OWN, Person, Reply, Town};

/// Somebody who may sign.
#[derive(Clone, Debug)]
pub struct Signer {
    pub account: Uuid,
    pub resident: Uuid,
    pub token: String,
}

/// A petition in `OWN` that was accepted, for everybody to read, to be signed for ten days.
pub fn joint(town: &Town) -> Uuid {
    let (id, author) = (lilong::kit::id::next(), town.resident().account);
    let receipt = format!("{:012}", id.as_u128() % 1_000_000_000_000);
    let (now, closes) = (town.now().to_rfc3339(), (town.now() + TimeDelta::days(10)).to_rfc3339());
    town.execute(&format!(
        "INSERT INTO matters (id, kind, division, receipt, title, category_id, state, grade, level, is_open, returns, created_at, updated_at)
             VALUES ('{id}', 'petition', {OWN}, '{receipt}', '加装电梯', (SELECT id FROM petition_categories WHERE code = 'other'),
                     'accepted', 'normal', 'committee', true, 0, '{now}', '{now}');
         INSERT INTO petitions (id, kind, channel, account_id, text, text_hash, is_hidden, place, visibility, closes_at, answer_state, deliberation, created_at)
             VALUES ('{id}', 'joint_petition', 'app', '{author}', '加装电梯', '', false, '', 'public', '{closes}', 'none', 'none', '{now}')"
    ));
    id
}

/// So many verified residents of `OWN`, each with a session.
pub fn signers(town: &Town, many: usize) -> Vec<Signer> {
    signers_at(town, many, "now()")
}

/// The same, of accounts opened at that moment.
pub fn signers_at(town: &Town, many: usize, since: &str) -> Vec<Signer> {
    let wave = key();
    let list = town.text(&format!(
        "SELECT string_agg(id || ' ' || resident || ' ' || session, ',') FROM ({}) made",
        enrol(&wave, many)
    ));
    town.execute(&format!(
        "INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, created_at, updated_at)
             SELECT id, '', sha256(convert_to('{wave}' || n, 'UTF8')), '邻居', {since}, now() FROM ({0}) made;
         INSERT INTO sessions (id, account_id, is_second_factor, created_at, last_used_at, expires_at)
             SELECT session, id, false, now(), now(), now() + interval '60 days' FROM ({0}) made;
         INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             SELECT resident, {OWN}, id, '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now()
             FROM ({0}) made",
        enrol(&wave, many)
    ));
    let signer = |line: &str| {
        let mut ids = line.split(' ').map(|id| id.parse().expect("an id"));
        let mut next = || -> Uuid { ids.next().expect("three ids") };
        let (account, resident, session) = (next(), next(), next());
        let token = town.gate.tokens().sign(AccountId(account), SessionId(session), town.now());
        Signer { account, resident, token: token.expect("a token") }
    };
    list.split(',').map(signer).collect()
}

/// Ids that follow from the name of the wave.
fn enrol(wave: &str, many: usize) -> String {
    format!(
        "SELECT n, md5('{wave}-account-' || n)::uuid AS id, md5('{wave}-resident-' || n)::uuid AS resident,
                md5('{wave}-session-' || n)::uuid AS session
         FROM generate_series(1, {many}) n"
    )
}

/// Signs under a key of its own.
#[track_caller]
pub fn sign(town: &Town, petition: Uuid, signer: &Signer) -> Reply {
    sign_with(town, petition, &signer.token, &key())
}

/// Signs under that key.
#[track_caller]
pub fn sign_with(town: &Town, petition: Uuid, token: &str, key: &str) -> Reply {
    let call = town.call("POST", &format!("/v1/petitions/{petition}/signatures"));
    call.token(token).header("Idempotency-Key", key).send()
}

/// Takes it back.
#[track_caller]
pub fn unsign(town: &Town, petition: Uuid, signer: &Signer) -> Reply {
    town.call("DELETE", &format!("/v1/petitions/{petition}/signatures")).token(&signer.token).send()
}

/// Signatures of many, as if they had signed, behind the scenes; the count with them.
pub fn signed(town: &Town, petition: Uuid, many: &[Signer], at: &str) {
    let rows: Vec<String> = many
        .iter()
        .map(|one| {
            let id = lilong::kit::id::next();
            format!("('{id}', '{petition}', '{}', '{}', {at})", one.resident, one.account)
        })
        .collect();
    town.execute(&format!(
        "INSERT INTO petition_signatures (id, petition_id, resident_id, account_id, created_at) VALUES {};
         INSERT INTO petition_counts (petition_id, signatures, is_checked) VALUES ('{petition}', {n}, false)
             ON CONFLICT (petition_id) DO UPDATE SET signatures = petition_counts.signatures + {n}, is_checked = false",
        rows.join(", "),
        n = many.len()
    ));
}

/// How many signed, with all that follows.
#[track_caller]
pub fn counts(town: &Town, petition: Uuid, by: &Person) -> Reply {
    town.get(&format!("/v1/petitions/{petition}/signature-counts")).by(by).send()
}

/// Lets the thresholds follow, as the worker does, which may be at it just now.
pub fn follow(town: &Town) {
    while town.count("SELECT count(*) FROM petition_counts WHERE NOT is_checked") > 0 {
        follow_next(&town.gate).expect("thresholds follow");
    }
}

/// Whether the count of a petition is that of its signatures.
#[track_caller]
pub fn is_exact(town: &Town, petition: Uuid) -> i64 {
    let counted =
        town.count(&format!("SELECT signatures FROM petition_counts WHERE petition_id = '{petition}'"));
    let there = town.count(&format!(
        "SELECT count(*) FROM petition_signatures WHERE petition_id = '{petition}' AND strike_out_id IS NULL"
    ));
    assert_eq!(counted, there, "the count is not that of the signatures");
    counted
}
