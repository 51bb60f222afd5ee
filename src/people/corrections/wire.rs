//! Corrections in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
use utoipa::{IntoParams, ToSchema};

use super::model::{CorrectionField, CorrectionId, CorrectionRow, CorrectionStatus, Filter};
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::answer::View;
use crate::kit::crypto::Keyring;
use crate::kit::json;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::problem::{Fault, Place, Problem, Result};
use crate::kit::text::Label;
use crate::people::document::Document;
use crate::people::residents::ResidentPatch;
use crate::text_enum;

/// What the values of corrections are sealed for.
pub const VALUE_SEAL: &str = "corrections.value";

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CorrectionQuery {
    /// Only those of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Those that wait, unless another status is asked for.
    pub status: Option<CorrectionStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl CorrectionQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, status: self.status.unwrap_or(CorrectionStatus::Pending) }
    }
}

/// The correction in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CorrectionPath {
    /// The correction.
    pub correction: CorrectionId,
}

/// Say what is wrong in one's record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionDraft {
    /// Which field.
    pub field: CorrectionField,
    /// What it should be, as `update_resident` takes it: mostly a text, a document with kind and number, or null.
    #[schema(value_type = Value, example = "college")]
    pub value: Value,
    /// Anything that helps to check it.
    #[serde(default)]
    pub note: Label<500>,
}

/// A value as a change of the record. What the record would not take is refused where it was sent.
pub fn as_patch(field: CorrectionField, value: &Value) -> Result<ResidentPatch> {
    let body = json!({ (field.as_str()): value }).to_string();
    json::parse(body.as_bytes()).map_err(|problem| {
        let moved =
            problem.faults().iter().map(|fault| Fault { place: moved(&fault.place), ..fault.clone() });
        moved.fold(Problem::from(problem.rule()), Problem::with)
    })
}

/// `/document/number` of the record is `/value/number` here.
fn moved(place: &Place) -> Place {
    let Place::Pointer(pointer) = place else { return place.clone() };
    let below =
        pointer.trim_start_matches('/').split_once('/').map_or(String::new(), |(_, rest)| format!("/{rest}"));
    Place::Pointer(format!("/value{below}"))
}

text_enum! {
    /// What the committee says to a correction.
    pub enum CorrectionDecision {
        /// 采纳
        Accepted = "accepted",
        /// 不采纳
        Refused = "refused",
    }
}

/// Answer a correction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionDecisionDraft {
    /// What is decided. Accepted changes the record.
    pub decision: CorrectionDecision,
    /// What the person reads. Needed when it is refused.
    #[serde(default)]
    pub answer: Label<500>,
}

/// A correction.
#[derive(Serialize, ToSchema)]
pub struct CorrectionView {
    /// Its id.
    pub id: CorrectionId,
    /// The record.
    pub resident: ResidentId,
    /// The committee that keeps it.
    pub division: Division,
    /// Which field.
    pub field: CorrectionField,
    /// What it should be, numbers masked; null when decided.
    #[schema(schema_with = value_schema)]
    pub value: Option<Value>,
    /// What was written beside.
    pub note: String,
    /// What became of it.
    pub status: CorrectionStatus,
    /// What the committee answered.
    pub answer: String,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was answered.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

fn value_schema() -> Object {
    let kinds = [Type::String, Type::Object, Type::Null];
    let told =
        "What it should be, numbers masked: a text, or a document with kind and number; null when decided.";
    ObjectBuilder::new().schema_type(SchemaType::from_iter(kinds)).description(Some(told)).build()
}

impl CorrectionView {
    /// Of a row; the value opened and masked.
    pub fn new(row: CorrectionRow, ring: &Keyring) -> Result<Self> {
        let value = open(&row, ring)?.map(|value| masked(row.field, value));
        let CorrectionRow {
            id,
            resident_id,
            division,
            field,
            note,
            status,
            answer,
            created_at,
            decided_at,
            ..
        } = row;
        let resident = resident_id;
        Ok(Self { id, resident, division, field, value, note, status, answer, created_at, decided_at })
    }
}

impl View for CorrectionView {
    const IS_SECRET: bool = true;
}

/// The value as it was sent.
pub fn open(row: &CorrectionRow, ring: &Keyring) -> Result<Option<Value>> {
    let Some(sealed) = &row.value_sealed else { return Ok(None) };
    let value = serde_json::from_slice(&ring.open_sealed(VALUE_SEAL, sealed)?).map_err(Problem::fault)?;
    Ok(Some(value))
}

fn masked(field: CorrectionField, value: Value) -> Value {
    match field {
        CorrectionField::Document => serde_json::from_value::<Option<Document>>(value)
            .ok()
            .flatten()
            .map_or(Value::Null, |document| json!({ "kind": document.kind(), "number": document.masked() })),
        CorrectionField::Phone => serde_json::from_value::<Option<Phone>>(value)
            .ok()
            .flatten()
            .map_or(Value::Null, |phone| Value::String(phone.masked())),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_record_would_not_take_is_refused_where_it_was_sent() {
        let read = |field, value: Value| as_patch(field, &value).map(drop);
        assert!(read(CorrectionField::Education, json!("college")).is_ok());
        assert!(read(CorrectionField::Phone, Value::Null).is_ok());
        assert!(read(CorrectionField::Name, Value::Null).is_err());
        let wrong =
            read(CorrectionField::Document, json!({ "kind": "passport", "number": "1" })).unwrap_err();
        assert_eq!(wrong.faults()[0].place, Place::Pointer("/value".into()));
        let wrong =
            read(CorrectionField::Document, json!({ "kind": "x", "number": "E1234567" })).unwrap_err();
        assert!(format!("{:?}", wrong.faults()[0].place).contains("/value"));
    }
}
