//! Applications 第三方应用: programs that call on their own behalf, as the gate or the screen at a door does. Each has a division that
//! it acts in and below, scopes that say what it may do there, and at most two secrets, so that one can be exchanged while the
//! other still opens. OAuth 2 client credentials (RFC 6749, 4.4); what it can do is felt to end within 5 seconds of its end.

mod actions;
mod grants;
pub mod http;
mod model;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("applications", allows, {
    List = "list_applications",
    Find = "find_application",
    Create = "create_application",
    Update = "update_application",
    ListSecrets = "list_application_secrets",
    CreateSecret = "create_application_secret",
    DeleteSecret = "delete_application_secret",
    CreateToken = "create_access_token",
    FindServer = "find_authorization_server",
});

/// A gate is put up by the street or the district whose door it is, or by whoever runs the system (系统管理员); 安全管理员 may take its
/// secrets away at any time.
fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find | Action::ListSecrets => match role {
            StreetOfficer | DistrictOfficer | CityOfficer | SystemAdmin | SecurityAdmin | Auditor => {
                Reach::Range
            }
            _ => Reach::Never,
        },
        Action::Create | Action::Update | Action::CreateSecret => match role {
            StreetOfficer | DistrictOfficer | SystemAdmin => Reach::Range,
            _ => Reach::Never,
        },
        Action::DeleteSecret => match role {
            StreetOfficer | DistrictOfficer | SystemAdmin | SecurityAdmin => Reach::Range,
            _ => Reach::Never,
        },
        Action::CreateToken | Action::FindServer => Reach::Everywhere,
    }
}
