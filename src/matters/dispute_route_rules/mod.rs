//! Which way disputes go 分流规则: to mediation, to legal aid, to a court or to the police, by what they are about and what is said of them. Data,
//! by place and day, each with what it stands on. Rules are asked in the order of their positions, and the first that fits decides; what the
//! closest place says for a position stands there in place of what wider places say. (人民调解工作若干规定 22; 法律援助法 31)

mod actions;
pub mod http;
mod import;
mod model;
mod routing;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use import::import;
pub use model::{DisputeGround, DisputeRoute, RouteRuleId, RouteRuleRow};
pub use routing::choose;
pub use rules::RULES;

actions!("dispute-route-rules", allows, {
    List = "list_dispute_route_rules",
    Create = "create_dispute_route_rule",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // Whoever is in dispute may know where it goes, as with all policies.
        Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        // The offices that answer for the place; none of those that disputes are sent to.
        Action::Create => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
