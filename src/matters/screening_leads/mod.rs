//! Leads 排查线索: what a screening saw that may become a quarrel, how near that is, and what became of it. They are working material: read by
//! staff of the range alone, never by those they are about (whose copy of their data says that there is one, as of visits). A high risk is
//! told to the police station and the street at once (人民调解法 25). A lead becomes one mediation case, without being told again; its words
//! go to the table, not to the parties.

mod actions;
mod cases;
pub mod http;
mod model;
pub mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::screenings::works;

pub use model::ScreeningLeadId;
pub use rules::RULES;

actions!("screening-leads", allows, {
    List = "list_screening_leads",
    Find = "find_screening_lead",
    Create = "create_screening_lead",
    Update = "update_screening_lead",
    Settle = "create_screening_lead_settlement",
    CreateCase = "create_screening_lead_case",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List
        | Action::Find
        | Action::Create
        | Action::Update
        | Action::Settle
        | Action::CreateCase => works(role),
    }
}
