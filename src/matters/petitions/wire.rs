//! Petitions in JSON: what comes in.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::kinds::{ConsentBy, PetitionChannel, PetitionKind, PetitionVisibility};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::access::phone::Phone;
use crate::kit::clock::start_of;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::patch::Change;
use crate::kit::text::{Label, Line, Prose};
use crate::matters::categories::CategoryId;
use crate::matters::registry::MatterId;
use crate::people::visit_findings::VisitFindingId;
use crate::places::building_groups::BuildingGroupId;
use crate::places::coordinates::Point;
use crate::places::dwellings::DwellingId;

/// The petition in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PetitionPath {
    /// The petition.
    pub petition: MatterId,
}

/// Whom a petition is entered for 代办, and which way it came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionBehalfDraft {
    /// Their record in the archive; absent where they are not of the archive, and then a name is needed.
    pub resident: Option<ResidentId>,
    /// What they are called.
    #[schema(example = "陈阿姨")]
    pub name: Option<Line<40>>,
    /// How they are called back. Kept sealed, shown masked.
    pub phone: Option<Phone>,
    /// How they agreed.
    pub consent_by: ConsentBy,
    /// Which way it came; `app` is for residents themselves.
    pub channel: PetitionChannel,
    /// Its number in the system it came from (12345 工单号). The same number again answers with the petition that has it.
    #[schema(example = "SH20261126-000123")]
    pub external_id: Option<Line<64>>,
    /// The finding of a visit 民情 that it was made of.
    pub visit_finding: Option<VisitFindingId>,
}

/// File a petition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionDraft {
    /// What is asked for.
    pub kind: PetitionKind,
    /// What it is about.
    pub category: CategoryId,
    /// The committee it belongs to; where one lives, unless told.
    #[schema(example = "310113003005")]
    pub division: Option<Division>,
    /// In a few words.
    #[schema(example = "247号楼有人高空抛物")]
    pub title: Line<100>,
    /// All of it.
    #[schema(example = "昨晚九点左右有花盆从高处落下，差点砸到人。")]
    pub text: Prose<4000>,
    /// Answers to the questions of the category, by their codes.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
    /// Where, in words.
    #[serde(default)]
    #[schema(example = "247号楼东侧绿化带")]
    pub place: Label<200>,
    /// The home it is about.
    pub home: Option<DwellingId>,
    /// The building group it is about, whose neighbours may read it where it is open to them.
    pub building_group: Option<BuildingGroupId>,
    /// Where, on the map.
    pub location: Option<Point>,
    /// Who may read it besides those who handle it; nobody, unless told.
    pub visibility: Option<PetitionVisibility>,
    /// Of a report 检举: the organisation it is about. Nobody with a post there is told of it.
    pub accused: Option<OrganisationId>,
    /// Of a joint petition 联名: the last day on which neighbours may sign.
    pub closes_on: Option<Day>,
    /// Photos and documents: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
    /// Whom staff enter it for; absent where one asks for oneself.
    pub on_behalf: Option<PetitionBehalfDraft>,
}

impl PetitionDraft {
    /// The midnight that ends the last day.
    pub fn closes_at(&self) -> Option<DateTime<Utc>> {
        self.closes_on.map(|day| end_of(day.get()))
    }
}

fn end_of(day: NaiveDate) -> DateTime<Utc> {
    start_of(day) + TimeDelta::days(1)
}

/// Change a petition that nobody has accepted yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionPatch {
    /// In a few words.
    #[serde(default)]
    #[schema(value_type = Line<100>)]
    pub title: Change<Line<100>>,
    /// All of it.
    #[serde(default)]
    #[schema(value_type = Prose<4000>)]
    pub text: Change<Prose<4000>>,
    /// Where, in words.
    #[serde(default)]
    #[schema(value_type = Label<200>)]
    pub place: Change<Label<200>>,
    /// Who may read it besides those who handle it.
    #[serde(default)]
    #[schema(value_type = PetitionVisibility)]
    pub visibility: Change<PetitionVisibility>,
    /// Photos and documents to add. Those that are there stay.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}

/// Say what neighbours read 审核. The words as they were written are kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionModerationDraft {
    /// The title that neighbours read; null: as it was written.
    #[schema(example = "高空抛物")]
    pub title: Option<Line<100>>,
    /// The text that neighbours read; null: as it was written.
    pub text: Option<Prose<4000>>,
    /// Whether neighbours read nothing of it.
    #[serde(default)]
    pub is_hidden: bool,
    /// Why.
    #[schema(example = "隐去他人姓名")]
    pub reason: Line<200>,
}

/// Publish a closed petition as an example 典型案例, without names.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionPublicationDraft {
    /// The title that everybody reads.
    #[schema(example = "高空抛物，多方共治")]
    pub title: Line<100>,
    /// The text that everybody reads: nobody is named in it.
    pub text: Prose<4000>,
}

/// Why the whole number is needed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionContactDraft {
    /// In a few words; the person can read it.
    #[schema(example = "先行联系")]
    pub reason: Line<100>,
}

/// Ask what there is already.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionLookupDraft {
    /// The committee it would belong to.
    #[schema(example = "310113003005")]
    pub division: Division,
    /// What it would be about.
    pub category: CategoryId,
    /// The words one has so far.
    #[schema(example = "247号楼有人高空抛物")]
    pub words: Line<500>,
}
