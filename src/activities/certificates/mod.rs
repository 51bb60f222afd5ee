//! Certificates 志愿服务记录证明 (民政部令第67号; 志愿服务条例 19): free, whenever a volunteer asks, for what one organiser recorded of them in a
//! time (谁组织谁记录, 谁记录谁证明). Each has a number with a check digit and an address that anybody may ask, which shows what the holder
//! allows and no more (20). One that was revoked, or whose hours were corrected since, says so. Certificates are kept for good.
//! Each tells who made it out 经办人 and what its holder was honoured with, as that stood when it was issued. Training 培训 and evaluation
//! 服务评价, which the order also knows, it does not: of trainings there are check-ins alone, which are tracks that go after 30 days and
//! are given to nobody, and nobody evaluates a volunteer here. On paper it is a page of A4.

mod actions;
pub mod http;
mod model;
mod rules;
mod sheet;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;
pub use store::join;

actions!("certificates", allows, {
    ListOwn = "list_certificates",
    Create = "create_certificate",
    FindSheet = "find_certificate_sheet",
    Update = "update_certificate",
    Revoke = "create_certificate_revocation",
    FindVerification = "find_certificate_verification",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::ListOwn | Action::Create | Action::FindSheet | Action::Update => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::Revoke => match role {
            Role::CommitteeHead | Role::StreetOfficer | Role::DistrictOfficer | Role::CityOfficer => {
                Reach::Range
            }
            _ => Reach::Never,
        },
        Action::FindVerification => Reach::Everywhere,
    }
}
