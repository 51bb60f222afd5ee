//! Residents in JSON: what comes in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::kinds::{Education, NoIdentifier, PoliticalStatus, Residence, ResidentStatus};
use super::model::{Filter, Search};
use super::{ResidentId, rules};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::day::Day;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::problem::{Fault, Place, Problem, QUERY_INVALID, Result};
use crate::kit::text::{Label, Line};
use crate::people::disclosures::DisclosurePurpose;
use crate::people::document::{Document, Sex};
use crate::people::labels::LabelId;
use crate::people::names::{Initials, NameStart, PersonName};
use crate::places::building_groups::BuildingGroupId;
use crate::places::buildings::BuildingId;
use crate::places::dwellings::DwellingId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResidentQuery {
    /// Only residents of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those who live in this building.
    pub building: Option<BuildingId>,
    /// Only those who live in this building group 楼组.
    pub building_group: Option<BuildingGroupId>,
    /// Only those who live in this dwelling.
    pub home: Option<DwellingId>,
    /// Only those whose name begins so: at least two characters, Chinese or 拼音 without tones (`wangxi`, `lv`).
    #[param(value_type = Option<String>, min_length = 2, max_length = 60, example = "wangxi")]
    pub name: Option<NameStart>,
    /// Only those whose name has these initials, or begins with them: `wxm`. Not together with `name`.
    #[param(value_type = Option<String>, min_length = 2, max_length = 60, pattern = "^[A-Za-z]+$")]
    pub initials: Option<Initials>,
    /// Only those of at least this age in years today.
    #[param(minimum = 0, maximum = 150)]
    pub min_age: Option<u32>,
    /// Only those of at most this age in years today.
    #[param(minimum = 0, maximum = 150)]
    pub max_age: Option<u32>,
    /// Only those who reside so.
    pub residence: Option<Residence>,
    /// Only those who carry this label 标签, which one sees on people.
    pub label: Option<LabelId>,
    /// Those who are present 在册, unless another status is asked for.
    pub status: Option<ResidentStatus>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ResidentQuery {
    /// What the rows are narrowed to, on that day.
    pub fn filter(&self, now: DateTime<Utc>) -> Result<Filter> {
        let search = match (&self.name, &self.initials) {
            (Some(_), Some(_)) => return Err(wrong("initials", "not together with name")),
            (Some(name), None) => Some(Search::Name(name.clone())),
            (None, initials) => initials.clone().map(|initials| Search::Initials(initials.into_inner())),
        };
        if self.min_age.max(self.max_age).is_some_and(|age| age > 150) {
            return Err(wrong("min_age", "an age is from 0 to 150"));
        }
        Ok(Filter {
            division: self.division,
            building: self.building,
            building_group: self.building_group,
            home: self.home,
            born: rules::born(self.min_age, self.max_age, now),
            residence: self.residence,
            status: self.status,
            search,
            label: self.label,
            labelled_in: None,
        })
    }
}

fn wrong(parameter: &str, detail: &str) -> Problem {
    Problem::from(&QUERY_INVALID).with(Fault {
        place: Place::Parameter(parameter.to_owned()),
        code: QUERY_INVALID.code,
        detail: Some(detail.to_owned()),
    })
}

/// The resident in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ResidentPath {
    /// The resident.
    pub resident: ResidentId,
}

/// Why a whole value is looked at.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IdentityQuery {
    /// What it is needed for. The person reads this.
    pub purpose: DisclosurePurpose,
}

/// A nationality 国籍: three letters of ISO 3166-1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nationality(pub String);

/// An ethnic group 民族: the two digits of GB/T 3304, `01` (汉) to `56`, `97` (其他), `98` (外国血统).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ethnicity(pub String);

macro_rules! code_type {
    ($name:ident, $pattern:literal, $example:literal, $is_code:expr, $expected:literal) => {
        impl $name {
            /// Reads the code.
            pub fn new(text: &str) -> std::result::Result<Self, &'static str> {
                let is_code: fn(&str) -> bool = $is_code;
                if is_code(text) { Ok(Self(text.to_owned())) } else { Err($expected) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
                Self::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some($pattern));
                text.examples([serde_json::json!($example)]).into()
            }
        }

        impl ToSchema for $name {}
    };
}
code_type!(
    Nationality,
    "^[A-Z]{3}$",
    "CHN",
    |text| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()),
    "a nationality is three capital letters, such as CHN"
);
code_type!(
    Ethnicity,
    "^(0[1-9]|[1-4][0-9]|5[0-6]|9[78])$",
    "01",
    |text| text.len() == 2 && text.parse().is_ok_and(|code: u8| matches!(code, 1..=56 | 97 | 98)),
    "an ethnic group is two digits of GB/T 3304, such as 01"
);

/// Enter a resident. A name, a division, and a document, a telephone number or the reason why there is neither are enough.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentDraft {
    /// The name.
    pub name: PersonName,
    /// The committee that keeps the record.
    pub division: Division,
    /// An identity document 证件.
    pub document: Option<Document>,
    /// A telephone number.
    pub phone: Option<Phone>,
    /// Why there is neither document nor telephone.
    pub no_identifier: Option<NoIdentifier>,
    /// Sex; read from an ID card where it is not given.
    pub sex: Option<Sex>,
    /// Day of birth; read from an ID card where it is not given.
    pub born_on: Option<Day>,
    /// Nationality 国籍, three letters of ISO 3166-1; `CHN` unless told.
    pub nationality: Option<Nationality>,
    /// Ethnic group 民族, two digits of GB/T 3304.
    pub ethnicity: Option<Ethnicity>,
    /// Education 文化程度.
    pub education: Option<Education>,
    /// Political status 政治面貌.
    pub political_status: Option<PoliticalStatus>,
    /// Where the household is registered 户籍地.
    #[serde(default)]
    #[schema(example = "上海市宝山区友谊路街道")]
    pub registered_place: Label<200>,
    /// How the person resides here.
    pub residence: Residence,
    /// The record's id in another system, unique within the committee.
    #[schema(example = "SQY-000123")]
    pub external_id: Option<Line<100>>,
}

/// Change a resident.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentPatch {
    /// The name.
    #[serde(default)]
    #[schema(value_type = PersonName)]
    pub name: Change<PersonName>,
    /// An identity document 证件.
    #[serde(default)]
    #[schema(value_type = Option<Document>)]
    pub document: Patch<Document>,
    /// A telephone number.
    #[serde(default)]
    #[schema(value_type = Option<Phone>)]
    pub phone: Patch<Phone>,
    /// Why there is neither document nor telephone.
    #[serde(default)]
    #[schema(value_type = Option<NoIdentifier>)]
    pub no_identifier: Patch<NoIdentifier>,
    /// Sex.
    #[serde(default)]
    #[schema(value_type = Option<Sex>)]
    pub sex: Patch<Sex>,
    /// Day of birth.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    pub born_on: Patch<Day>,
    /// Nationality 国籍.
    #[serde(default)]
    #[schema(value_type = Nationality)]
    pub nationality: Change<Nationality>,
    /// Ethnic group 民族.
    #[serde(default)]
    #[schema(value_type = Option<Ethnicity>)]
    pub ethnicity: Patch<Ethnicity>,
    /// Education 文化程度.
    #[serde(default)]
    #[schema(value_type = Option<Education>)]
    pub education: Patch<Education>,
    /// Political status 政治面貌.
    #[serde(default)]
    #[schema(value_type = Option<PoliticalStatus>)]
    pub political_status: Patch<PoliticalStatus>,
    /// Where the household is registered 户籍地.
    #[serde(default)]
    #[schema(value_type = Label<200>)]
    pub registered_place: Change<Label<200>>,
    /// How the person resides here.
    #[serde(default)]
    #[schema(value_type = Residence)]
    pub residence: Change<Residence>,
    /// The record's id in another system, unique within the committee.
    #[serde(default)]
    #[schema(value_type = Option<Line<100>>)]
    pub external_id: Patch<Line<100>>,
}

/// Look somebody up by exactly one of these. It stands in a body, since numbers have no place in an address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentLookupDraft {
    /// An identity document.
    pub document: Option<Document>,
    /// A telephone number.
    pub phone: Option<Phone>,
    /// The dwelling they live in.
    pub home: Option<DwellingId>,
}
