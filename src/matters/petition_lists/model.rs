//! What lists of petitions are narrowed to.

use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::matters::categories::CategoryId;
use crate::matters::petitions::PetitionKind;
use crate::matters::petitions::course::PetitionState;
use crate::matters::registry::Receipt;
use crate::text_enum;

text_enum! {
    /// Whose petitions.
    pub enum PetitionSight {
        /// 本人的: what one asked oneself.
        Own = "own",
        /// 本人签过名的: those one signed, as far as they are open to neighbours; also where one has moved away since.
        Signed = "signed",
        /// 辖区的: those of the range of one's posts.
        Range = "range",
        /// 本单位的: those that an organisation one has a post in works on.
        Organisation = "organisation",
        /// 邻里的: those open to neighbours where one is a verified resident.
        Neighbours = "neighbours",
        /// 公开的: those open to everybody.
        Public = "public",
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub kind: Option<PetitionKind>,
    pub state: Option<PetitionState>,
    pub category: Option<CategoryId>,
    pub holder: Option<OrganisationId>,
    pub is_overdue: bool,
    pub receipt: Option<Receipt>,
}
