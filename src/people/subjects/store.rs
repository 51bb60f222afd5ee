//! Whose record somebody may act for.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;

use crate::access::act::{Governed, Look};
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::schema::{guardians, residents};

/// Until the 14th birthday the guardian decides (个人信息保护法 art. 31).
pub const CHILDHOOD: Months = Months::new(14 * 12);

/// Of records by which one is a resident somewhere.
const HERE: &[&str] = &["present"];
/// Of these, and of those that one has moved away from.
const EVER: &[&str] = &["present", "departed"];

/// A record that the caller may act for. Only [`find`], [`own`] and [`ever`] make one.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Subject {
    /// The record.
    pub resident: ResidentId,
    /// The committee that keeps it.
    pub division: Division,
    /// Day of birth, where it is known.
    pub born_on: Option<NaiveDate>,
}

impl Governed for Subject {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.signed_in.is_some()
    }
}

/// Whether somebody born on that day is under 14. Who has no day of birth is no child.
pub fn is_child(born_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    born_on.and_then(|day| day.checked_add_months(CHILDHOOD)).is_some_and(|birthday| birthday > today)
}

/// The caller's own records, one a committee.
pub fn own(look: &mut Look<'_>) -> Result<Vec<Subject>> {
    bound(look, HERE)
}

/// Those that tell what somebody did, wherever they live now: the record asked for, if [`find`] would answer it or would have before
/// they moved away; all of the caller's own where none is asked for, those of where they live now first. Anything else is 404.
pub fn ever(look: &mut Look<'_>, wanted: Option<ResidentId>) -> Result<Vec<Subject>> {
    let own = bound(look, EVER)?;
    let Some(wanted) = wanted else { return Ok(own) };
    match own.iter().find(|subject| subject.resident == wanted) {
        Some(subject) => Ok(vec![*subject]),
        None => Ok(vec![find_ward(look, wanted, &own, EVER)?]),
    }
}

/// The record that [`find`] would answer, or would have before they moved away: rights to what is kept of one do not end with
/// living there (个人信息保护法 art. 44 to 47).
pub fn find_ever(look: &mut Look<'_>, wanted: Option<ResidentId>) -> Result<Subject> {
    ever(look, wanted)?.into_iter().next().ok_or_else(|| (&NOT_FOUND).into())
}

fn bound(look: &mut Look<'_>, statuses: &[&str]) -> Result<Vec<Subject>> {
    let account = look.actor.account()?;
    let bound = residents::table
        .filter(residents::account_id.eq(account).and(residents::status.eq_any(statuses.to_vec())))
        .order((residents::status.eq("present").desc(), residents::division, residents::id))
        .select((residents::id, residents::division, residents::born_on));
    Ok(bound.load(look.conn)?)
}

/// The record asked for, if it is the caller's own or that of a child they are guardian of; the first of their own where
/// none is asked for. Anything else is 404.
pub fn find(look: &mut Look<'_>, wanted: Option<ResidentId>) -> Result<Subject> {
    let own = own(look)?;
    let known = match wanted {
        Some(wanted) => own.iter().find(|subject| subject.resident == wanted),
        None => own.first(),
    };
    match (known, wanted) {
        (Some(subject), _) => Ok(*subject),
        (None, Some(wanted)) => find_ward(look, wanted, &own, HERE),
        (None, None) => NOT_FOUND.refuse(),
    }
}

fn find_ward(look: &mut Look<'_>, wanted: ResidentId, own: &[Subject], statuses: &[&str]) -> Result<Subject> {
    let keepers: Vec<ResidentId> = own.iter().map(|subject| subject.resident).collect();
    let wards = guardians::table
        .filter(guardians::ended_at.is_null().and(guardians::guardian_id.eq_any(keepers)))
        .select(guardians::ward_id);
    let ward: Subject = residents::table
        .find(wanted)
        .filter(residents::status.eq_any(statuses.to_vec()).and(residents::id.eq_any(wards)))
        .select((residents::id, residents::division, residents::born_on))
        .first(look.conn)?;
    if is_child(ward.born_on, local_date(look.now)) { Ok(ward) } else { NOT_FOUND.refuse() }
}

/// Whether the caller is a guardian of that record still, however old the child is by now.
pub fn keeps(look: &mut Look<'_>, ward: ResidentId) -> Result<bool> {
    let keepers = own(look)?.iter().map(|subject| subject.resident).collect();
    is_kept(look, ward, keepers)
}

/// The same of the person of a record, who may be recorded as the guardian by another record of theirs.
pub fn is_kept_by(look: &mut Look<'_>, ward: ResidentId, guardian: ResidentId) -> Result<bool> {
    let account: Option<AccountId> =
        residents::table.find(guardian).select(residents::account_id).first(look.conn)?;
    let keepers: Vec<ResidentId> = match account {
        Some(account) => residents::table
            .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
            .select(residents::id)
            .load(look.conn)?,
        None => vec![guardian],
    };
    is_kept(look, ward, keepers)
}

fn is_kept(look: &mut Look<'_>, ward: ResidentId, keepers: Vec<ResidentId>) -> Result<bool> {
    let kept = guardians::table
        .filter(guardians::ward_id.eq(ward).and(guardians::guardian_id.eq_any(keepers)))
        .filter(guardians::ended_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(look.conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn childhood_ends_with_the_fourteenth_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let born = Some(day("2012-11-26"));
        assert!(is_child(born, day("2026-11-25")));
        assert!(!is_child(born, day("2026-11-26")));
        assert!(!is_child(None, day("2026-11-26")));
    }
}
