//! What is refused of applications.

use crate::kit::problem::Rule;

/// Only what the police referred, and was settled and performed.
pub static UNFIT: Rule = Rule::refused(
    "mediation-waiver-unfit",
    "No penalty is asked for where the police referred the case and the agreement was performed (Public Security Administration Punishments Law, art. 9).",
    "经公安移送、达成协议并已履行的，方可书面申请不予处罚（治安管理处罚法第九条）。",
);
/// For whom.
pub static PARTY_UNFIT: Rule = Rule::invalid(
    "mediation-waiver-party-unfit",
    "A party asks for itself; whoever runs the case names the party whose written application it shows.",
    "当事人本人申请；承办人代录的须指明当事人并上传书面申请。",
);
/// Once is enough.
pub static ASKED_ALREADY: Rule =
    Rule::refused("mediation-waiver-asked", "This party has applied already.", "该当事人已申请。");
/// It was decided.
pub static DECIDED: Rule =
    Rule::refused("mediation-waiver-decided", "This application has been decided.", "该申请已有决定。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&UNFIT, &PARTY_UNFIT, &ASKED_ALREADY, &DECIDED];
