//! Calls for volunteers 志愿者招募令 (G1, G2): what is to be done, who organises it, who is wanted, what is asked of them and what may
//! happen to them. An organisation calls, or a building group 楼组 by its leader; residents see a call by its visibility, and sign up
//! for its shifts themselves: nobody is assigned (志愿服务条例 25). Who may come is matched with what is asked (15), risks are told
//! beforehand (12), and dangerous work is insured first (17). A committee may recruit directly (上海市志愿服务条例 35); so do streets, and a
//! district or the city for the whole of theirs.
//!
//! A call may answer a petition 诉求: whoever sees that is shown it, and reads in its course that the call came of it.
//!
//! What may be done in which state is one table, [`course`].

mod actions;
pub mod course;
pub mod http;
mod model;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{door, organiser_leaders, refresh, seen_for, tell_petition};
pub use course::{VolunteerCallState, VolunteerCallStep};
pub use model::{CallChange, CallRow, VolunteerCall, VolunteerCallId, VolunteerCallVisibility, holds, leads};
pub use rules::{RULES, days, is_insured, is_minor, must_follow};
pub use views::{VolunteerCallDetailView, VolunteerCallOrganiserView};
pub use wire::{VolunteerCallOrganiserDraft, VolunteerCallPath};

/// What calls are named where something is attached to them.
pub const VOLUNTEER_CALLS: &str = "volunteer-calls";

actions!("volunteer-calls", allows, {
    List = "list_volunteer_calls",
    Find = "find_volunteer_call",
    Create = "create_volunteer_call",
    Update = "update_volunteer_call",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // Drafts by those who organise; what is published, by its visibility: see `store`.
        Action::List | Action::Find => match role {
            Resident | GroupLeader => Reach::Own,
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Update => organises(role),
    }
}

/// Who organises: a committee and a street in their range, a leader for their building group, a district and the city for the whole of
/// theirs; what lies below is for those there, and so are the names of who comes to it.
pub(super) fn organises(role: Role) -> Reach {
    use Role::*;
    match role {
        GroupLeader | DistrictOfficer | CityOfficer => Reach::Own,
        CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
        _ => Reach::Never,
    }
}
