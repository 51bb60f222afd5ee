//! Signing: what comes together is written together. The thresholds are not looked at here.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::json;

use super::Action;
use super::model::{KnownSignature, NewSignature, Signable, SignatureId, SignerHome};
use super::rules::{self, NOT_SIGNABLE, OUTSIDE, SIGNED_ALREADY, STRUCK_OUT};
use super::store;
use super::wire::PetitionSigningView;
use crate::access::act::{Event, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::together::{Asker, Batch, Joint};
use crate::kit::problem::{Problem, Result};
use crate::matters::petitions;
use crate::matters::registry::MatterId;

/// What the signers of a moment do together.
pub struct Signing;

impl Joint for Signing {
    type Item = MatterId;
    type View = PetitionSigningView;

    fn write(
        batch: &mut Batch<'_>,
        askers: &[Asker<'_, MatterId>],
    ) -> Result<Vec<Result<PetitionSigningView>>> {
        let ground = Ground::load(batch, askers)?;
        // Whoever can't sign is told why first: from the first signature on, others wait.
        let (mut answers, mut new): (Vec<Option<Result<PetitionSigningView>>>, Vec<_>) =
            (Vec::with_capacity(askers.len()), Vec::with_capacity(askers.len()));
        for asker in askers {
            answers.push(match ground.fit(asker, batch)? {
                Some(signature) => {
                    new.push(signature);
                    None
                }
                None => Some(Err(why_not(&mut batch.look(asker), *asker.item))),
            });
        }
        let mut signed = sign(batch, &new)?.into_iter().zip(&new);
        let whole = askers.iter().zip(answers).map(|(asker, answer)| {
            answer.unwrap_or_else(|| {
                let (view, signature) = signed.next().ok_or_else(|| Problem::fault("nobody signed"))?;
                view.inspect(|_| record(batch, asker, signature))
            })
        });
        Ok(whole.collect())
    }
}

/// Writes signatures and counts them; answers in their order.
fn sign(batch: &mut Batch<'_>, new: &[Permit<NewSignature>]) -> Result<Vec<Result<PetitionSigningView>>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let written: HashSet<SignatureId> = store::sign(&mut batch.look_at_all(), new)?.into_iter().collect();
    let known = known(batch, new, &written)?;
    let counts = count(batch, new, &written)?;
    let signed_at = batch.now;
    let view = |signature: &Permit<NewSignature>| match written.contains(&signature.id) {
        true => {
            let signatures = counts.get(&signature.petition).copied();
            let signatures = signatures.ok_or_else(|| Problem::fault("nobody counted"))?;
            Ok(PetitionSigningView { petition: signature.petition, signatures, signed_at })
        }
        false => Err(refused(signature, &known)),
    };
    Ok(new.iter().map(view).collect())
}

/// What the signers of a batch stand on.
struct Ground {
    petitions: HashMap<MatterId, Signable>,
    homes: HashMap<AccountId, Vec<SignerHome>>,
}

impl Ground {
    fn load(batch: &mut Batch<'_>, askers: &[Asker<'_, MatterId>]) -> Result<Self> {
        let ids: BTreeSet<MatterId> = askers.iter().map(|asker| *asker.item).collect();
        let look = &mut batch.look_at_all();
        let found = store::signables(look, &ids.into_iter().collect::<Vec<_>>())?;
        let divisions: BTreeSet<_> = found.iter().map(|one| one.division).collect();
        let accounts: Vec<AccountId> = askers.iter().filter_map(|asker| asker.actor.account().ok()).collect();
        let mut homes: HashMap<AccountId, Vec<SignerHome>> = HashMap::new();
        for home in store::homes(look, &accounts, &divisions.into_iter().collect::<Vec<_>>())? {
            if let Some(account) = home.account {
                homes.entry(account).or_default().push(home);
            }
        }
        Ok(Ground { petitions: found.into_iter().map(|one| (one.id, one)).collect(), homes })
    }

    /// The signature of one of them, where nothing is in the way but having signed before.
    fn fit(
        &self,
        asker: &Asker<'_, MatterId>,
        batch: &mut Batch<'_>,
    ) -> Result<Option<Permit<NewSignature>>> {
        let account = asker.actor.account()?;
        let Some(petition) = self.petitions.get(asker.item) else { return Ok(None) };
        let is_open =
            rules::must_be_signable(petition.kind, petition.state, petition.closes_at, batch.now).is_ok();
        let homes = self.homes.get(&account).map(Vec::as_slice).unwrap_or_default();
        let home = rules::home_for(petition, homes).filter(|_| is_open && !petition.is_hidden);
        let Some(home) = home else { return Ok(None) };
        let new = NewSignature {
            id: SignatureId::new(),
            petition: petition.id,
            division: petition.division,
            resident: home.resident,
            account,
            group: home.group,
        };
        batch.look(asker).permit(Action::Create, new).map(Some)
    }
}

/// Why somebody does not sign: what they may not see is not there.
fn why_not(look: &mut Look<'_>, id: MatterId) -> Problem {
    match petitions::seen(look, id) {
        Err(problem) => problem,
        Ok((petition, _)) if petition.own.is_hidden => (&NOT_SIGNABLE).into(),
        Ok((petition, _)) => {
            let (own, state) = (&petition.own, petition.state);
            let open = rules::must_be_signable(own.kind, state, own.closes_at, look.now);
            open.err().unwrap_or_else(|| (&OUTSIDE).into())
        }
    }
}

/// How many signed each petition, now that these did.
fn count(
    batch: &mut Batch<'_>,
    new: &[Permit<NewSignature>],
    written: &HashSet<SignatureId>,
) -> Result<HashMap<MatterId, i32>> {
    let mut added: HashMap<MatterId, i32> = HashMap::new();
    for signature in new.iter().filter(|one| written.contains(&one.id)) {
        *added.entry(signature.petition).or_default() += 1;
    }
    if added.is_empty() {
        return Ok(added);
    }
    let added: Vec<(MatterId, i32)> = added.into_iter().collect();
    Ok(store::add(&mut batch.look_at_all(), &added)?.into_iter().collect())
}

/// What was in the way of those that were not written.
fn known(
    batch: &mut Batch<'_>,
    new: &[Permit<NewSignature>],
    written: &HashSet<SignatureId>,
) -> Result<Vec<KnownSignature>> {
    let late: Vec<&NewSignature> =
        new.iter().map(|one| &**one).filter(|one| !written.contains(&one.id)).collect();
    if late.is_empty() {
        return Ok(Vec::new());
    }
    let petitions: Vec<_> = late.iter().map(|one| one.petition).collect();
    let accounts: Vec<_> = late.iter().map(|one| one.account).collect();
    let people: Vec<_> = late.iter().map(|one| one.resident).collect();
    store::known(&mut batch.look_at_all(), &petitions, &accounts, &people)
}

fn refused(signature: &NewSignature, known: &[KnownSignature]) -> Problem {
    let is_it = |one: &&KnownSignature| {
        one.petition == signature.petition
            && (one.account == signature.account || one.resident == signature.resident)
    };
    let is_struck_out = known.iter().filter(is_it).any(|one| one.is_struck_out);
    if is_struck_out { (&STRUCK_OUT).into() } else { (&SIGNED_ALREADY).into() }
}

fn record(batch: &mut Batch<'_>, asker: &Asker<'_, MatterId>, signature: &NewSignature) {
    let (action, id, division) = (Action::Create, signature.petition.to_string(), Some(signature.division));
    batch.record(asker, Event { action, id, division, detail: json!({}) });
}
