//! Attendance 出勤: who came to a shift, when they came and went, and who did not come. Written down by who organises it, with the reason,
//! or by a code that was shown at it ([`follow`]); never for oneself. Whatever is written moves the hours of the
//! person in the same transaction. What was wrong is put right with the reason, and both are kept.

mod actions;
mod following;
pub mod http;
mod model;
mod noting;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use actions::finish;
pub use following::{Scanned, follow};
pub use model::{AttendanceKind, AttendanceRow, Bearer};
pub use rules::{CAME, RULES, must_be_arrival};
pub use store::join;
pub use wire::AttendanceView;

actions!("attendances", allows, {
    List = "list_attendances",
    ListOwn = "list_own_attendances",
    Create = "create_attendance",
    Correct = "create_attendance_correction",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List | Action::Create | Action::Correct => organises(role),
        Action::ListOwn => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
