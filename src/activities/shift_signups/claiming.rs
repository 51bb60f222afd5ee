//! Taking places: what comes together is written together, each shift held once.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::model::{Busy, Candidate, NewSignup, Offer, PersonId, ShiftSignupId, SignupConfirmation};
use super::rules::{self, CLASH, NOT_OPEN, OUTSIDE, TAKEN_ALREADY};
use super::store::{self, Written};
use super::views::ShiftSignupView;
use super::{Action, candidates};
use crate::access::act::{Event, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::together::{Asker, Batch, Joint};
use crate::activities::shifts::{ShiftId, ShiftKind};
use crate::activities::volunteer_calls;
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::problem::{NOT_FOUND, Problem, Result};

/// What those who sign up in a moment do together.
pub struct Claiming;

/// What one of them asks.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Of which shift.
    pub shift: ShiftId,
    /// For whom; oneself, unless told.
    pub resident: Option<ResidentId>,
    /// What they confirm.
    pub confirms: Vec<SignupConfirmation>,
}

impl Joint for Claiming {
    type Item = Claim;
    type View = ShiftSignupView;

    fn write(batch: &mut Batch<'_>, askers: &[Asker<'_, Claim>]) -> Result<Vec<Result<ShiftSignupView>>> {
        let ground = Ground::load(batch, askers)?;
        // Whoever can't is told why first: from the first place on, others wait.
        let (mut answers, mut new) = (Vec::with_capacity(askers.len()), Vec::with_capacity(askers.len()));
        for asker in askers {
            answers.push(match ground.fit(asker, batch) {
                Ok(signup) => {
                    new.push(signup);
                    None
                }
                // A draft is not there for those whom it may be for one day.
                Err(problem) if [&NOT_FOUND, &OUTSIDE, &NOT_OPEN].contains(&problem.rule()) => {
                    Some(Err(ground.why_not(asker, batch, problem)))
                }
                Err(problem) => Some(Err(problem)),
            });
        }
        let mut claimed = claim(batch, &new)?.into_iter().zip(&new);
        let whole = askers.iter().zip(answers).map(|(asker, answer)| {
            answer.unwrap_or_else(|| {
                let (view, signup) = claimed.next().ok_or_else(|| Problem::fault("nobody signed up"))?;
                view.inspect(|view| record(batch, asker, signup, view))
            })
        });
        Ok(whole.collect())
    }
}

/// Writes sign-ups, and answers in their order.
fn claim(batch: &mut Batch<'_>, new: &[Permit<NewSignup>]) -> Result<Vec<Result<ShiftSignupView>>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let written = store::claim(&mut batch.look_at_all(), new)?;
    let written: HashMap<ShiftSignupId, Written> = written.into_iter().map(|one| (one.signup, one)).collect();
    let people: BTreeSet<PersonId> = new.iter().map(|one| one.person).collect();
    let shifts: BTreeSet<ShiftId> = new.iter().map(|one| one.shift).collect();
    let (people, shifts): (Vec<_>, Vec<_>) = (people.into_iter().collect(), shifts.into_iter().collect());
    let busy = store::busy(&mut batch.look_at_all(), &people, &shifts)?;
    let now = batch.now;
    let view = |signup: &Permit<NewSignup>| {
        let others = busy.iter().filter(|one| one.person == signup.person && one.shift != signup.shift);
        match written.get(&signup.id) {
            Some(one) => Ok(ShiftSignupView {
                id: signup.id,
                shift: signup.shift,
                volunteer_call: signup.call,
                resident: signup.resident,
                state: one.became,
                position: one.ahead,
                needs_consent: signup.consents,
                is_tight: signup.busy.is_some_and(|time| others.clone().any(|one| rules::is_near(one, time))),
                created_at: now,
            }),
            None => Err(refused(signup, &busy)),
        }
    };
    Ok(new.iter().map(view).collect())
}

/// What was in the way of a sign-up that was not written.
fn refused(signup: &NewSignup, busy: &[Busy]) -> Problem {
    let mut own = busy.iter().filter(|one| one.person == signup.person);
    if own.clone().any(|one| one.shift == signup.shift) {
        return (&TAKEN_ALREADY).into();
    }
    let is_busy = signup.busy.is_some_and(|time| own.any(|one| rules::meets(one, time)));
    if is_busy { (&CLASH).into() } else { (&NOT_OPEN).into() }
}

/// What those of a batch stand on.
struct Ground {
    offers: HashMap<ShiftId, Offer>,
    own: HashMap<AccountId, Vec<Candidate>>,
    wards: HashMap<AccountId, Vec<Candidate>>,
    members: Vec<(VolunteerTeamId, ResidentId)>,
}

fn by_account(all: Vec<Candidate>) -> HashMap<AccountId, Vec<Candidate>> {
    let mut sorted: HashMap<AccountId, Vec<Candidate>> = HashMap::new();
    for one in all {
        if let Some(account) = one.account {
            sorted.entry(account).or_default().push(one);
        }
    }
    sorted
}

impl Ground {
    fn load(batch: &mut Batch<'_>, askers: &[Asker<'_, Claim>]) -> Result<Self> {
        let ids: BTreeSet<ShiftId> = askers.iter().map(|asker| asker.item.shift).collect();
        let look = &mut batch.look_at_all();
        let offers = store::offers(look, &ids.into_iter().collect::<Vec<_>>())?;
        let accounts: Vec<AccountId> = askers.iter().filter_map(|asker| asker.actor.account().ok()).collect();
        candidates::hold(look, &accounts)?;
        let own = by_account(candidates::own_candidates(look, &accounts)?);
        let wards = match askers.iter().any(|asker| asker.item.resident.is_some()) {
            true => by_account(candidates::wards(look, &accounts)?),
            false => HashMap::new(),
        };
        // Only where a team comes first is it asked who is in it.
        let now = look.now;
        let is_first = |one: &&Offer| one.own_first_until.is_some_and(|until| now < until);
        let teams: BTreeSet<VolunteerTeamId> =
            offers.iter().filter(is_first).filter_map(|one| one.team).collect();
        let records: Vec<ResidentId> =
            own.values().chain(wards.values()).flatten().map(|one| one.resident).collect();
        let members = match teams.is_empty() {
            true => Vec::new(),
            false => candidates::members(look, &teams.into_iter().collect::<Vec<_>>(), &records)?,
        };
        Ok(Ground { offers: offers.into_iter().map(|one| (one.shift, one)).collect(), own, wards, members })
    }

    /// The sign-up of one of them, where nothing is in the way but other sign-ups.
    fn fit(&self, asker: &Asker<'_, Claim>, batch: &mut Batch<'_>) -> Result<Permit<NewSignup>> {
        let (account, item) = (asker.actor.account()?, asker.item);
        let offer = self.offers.get(&item.shift).ok_or(&NOT_FOUND)?;
        let is_wanted = |one: &&Candidate| item.resident.is_none_or(|wanted| one.resident == wanted);
        let find = |all: &HashMap<AccountId, Vec<Candidate>>| -> Vec<Candidate> {
            all.get(&account).into_iter().flatten().filter(is_wanted).copied().collect()
        };
        let own = find(&self.own);
        let is_guardian = own.is_empty() && item.resident.is_some();
        let known = if is_guardian { find(&self.wards) } else { own };
        if known.is_empty() && item.resident.is_some() {
            return NOT_FOUND.refuse();
        }
        let who = rules::closest(offer, &known, &self.members).ok_or(&OUTSIDE)?;
        let asking = rules::may_take(offer, who, is_guardian, &item.confirms, batch.now)?;
        let one = who.0;
        let new = NewSignup {
            id: ShiftSignupId::new(),
            shift: offer.shift,
            division: offer.division,
            call: offer.call,
            resident: one.resident,
            person: one.person,
            account,
            asks: asking.asks,
            consents: asking.consents,
            busy: offer.ends_at.filter(|_| offer.kind == ShiftKind::Fixed).map(|end| (offer.starts_at, end)),
        };
        batch.look(asker).permit(Action::Create, new)
    }

    /// Why somebody is not among those whom the call is for: what they may not see is not there.
    fn why_not(&self, asker: &Asker<'_, Claim>, batch: &mut Batch<'_>, problem: Problem) -> Problem {
        match self.offers.get(&asker.item.shift) {
            None => (&NOT_FOUND).into(),
            Some(offer) => match volunteer_calls::store::find(&mut batch.look(asker), offer.call) {
                Err(hidden) => hidden,
                Ok(_) => problem,
            },
        }
    }
}

fn record(batch: &mut Batch<'_>, asker: &Asker<'_, Claim>, signup: &NewSignup, view: &ShiftSignupView) {
    let detail = json!({ "shift": signup.shift, "state": view.state.as_str() });
    let (action, id, division) = (Action::Create, signup.id.to_string(), Some(signup.division));
    batch.record(asker, Event { action, id, division, detail });
}
