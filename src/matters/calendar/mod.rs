//! The working calendar 工作日历: holidays 法定节假日 and weekend days that are worked 调休, as the State Council announces them for each
//! year; and the counting of days by it (民法典 201–204, G6). A year that is not announced yet goes by the rule of the week, and
//! what is counted by it is provisional.

mod actions;
pub mod http;
mod import;
mod model;
mod reckoning;
mod rules;
pub mod store;
mod wire;
mod workdays;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use import::{Line, import};
pub use reckoning::{Due, Paused, Reckoning, Unit, due_at};
pub use rules::RULES;
pub use store::{count, load};
pub use workdays::WorkCalendar;

actions!("calendar-days", allows, {
    List = "list_calendar_days",
    Update = "update_calendar_days",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List => Reach::Everywhere,
        // Only with a post for the whole city: see `actions`.
        Action::Update => match role {
            Role::SystemAdmin => Reach::Everywhere,
            _ => Reach::Never,
        },
    }
}
