//! What must hold of health records.

use crate::kit::problem::Rule;

/// Nothing is kept of somebody's health without their consent.
pub static NO_CONSENT: Rule = Rule::refused(
    "health-consent-missing",
    "The person has not consented: record the consent first.",
    "尚未取得本人同意，请先登记同意书。",
);
/// Nobody consents tomorrow.
pub static CONSENT_AHEAD: Rule =
    Rule::invalid("health-consent-ahead", "The day of the consent is still to come.", "同意日期尚未到来。");
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NO_CONSENT, &CONSENT_AHEAD];
