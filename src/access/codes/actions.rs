//! Issuing, drawing and looking at codes.

use chrono::TimeDelta;

use super::city::{CityPerson, Wanted};
use super::rules::{EXPIRED, MALFORMED, SIGNATURE_WRONG, TYPE_UNFIT};
use super::sg1::{self, Bearer, Code};
use super::wire::{CodeBatchView, CodeType, CodeVerificationView, CodeView, ScannedCode};
use super::{Action, subjects};
use crate::access::act::{Look, Mine};
use crate::access::actor::Actor;
use crate::access::gate::Gate;
use crate::access::role::Role;
use crate::kit::clock::local_date;
use crate::kit::picture::{Picture, PictureFormat};
use crate::kit::problem::{NOT_FOUND, Problem, Result};

/// How many codes a phone takes with it: for ten minutes.
const BATCH: i32 = 20;
/// Each is good after the one before.
const TURN: TimeDelta = TimeDelta::seconds(30);

/// A code that was looked at and is good.
pub enum Shown {
    /// One of our own.
    Ours(Code),
    /// One of the city's, and the keyed hash that it is used up by.
    City(CityPerson, [u8; 32]),
}

/// A code for the caller.
pub fn create(look: &mut Look<'_>, gate: &Gate, kind: Option<CodeType>) -> Result<CodeView> {
    look.permit(Action::Create, Mine)?;
    let bearer = bearer(look, kind)?;
    let (account, now) = (look.actor.account()?, look.now);
    gate.codes().issue(look.ring, account, bearer, now, now).map(CodeView::from)
}

/// Codes for the caller's next ten minutes.
pub fn create_batch(look: &mut Look<'_>, gate: &Gate, kind: Option<CodeType>) -> Result<CodeBatchView> {
    look.permit(Action::CreateBatch, Mine)?;
    let bearer = bearer(look, kind)?;
    let (account, now) = (look.actor.account()?, look.now);
    let issue = |turn| gate.codes().issue(look.ring, account, bearer, now + TURN * turn, now);
    let codes = (0..BATCH).map(|turn| issue(turn).map(CodeView::from));
    Ok(CodeBatchView { codes: codes.collect::<Result<_>>()? })
}

/// In what capacity the caller shows a code.
fn bearer(look: &mut Look<'_>, kind: Option<CodeType>) -> Result<Bearer> {
    let has_post = look.actor.standings.iter().any(|standing| standing.role != Role::Resident);
    match kind {
        Some(CodeType::Visitor) => Ok(Bearer::Visitor),
        Some(CodeType::Staff) if has_post => Ok(Bearer::Staff),
        Some(CodeType::Staff) => TYPE_UNFIT.refuse(),
        Some(CodeType::Resident) | None => match (look.residencies()?.is_empty(), kind) {
            (false, _) => Ok(Bearer::Resident),
            (true, None) => Ok(Bearer::Visitor),
            (true, Some(_)) => TYPE_UNFIT.refuse(),
        },
    }
}

/// The picture of one of the caller's own codes, which may be of the next minutes. Another's is 404.
pub fn draw(gate: &Gate, actor: &Actor, code: &Code, format: PictureFormat) -> Result<Picture> {
    actor.scope(Action::FindImage)?;
    let (text, now) = (code.text(), gate.now());
    let issued_at = chrono::DateTime::from_timestamp(code.body.issued_at(), 0).ok_or(&NOT_FOUND)?;
    let own = subjects::seal(gate.ring(), actor.account()?, code.body.bearer, local_date(issued_at))?;
    if own != code.body.subject || gate.codes().verify(&text, issued_at).is_err() {
        return NOT_FOUND.refuse();
    }
    if now.timestamp() >= code.body.expires_at() + sg1::SKEW {
        return EXPIRED.refuse();
    }
    Picture::of_code(&text, format)
}

/// What was scanned, if it is good now. Touches no database: our keys are in memory, and the city has a service of its own.
pub async fn look_at(gate: &Gate, code: &ScannedCode, wanted: Wanted) -> Result<Shown> {
    match code.expose() {
        ours if ours.starts_with(sg1::PREFIX) => Ok(Shown::Ours(gate.codes().verify(ours, gate.now())?)),
        other => {
            let person = gate.city_codes().resolve(other, wanted).await?;
            let once = gate.ring().hash("codes.once", &[person.issuer.as_bytes(), other.as_bytes()]);
            if person.expires_at <= gate.now() { EXPIRED.refuse() } else { Ok(Shown::City(person, once)) }
        }
    }
}

/// The same for what is recorded, whose answer may be kept from when the code was good: only what no moment makes good is refused at
/// once, and so without the database.
pub async fn look_to_record(gate: &Gate, code: &ScannedCode, wanted: Wanted) -> Result<Result<Shown>> {
    let never = |problem: &Problem| {
        [&MALFORMED, &SIGNATURE_WRONG].iter().any(|rule| std::ptr::eq(problem.rule(), *rule))
    };
    match look_at(gate, code, wanted).await {
        Err(problem) if never(&problem) => Err(problem),
        shown => Ok(shown),
    }
}

/// What a verifier is told: the minimum.
pub async fn verify(gate: &Gate, actor: &Actor, code: &ScannedCode) -> Result<CodeVerificationView> {
    actor.scope(Action::CreateVerification)?;
    Ok(match look_at(gate, code, Wanted::Verification).await? {
        Shown::Ours(code) => CodeVerificationView::of_code(&code),
        Shown::City(person, _) => city_view(gate, &person),
    })
}

fn city_view(gate: &Gate, person: &CityPerson) -> CodeVerificationView {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let today = local_date(gate.now()).to_string();
    let parts = [person.issuer.as_bytes(), person.subject.as_bytes(), today.as_bytes()];
    let [subject @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
        gate.ring().hash("codes.city", &parts);
    let subject = URL_SAFE_NO_PAD.encode(subject);
    CodeVerificationView {
        issuer: person.issuer.clone(),
        kind: None,
        subject,
        issued_at: None,
        expires_at: person.expires_at,
    }
}
