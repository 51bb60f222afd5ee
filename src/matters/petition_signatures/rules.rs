//! What is refused of signing, and why.

use chrono::{DateTime, Utc};

use super::model::{Signable, SignerHome};
use crate::kit::problem::{Result, Rule};
use crate::matters::petitions::course::PetitionState;
use crate::matters::petitions::{PetitionKind, PetitionVisibility};

/// Only joint petitions are signed, and only while they are handled.
pub static NOT_SIGNABLE: Rule = Rule::refused(
    "petition-not-signable",
    "Only a joint petition that was accepted and is not answered yet is signed.",
    "仅已受理且尚未答复的联名可签名。",
);
/// Its last day is over.
pub static CLOSED: Rule = Rule::refused(
    "petition-signing-closed",
    "The time for signing this petition is over; signatures stay as they are.",
    "该联名已截止，签名不再变动。",
);
/// One person signs once.
pub static SIGNED_ALREADY: Rule = Rule::refused(
    "petition-signed-already",
    "You have signed this petition already.",
    "您已签名，无需重复签名。",
);
/// Only people inside the petition's range sign.
pub static OUTSIDE: Rule = Rule::refused(
    "petition-signer-outside",
    "This petition is signed by verified residents of its committee or building group.",
    "该联名仅限所属居民区（楼组）的已认证居民签名。",
);
/// There is nothing to take back.
pub static NOT_SIGNED: Rule =
    Rule::refused("petition-not-signed", "You have not signed this petition.", "您尚未签名。");
/// A signature that was struck out stays so, and is not given anew.
pub static STRUCK_OUT: Rule = Rule::refused(
    "petition-signature-struck-out",
    "Your signature was struck out by the office; ask there.",
    "您的签名已被剔除，请向街道咨询。",
);
/// It is no joint petition.
pub static NOT_JOINT: Rule =
    Rule::refused("petition-not-joint", "This is not a joint petition.", "该诉求不是联名。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&NOT_SIGNABLE, &CLOSED, &SIGNED_ALREADY, &OUTSIDE, &NOT_SIGNED, &STRUCK_OUT, &NOT_JOINT];

/// Refuses what can't be signed now, whoever asks.
pub fn must_be_signable(
    kind: PetitionKind,
    state: PetitionState,
    closes_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    use PetitionState::*;
    let is_handled = matches!(state, Accepted | Dispatched | InProgress | Suspended);
    match closes_at.filter(|_| kind == PetitionKind::JointPetition && is_handled) {
        None => NOT_SIGNABLE.refuse(),
        Some(closes_at) if now >= closes_at => CLOSED.refuse(),
        Some(_) => Ok(()),
    }
}

/// The home by which somebody signs it: one in its committee, and in its building group where only that may read it. Where homes
/// are of several groups, the petition's own goes first.
pub fn home_for<'a>(petition: &Signable, homes: &'a [SignerHome]) -> Option<&'a SignerHome> {
    let of_group =
        |home: &&SignerHome| petition.building_group.is_some() && home.group == petition.building_group;
    let mut inside = homes.iter().filter(|home| home.division == petition.division);
    match petition.visibility {
        PetitionVisibility::Private => None,
        PetitionVisibility::BuildingGroup => inside.find(of_group),
        PetitionVisibility::Community | PetitionVisibility::Public => {
            inside.clone().find(of_group).or_else(|| inside.next())
        }
    }
}
