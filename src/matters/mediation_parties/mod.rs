//! Parties 当事人 of a case join it and say whether they want it mediated: nothing begins until each agreed, and a clear refusal ends it
//! (人民调解法 17, 23, 26).

mod actions;
pub mod http;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;
use crate::matters::mediation_cases::runs;

actions!("mediation-cases", allows, {
    CreateParty = "create_mediation_case_party",
    CreateConsent = "create_mediation_case_consent",
    CreateWithdrawal = "create_mediation_case_withdrawal",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::CreateParty => runs(role),
        // By the party, or by whoever runs it for one that said so otherwise.
        Action::CreateConsent => match role {
            Role::Resident => Reach::Own,
            _ => runs(role),
        },
        Action::CreateWithdrawal => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}

/// The party named is not of the case.
pub static PARTY_UNKNOWN: Rule =
    Rule::invalid("mediation-party-unknown", "There is no such party of this case.", "本案没有该当事人。");
/// Whose word is noted for them said how; who says it themselves needs not.
pub static CONSENT_UNFIT: Rule = Rule::invalid(
    "mediation-consent-unfit",
    "Whoever notes the word of a party says how it was given: in person, by telephone or on paper; a party itself speaks in the app.",
    "代记意愿须写明方式（当面、电话或书面）；当事人本人在手机端表态。",
);
/// A party said so before.
pub static CONSENT_GIVEN: Rule =
    Rule::refused("mediation-consent-given", "This party has agreed already.", "该当事人已同意。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&PARTY_UNKNOWN, &CONSENT_UNFIT, &CONSENT_GIVEN];
