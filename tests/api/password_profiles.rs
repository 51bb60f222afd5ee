//! Which passwords are strong enough is a setting: `mlps3` 等保三级 refuses some that `asvs` takes.

use lilong::access::passwords::Profile;
use serde_json::json;

use crate::sign_in::{PASSWORD, code_of, sign_in};
use crate::support::{Person, Reply, Town};

/// A long one of two kinds of characters, and one of four kinds that has only nine.
const FOR_ASVS: [&str; 2] = ["quietlanelanternlamp77", "Tq7-xv9zw"];
const FOR_BOTH: &str = "Lane-lantern-42";

fn town_with(profile: Profile) -> Town {
    Town::with(|settings| settings.password_profile = profile)
}

fn change(town: &Town, person: &Person, current: &str, new: &str) -> Reply {
    let body = json!({ "password": new, "current_password": current });
    town.call("PUT", "/v1/me/password").json(&body).by(person).send()
}

fn open(town: &Town, phone: &str, otp: &str, password: &str) -> Reply {
    let draft = json!({ "phone": phone, "otp": otp, "display_name": "王师傅", "password": password });
    town.post("/v1/accounts", draft).send()
}

fn ask_for_code(town: &Town, phone: &str) -> String {
    town.post("/v1/auth/otps", json!({ "phone": phone })).send().is(202);
    code_of(town, phone)
}

#[test]
fn a_password_is_changed_by_the_profile_that_is_set() {
    let town = town_with(Profile::Asvs);
    let person = town.with_password();
    change(&town, &person, PASSWORD, FOR_ASVS[0]).is(204);
    change(&town, &person, FOR_ASVS[0], FOR_ASVS[1]).is(204);
    let strict = town_with(Profile::Mlps3);
    let person = strict.with_password();
    for weak in FOR_ASVS {
        change(&strict, &person, PASSWORD, weak).is_problem_at(422, "password-weak", "/password");
    }
    sign_in(&strict, &person, PASSWORD).is(201);
    change(&strict, &person, PASSWORD, FOR_BOTH).is(204);
    sign_in(&strict, &person, FOR_BOTH).is(201);
}

#[test]
fn an_account_is_opened_by_the_profile_that_is_set() {
    let town = town_with(Profile::Asvs);
    for (phone, password) in ["+8613700000001", "+8613700000002"].into_iter().zip(FOR_ASVS) {
        open(&town, phone, &ask_for_code(&town, phone), password).is(201);
    }
    let (strict, phone) = (town_with(Profile::Mlps3), "+8613700000001");
    let otp = ask_for_code(&strict, phone);
    for weak in FOR_ASVS {
        open(&strict, phone, &otp, weak).is_problem_at(422, "password-weak", "/password");
    }
    assert_eq!(strict.count("SELECT count(*) FROM accounts"), 0);
    // The code is not used up by them.
    open(&strict, phone, &otp, FOR_BOTH).is(201);
}
