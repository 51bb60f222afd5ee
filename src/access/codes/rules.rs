//! Why a code is refused.

use super::sg1::Refusal;
use crate::kit::problem::{Problem, Rule};

/// It is no code that is known here.
pub static MALFORMED: Rule =
    Rule::invalid("code-malformed", "This is no code that is known here.", "无法识别该二维码。");
/// No key of its number holds.
pub static KEY_UNKNOWN: Rule = Rule::invalid(
    "code-key-unknown",
    "No key signs codes that this code names; it is of another service, or old.",
    "该码的签名密钥不存在或已停用。",
);
/// Its key did not sign it.
pub static SIGNATURE_WRONG: Rule =
    Rule::invalid("code-signature-wrong", "This code was not issued here.", "该码并非本服务签发。");
/// Its time is to come.
pub static NOT_YET_VALID: Rule = Rule::refused(
    "code-not-yet-valid",
    "This code is of a later time; look at the clocks.",
    "该码尚未生效，请核对设备时间。",
);
/// Its time is over.
pub static EXPIRED: Rule = Rule::refused(
    "code-expired",
    "This code is no longer good; show a fresh one.",
    "该码已过期，请刷新后再出示。",
);
/// Somebody is not what they want to show.
pub static TYPE_UNFIT: Rule = Rule::refused(
    "code-type-unfit",
    "A resident's code is for verified residents, a staff code for who has a post that counts.",
    "居民码须先完成居民认证，工作人员码须有有效岗位。",
);
/// The city does not know it.
pub static CITY_UNKNOWN: Rule = Rule::invalid(
    "code-city-unknown",
    "The service that issued this code does not accept it.",
    "发码平台不认可该码，请刷新后再出示。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&MALFORMED, &KEY_UNKNOWN, &SIGNATURE_WRONG, &NOT_YET_VALID, &EXPIRED, &TYPE_UNFIT, &CITY_UNKNOWN];

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Malformed => MALFORMED.at("/code"),
            Refusal::KeyUnknown => KEY_UNKNOWN.at("/code"),
            Refusal::SignatureWrong => SIGNATURE_WRONG.at("/code"),
            Refusal::NotYetValid => (&NOT_YET_VALID).into(),
            Refusal::Expired => (&EXPIRED).into(),
        }
    }
}
