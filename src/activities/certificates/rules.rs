//! What must hold of a certificate.

use crate::kit::problem::Rule;

/// Nothing was recorded.
pub static NOTHING: Rule = Rule::refused(
    "certificate-nothing-recorded",
    "This organiser recorded no hours of this person in that time.",
    "该组织在此期间没有您的服务时长记录。",
);
/// One organiser issues it.
pub static ISSUER_UNFIT: Rule = Rule::invalid(
    "certificate-issuer-unfit",
    "Name one organisation or one building group that organised it.",
    "请指明一个组织或一个楼组。",
);
/// The days do not fit each other.
pub static DAYS_REVERSED: Rule =
    Rule::invalid("certificate-days-reversed", "The first day is after the last.", "起始日晚于截止日。");
/// It is revoked.
pub static REVOKED: Rule =
    Rule::refused("certificate-revoked", "The certificate is revoked already.", "该证明已撤销。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NOTHING, &ISSUER_UNFIT, &DAYS_REVERSED, &REVOKED];
