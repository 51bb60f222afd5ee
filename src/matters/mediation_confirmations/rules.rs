//! What is refused of requests for confirmation.

use crate::kit::problem::Rule;

/// The 30 days are over.
pub static LATE: Rule = Rule::refused(
    "mediation-confirmation-late",
    "Confirmation is asked for within 30 days of the day the agreement took effect (People's Mediation Law, art. 33).",
    "司法确认须自调解协议生效之日起三十日内共同申请（人民调解法第三十三条），已逾期。",
);
/// Nothing is in force that could be confirmed.
pub static NO_AGREEMENT: Rule = Rule::refused(
    "mediation-confirmation-no-agreement",
    "There is no agreement in force that a court could confirm.",
    "没有已生效、可申请司法确认的调解协议。",
);
/// Which court.
pub static COURT_MISSING: Rule = Rule::invalid(
    "mediation-confirmation-court-missing",
    "Whoever begins says which court is asked.",
    "首先提出申请的须写明人民法院。",
);
/// It was asked for.
pub static APPLIED_ALREADY: Rule = Rule::refused(
    "mediation-confirmation-applied",
    "This party has joined already, or a court was asked.",
    "该方已加入申请，或已共同申请。",
);
/// A request on paper is shown.
pub static PAPER_MISSING: Rule = Rule::invalid(
    "mediation-confirmation-paper-missing",
    "Whoever notes that all parties asked the court together shows their request.",
    "代录共同申请的，须上传各方共同签署的申请书。",
);
/// A day that can't be.
pub static DAY_UNFIT: Rule = Rule::invalid(
    "mediation-confirmation-day-unfit",
    "A court is asked after the agreement took effect, decides after that, and neither in days to come; a party in the app asks today.",
    "申请日不得早于协议生效日，裁定日不得早于申请日，均不得晚于今日；当事人在手机端申请的不填日期。",
);
/// The court has nothing to decide.
pub static NOT_APPLIED: Rule = Rule::refused(
    "mediation-confirmation-not-applied",
    "No court was asked, or it has decided.",
    "尚未共同申请，或法院已作出裁定。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&LATE, &NO_AGREEMENT, &COURT_MISSING, &APPLIED_ALREADY, &PAPER_MISSING, &DAY_UNFIT, &NOT_APPLIED];
