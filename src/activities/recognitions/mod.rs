//! Recognitions 评选表彰 (A8, G2, G3): community stars 社区达人, who are people, and vital building groups 活力楼组, by one mechanism. A
//! committee nominates a resident, or a resident themselves; a building group is applied for by who leads it and assessed by the criteria
//! of its place (`recognition_rules`). What is shown of a person is what they agreed to, and nobody is publicised before they agreed
//! (个人信息保护法 13, 14, 25, 31: for a child under 14 the guardian decides); they may take it back at any time. Then it is publicised 公示
//! for the days of the rules, neighbours object (`recognition_objections`), and somebody else than who nominated confirms it.

mod actions;
pub mod http;
mod model;
mod nominating;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{must_be_anothers, sight};
pub use model::{Recognition, RecognitionId, RecognitionState, Sight};
pub use rules::{RULES, STATE_UNFIT};
pub use store::join;
pub use wire::RecognitionPath;

actions!("recognitions", allows, {
    List = "list_recognitions",
    Find = "find_recognition",
    Create = "create_recognition",
    Agree = "update_recognition_agreement",
    Assess = "create_recognition_assessment",
    Publicise = "create_recognition_publicity",
    Confirm = "create_recognition_confirmation",
    Refuse = "create_recognition_refusal",
    Withdraw = "create_recognition_withdrawal",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // What is publicised or confirmed, by everybody; the rest by staff of the range and whose it is: see `store`.
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create => match role {
            Resident | GroupLeader => Reach::Own,
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Agree => match role {
            Resident | GroupLeader => Reach::Own,
            _ => Reach::Never,
        },
        Action::Assess | Action::Publicise => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Confirm | Action::Refuse | Action::Withdraw => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
