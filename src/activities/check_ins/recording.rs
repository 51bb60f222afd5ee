//! Writing check-ins down: each code once, each person once for an event, of a shift each coming and each going once. What several acts
//! write at once is written in one order (codes, then check-ins by person and time), so that two uploads of the same scans do not wait for each
//! other crosswise.

use chrono::{DateTime, Utc};

use super::model::{CheckInId, CheckInPurpose, CheckInRow, NewUse, Occasion};
use super::rules::{AGAIN, CODE_USED, PERSON_UNKNOWN, Turn, turn};
use super::store;
use crate::access::act::{Act, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::codes::city::CityPerson;
use crate::access::codes::sg1::Code;
use crate::access::codes::{self, Shown};
use crate::activities::attendances::{self, Bearer, Scanned};
use crate::activities::shifts::ShiftId;
use crate::kit::problem::{Problem, Result, Rule};
use crate::people::consents::{self, ConsentPurpose};
use crate::people::document::{Document, DocumentKind};

/// A code that was verified, and when it was scanned.
#[derive(Clone, Debug)]
pub struct Scan {
    account: Option<AccountId>,
    resident: Option<ResidentId>,
    nonce: Vec<u8>,
    expires_at: DateTime<Utc>,
    scanned_at: Option<DateTime<Utc>>,
    is_offline: bool,
}

/// A check-in that is there, and whether it was before.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The check-in.
    pub row: CheckInRow,
    /// Whether the code, or the person for this event (of a shift, this coming or going), had been recorded before.
    pub is_duplicate: bool,
    /// Whether the code itself had been used before.
    pub is_used: bool,
    /// Of a shift, whether it was noted in the attendance; none for a repeat.
    pub is_noted: Option<bool>,
}

impl Recorded {
    fn new(row: CheckInRow) -> Self {
        Self { row, is_duplicate: false, is_used: false, is_noted: None }
    }

    /// With what became of it in the attendance; what a repeat tells was noted with the first.
    pub fn noted(self, is_noted: Option<bool>) -> Self {
        Self { is_noted: is_noted.filter(|_| !self.is_duplicate), ..self }
    }

    fn again(row: CheckInRow) -> Self {
        Self { row, is_duplicate: true, is_used: false, is_noted: None }
    }
}

impl Scan {
    /// Of one of our own codes.
    pub fn of_code(act: &Act<'_>, code: &Code) -> Result<Self> {
        let expires_at = DateTime::from_timestamp(code.body.expires_at(), 0);
        Ok(Scan {
            account: Some(codes::open(act.ring, &code.body)?),
            resident: None,
            nonce: code.body.nonce.to_vec(),
            expires_at: expires_at.ok_or_else(|| Problem::fault("a code of no time"))?,
            scanned_at: None,
            is_offline: false,
        })
    }

    /// Of what was shown: the city's codes lead to whom the archive knows by their document.
    pub fn of_shown(act: &mut Act<'_>, shown: &Shown, occasion: &Occasion) -> Result<Self> {
        let (person, once) = match shown {
            Shown::Ours(code) => return Self::of_code(act, code),
            Shown::City(person, once) => (person, once),
        };
        let document = id_card(person).ok_or(&PERSON_UNKNOWN)?.hash(act.ring);
        let (resident, division, account) =
            store::citizen(act, &document, occasion.division)?.ok_or(&PERSON_UNKNOWN)?;
        // The account says who it is, where there is one: a record of another committee is none of this one's business.
        let known = Some(resident).filter(|_| division == occasion.division || account.is_none());
        Ok(Self { resident: known, ..Self::of_city(act, account, once) })
    }

    /// Of a code of the city's and the account behind it, where there is one. Its own expiry is the issuer's matter.
    pub fn of_city(act: &Act<'_>, account: Option<AccountId>, once: &[u8]) -> Self {
        let (nonce, expires_at) = (once.to_vec(), act.now);
        Scan { account, resident: None, nonce, expires_at, scanned_at: None, is_offline: false }
    }

    /// Whose code it is, where that is an account's.
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// With what the device says of when it was scanned.
    pub fn scanned(self, scanned_at: Option<DateTime<Utc>>) -> Self {
        Scan { scanned_at, ..self }
    }

    /// Uploaded after the fact: the device's time is the time, or now where its clock is ahead.
    pub fn uploaded(self, scanned_at: DateTime<Utc>) -> Self {
        Scan { scanned_at: Some(scanned_at), is_offline: true, ..self }
    }

    /// Of somebody whose record is known.
    pub fn of_resident(self, resident: ResidentId) -> Self {
        Scan { resident: Some(resident), ..self }
    }

    fn row(&self, act: &Act<'_>, occasion: &Occasion) -> Result<CheckInRow> {
        let at = self.scanned_at.filter(|_| self.is_offline);
        let application = act.actor.application.map(|client| client.id);
        Ok(CheckInRow {
            id: CheckInId::new(),
            division: occasion.division,
            purpose: occasion.purpose,
            event_id: occasion.event,
            venue_id: occasion.venue,
            account_id: self.account,
            resident_id: self.resident,
            recorded_by: application.is_none().then(|| act.actor.account()).transpose()?,
            application_id: application,
            is_offline: self.is_offline,
            scanned_at: self.scanned_at,
            checked_in_at: at.map_or(act.now, |at| at.min(act.now)),
            recorded_at: act.now,
            follows_id: None,
        })
    }
}

/// The identity card behind a code of the city's.
fn id_card(person: &CityPerson) -> Option<Document> {
    Document::parse(DocumentKind::ResidentIdCard, person.id_number.as_deref()?).ok()
}

/// Records one check-in, by proof of an act that may.
pub fn record<T>(act: &mut Act<'_>, permit: &Permit<T>, occasion: &Occasion, scan: Scan) -> Result<Recorded> {
    let one = record_all(act, permit, occasion, vec![scan])?.pop();
    one.ok_or_else(|| Problem::fault("one scan has one answer"))?.map_err(Problem::from)
}

/// Records many for one occasion, each answered for itself, in their order.
pub fn record_all<T>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    occasion: &Occasion,
    mut scans: Vec<Scan>,
) -> Result<Vec<Result<Recorded, &'static Rule>>> {
    let refusals = identify(act, occasion, &mut scans)?;
    let rows = scans.iter().map(|scan| scan.row(act, occasion)).collect::<Result<Vec<_>>>()?;
    let mut order: Vec<usize> = (0..scans.len()).filter(|n| refusals[*n].is_none()).collect();
    order.sort_by(|one, other| scans[*one].nonce.cmp(&scans[*other].nonce));
    let (mut fresh, mut used) = (Vec::new(), Vec::new());
    for n in order {
        let Scan { nonce, expires_at, .. } = &scans[n];
        let new = NewUse { nonce, check_in_id: rows[n].id, expires_at: *expires_at };
        if store::use_code(act, &new)? { fresh.push(n) } else { used.push(n) }
    }
    fresh.sort_by_key(|n| (rows[*n].account_id, rows[*n].resident_id, rows[*n].checked_in_at));
    let mut answers: Vec<Option<Result<Recorded, &'static Rule>>> =
        refusals.into_iter().map(|rule| rule.map(Err)).collect();
    for n in fresh {
        let recorded = insert(act, permit, &rows[n], &scans[n].nonce)?;
        let is_noted = note_hours(act, &rows[n], false)?;
        answers[n] = Some(Ok(recorded.noted(is_noted)));
    }
    for n in used {
        let first = store::find_by_code(act, &scans[n].nonce)?;
        let same = first.filter(|row| row.is_for(occasion));
        answers[n] =
            Some(same.map(|row| Recorded { is_used: true, ..Recorded::again(row) }).ok_or(&CODE_USED));
    }
    let mut answers: Vec<_> = answers.into_iter().map(|answer| answer.unwrap_or(Err(&CODE_USED))).collect();
    store::hide_strangers(act, answers.iter_mut().flatten().map(|recorded| &mut recorded.row).collect())?;
    Ok(answers)
}

/// Somebody known came to a shift, or went. Each code that was not used before says so, though the person is checked in already: a shift
/// may go on for days. Answers whether it was noted in the attendance, where it is of a shift.
pub(super) fn note_hours(act: &mut Act<'_>, row: &CheckInRow, is_by_oneself: bool) -> Result<Option<bool>> {
    let is_arrival = row.purpose == CheckInPurpose::ShiftIn;
    let bearer = row.account_id.map(Bearer::Account).or(row.resident_id.map(Bearer::Record));
    let (Some(event), Some(bearer), true) = (row.event_id, bearer, row.purpose.is_shift()) else {
        return Ok(None);
    };
    let (shift, at, division) = (ShiftId(event), row.checked_in_at, row.division);
    let is_noted =
        attendances::follow(act, &Scanned { shift, bearer, at, is_arrival, division, is_by_oneself })?;
    // Gates that were offline upload when they can: that somebody went may be known before that they came.
    let left = if is_arrival && row.is_offline { store::left_later(act, row)? } else { None };
    if let Some(left) = left {
        note_hours(act, &left, is_by_oneself)?;
    }
    Ok(Some(is_noted))
}

fn insert<T>(act: &mut Act<'_>, permit: &Permit<T>, row: &CheckInRow, nonce: &[u8]) -> Result<Recorded> {
    let recorded = write(act, permit, row)?;
    if recorded.is_duplicate {
        store::point(act, nonce, recorded.row.id)?;
    }
    Ok(recorded)
}

/// Writes a check-in down, unless the person has one for the event; of a shift, unless that coming or going is written already.
pub(super) fn write<T>(act: &mut Act<'_>, permit: &Permit<T>, row: &CheckInRow) -> Result<Recorded> {
    if !row.purpose.is_shift() {
        return Ok(match store::insert(act, permit, row)? {
            true => Recorded::new(row.clone()),
            false => Recorded::again(store::find_same(act, row)?),
        });
    }
    let mut row = row.clone();
    // What follows the same and came later was told first, or at this moment: it follows this one from then on.
    for _ in 0..2 {
        let written = store::beside(act, &row)?;
        row.follows_id = match turn(&written, row.purpose, row.checked_in_at) {
            Turn::Again(first) => return Ok(Recorded::again(first.clone())),
            Turn::New(follows) => follows,
        };
        if store::insert(act, permit, &row)? {
            return Ok(Recorded::new(row));
        }
        store::make_room(act, permit, &row, row.checked_in_at + AGAIN)?;
    }
    Ok(Recorded::again(store::find_same(act, &row)?))
}

/// Finds out whose scans they are in the committee, and who of them may not be written down.
fn identify(
    act: &mut Act<'_>,
    occasion: &Occasion,
    scans: &mut [Scan],
) -> Result<Vec<Option<&'static Rule>>> {
    let accounts: Vec<AccountId> = scans.iter().filter_map(|scan| scan.account).collect();
    let known = store::people(act, &accounts, occasion.division)?;
    let is_track = occasion.purpose.is_track();
    let track = ConsentPurpose::MovementTrack;
    let agreeing = if is_track { consents::agreeing(act, &accounts, track)? } else { Vec::new() };
    let mut refusals = Vec::with_capacity(scans.len());
    for scan in scans {
        let person = known.iter().find(|(account, _)| Some(*account) == scan.account);
        scan.resident = person.and_then(|(_, resident)| *resident).or(scan.resident);
        refusals.push(match (scan.account, scan.resident) {
            (Some(_), _) if person.is_none() => Some(&PERSON_UNKNOWN),
            (Some(account), _) if is_track && !agreeing.contains(&account) => Some(&consents::MISSING),
            (None, Some(resident)) if is_track => {
                consents::require_of(act, resident, track).err().map(|problem| problem.rule())
            }
            _ => None,
        });
    }
    Ok(refusals)
}
