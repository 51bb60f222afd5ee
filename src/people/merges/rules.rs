//! What must hold of two records of one person, and what the one that stays gets of the other.

use super::model::{Hashes, KeptDocument};
use crate::kit::problem::{Result, Rule};
use crate::people::residents::{ResidentChange, ResidentDetailRow, ResidentStatus};

/// A record is not merged into itself.
pub static ITSELF: Rule =
    Rule::invalid("resident-merge-itself", "A record can't be merged into itself.", "档案不能与自身合并。");
/// The two documents are not the same.
pub static DOCUMENTS_DIFFER: Rule = Rule::refused(
    "resident-merge-documents-differ",
    "The two records have different documents; say in `document` which one is kept.",
    "两份档案的证件不同，请指定保留哪一个。",
);
/// One is here, the other is not.
pub static STATUS_DIFFERS: Rule = Rule::refused(
    "resident-merge-status-differs",
    "One record is of somebody who is here or alive, the other is not; mend that first, or merge the other way round.",
    "两份档案的在册状态不一致，请先更正或改变合并方向。",
);
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&ITSELF, &DOCUMENTS_DIFFER, &STATUS_DIFFERS];

/// Records of the same status, or of somebody who had left and is here again.
pub fn must_agree(from: ResidentStatus, into: ResidentStatus) -> Result<()> {
    let is_back = (from, into) == (ResidentStatus::Departed, ResidentStatus::Present);
    STATUS_DIFFERS.unless(from == into || is_back)
}

/// Whether the document of the record that closes is taken: when it is the only one, or told to be kept.
pub fn takes_document(from: &Hashes, into: &Hashes, kept: Option<KeptDocument>) -> Result<bool> {
    match (&from.document, &into.document) {
        (None, _) => Ok(false),
        (Some(_), None) => Ok(true),
        (Some(one), Some(other)) if one == other => Ok(false),
        _ => match kept {
            Some(kept) => Ok(kept == KeptDocument::From),
            None => Err(DOCUMENTS_DIFFER.at("/document")),
        },
    }
}

/// What the record that stays lacks and the other has. Day of birth and sex go with the document.
pub fn filled(
    from: &ResidentDetailRow,
    hashes: Hashes,
    into: &ResidentDetailRow,
    takes_document: bool,
) -> ResidentChange {
    let (one, other) = (&from.resident, &into.resident);
    let born_on = if takes_document { one.born_on.or(other.born_on) } else { other.born_on.or(one.born_on) };
    let sex = if takes_document { one.sex.or(other.sex) } else { other.sex.or(one.sex) };
    let takes_phone = into.phone_sealed.is_none() && from.phone_sealed.is_some();
    let has_number =
        takes_document || takes_phone || into.document_kind.is_some() || into.phone_sealed.is_some();
    let takes_place = into.registered_place.is_empty();
    // An id in another system is one of its committee.
    let external_id = from.external_id.clone().filter(|_| one.division == other.division);
    ResidentChange {
        sex: Some(sex),
        born_on: Some(born_on),
        document_kind: takes_document.then_some(from.document_kind),
        document_sealed: takes_document.then(|| from.document_sealed.clone()),
        document_hash: takes_document.then_some(hashes.document),
        phone_sealed: takes_phone.then(|| from.phone_sealed.clone()),
        phone_hash: takes_phone.then_some(hashes.phone),
        no_identifier: Some(into.no_identifier.filter(|_| !has_number)),
        ethnicity: Some(into.ethnicity.clone().or_else(|| from.ethnicity.clone())),
        education: Some(into.education.or(from.education)),
        political_status: Some(into.political_status.or(from.political_status)),
        registered_place: takes_place.then(|| from.registered_place.clone()),
        external_id: Some(into.external_id.clone().or(external_id)),
        ..ResidentChange::default()
    }
}

/// Which fields of the record that stays a merge has filled or changed, by name.
pub fn changed(before: &ResidentDetailRow, after: &ResidentDetailRow) -> Vec<&'static str> {
    let (one, other) = (&before.resident, &after.resident);
    let fields = [
        ("document", before.document_sealed != after.document_sealed),
        ("phone", before.phone_sealed != after.phone_sealed),
        ("sex", one.sex != other.sex),
        ("born_on", one.born_on != other.born_on),
        ("ethnicity", before.ethnicity != after.ethnicity),
        ("education", before.education != after.education),
        ("political_status", before.political_status != after.political_status),
        ("registered_place", before.registered_place != after.registered_place),
        ("external_id", before.external_id != after.external_id),
        ("home", one.home_id != other.home_id),
        ("account", before.account_id != after.account_id),
    ];
    fields.into_iter().filter(|(_, is_changed)| *is_changed).map(|(name, _)| name).collect()
}
