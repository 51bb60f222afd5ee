//! What who asked says of the answer: rated 评价, opened again 重办 when they are not content, and, by the law of petitions, reviewed 复查
//! and reviewed once more 复核; then it is final (信访工作条例 35, 36). The street calls back whoever has no account 回访.

mod actions;
pub mod http;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("petitions", allows, {
    Rate = "create_petition_rating",
    Reopen = "create_petition_reopening",
    Review = "create_petition_review",
    AnswerReview = "create_petition_review_answer",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // Who asked; the street for whoever it called back.
        Action::Rate | Action::Reopen => match role {
            Resident => Reach::Own,
            StreetOfficer | Dispatcher => Reach::Range,
            _ => Reach::Never,
        },
        Action::Review => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::AnswerReview => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
