//! Records of the archive that somebody names as being in dispute.

use chrono::NaiveDate;

use super::rules::RESIDENT_UNKNOWN;
use crate::access::act::Look;
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::people::residents;

/// A record of the archive, and its day of birth.
pub type Known = (ResidentId, Option<NaiveDate>);

/// A record of the archive, for whoever may look into that.
pub fn in_archive(look: &mut Look<'_>, id: ResidentId, pointer: &str) -> Result<Known> {
    find(look, id, None, pointer)
}

/// The same, of one committee.
pub fn in_archive_of(
    look: &mut Look<'_>,
    id: ResidentId,
    division: Division,
    pointer: &str,
) -> Result<Known> {
    find(look, id, Some(division), pointer)
}

fn find(look: &mut Look<'_>, id: ResidentId, division: Option<Division>, pointer: &str) -> Result<Known> {
    if look.scope(residents::Action::Find).is_err() {
        return Err(RESIDENT_UNKNOWN.at(pointer));
    }
    let found = residents::store::find(look, id).or_refuse(&RESIDENT_UNKNOWN, pointer)?.resident;
    let is_there = division.is_none_or(|wanted| wanted == found.division);
    if is_there { Ok((found.id, found.born_on)) } else { Err(RESIDENT_UNKNOWN.at(pointer)) }
}
