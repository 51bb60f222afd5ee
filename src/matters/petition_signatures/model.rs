//! Rows of signatures.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::id;
use crate::matters::petitions::course::PetitionState;
use crate::matters::petitions::{PetitionKind, PetitionVisibility};
use crate::matters::policies::PolicyId;
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;

id! {
    /// A signature's id.
    SignatureId
}

/// What decides whether a petition can be signed.
#[derive(Clone, Debug, Queryable)]
pub struct Signable {
    pub id: MatterId,
    pub division: Division,
    pub state: PetitionState,
    pub kind: PetitionKind,
    pub visibility: PetitionVisibility,
    pub building_group: Option<BuildingGroupId>,
    pub is_hidden: bool,
    pub closes_at: Option<DateTime<Utc>>,
}

/// Where an account lives as a verified resident, and in which building group.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct SignerHome {
    pub account: Option<AccountId>,
    pub resident: ResidentId,
    pub division: Division,
    pub group: Option<BuildingGroupId>,
}

/// A signature about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewSignature {
    pub id: SignatureId,
    pub petition: MatterId,
    pub division: Division,
    pub resident: ResidentId,
    pub account: AccountId,
    pub group: Option<BuildingGroupId>,
}

impl Governed for NewSignature {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().ok() == Some(self.account)
    }
}

/// One that was there before.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct KnownSignature {
    pub petition: MatterId,
    pub account: AccountId,
    pub resident: ResidentId,
    pub is_struck_out: bool,
}

/// A signature as staff see it.
#[derive(Clone, Debug, Queryable)]
pub struct SignatureRow {
    pub id: SignatureId,
    pub resident: ResidentId,
    pub name: Option<String>,
    pub building_group: Option<BuildingGroupId>,
    pub signed_at: DateTime<Utc>,
    pub is_struck_out: bool,
}

/// When a threshold was reached, and taken back.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct MarkRow {
    pub policy: PolicyId,
    pub reached_at: DateTime<Utc>,
    pub taken_back_at: Option<DateTime<Utc>>,
}

impl MarkRow {
    /// Whether it stands.
    pub fn stands(&self) -> bool {
        self.taken_back_at.is_none()
    }
}
