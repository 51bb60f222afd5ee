//! More time 延期 for mediation, with the consent of the parties (人民调解工作若干规定 33): whoever runs the case asks, each party answers, and once all agree the
//! month goes on.

mod actions;
pub mod http;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::mediation_agreements::reads;
use crate::matters::mediation_cases::runs;

pub use rules::RULES;

actions!("mediation-cases", allows, {
    List = "list_mediation_case_extensions",
    Create = "create_mediation_case_extension",
    CreateConsent = "create_mediation_case_extension_consent",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List => reads(role),
        Action::Create => runs(role),
        // By the party, or by whoever runs it for one that said so otherwise.
        Action::CreateConsent => match role {
            Role::Resident => Reach::Own,
            _ => runs(role),
        },
    }
}
