//! What was agreed 调解协议, by whom it is signed, and whether it is kept: their rows. An agreement is never edited, only superseded.

mod model;
mod store;
mod watch;

pub use model::{
    AgreementId, AgreementRow, ItemId, ItemRow, MediationAgreementForm, MediationAgreementState,
    MediationItemKind, MediationItemState, MediationSignatureCapacity, MediationSignatureMeans, NewAgreement,
    NewItem, NewSignature, SignatureId, SignatureRow,
};
pub use store::{
    annulled_on, by_number, case_of_signature, end, find, in_state, insert, is_before_court, items, keep, of,
    page, sign, signatures, take_effect, unjoined, waits_for_police,
};
pub use watch::{begin, lapse, watch};
