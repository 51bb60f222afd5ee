//! By what rules somebody is recognised 评选规则 (G2, G3): how long a nomination is publicised 公示, by what criteria a building group is
//! assessed, each with the most points it gives, and how many are enough. Data, by place and day, each with what it stands on; a closer
//! place goes before a wider one, with all its criteria.

pub mod http;
mod import;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use import::{Line, import};
pub use model::{RecognitionKind, Rules};

actions!("recognition-rules", allows, {
    Find = "find_recognition_rules",
});

/// The rules by which one is honoured are everybody's to know.
fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Find => match role {
            Role::Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
    }
}
