//! What was told, and the mediation case that is made of it without being told again.

use super::model::EntryRow;
use super::store;
use crate::access::act::{Act, Governed, Permit};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::kit::clock::local_date;
use crate::kit::list::Few;
use crate::kit::problem::{Problem, Result};
use crate::kit::text::{Label, Line, Story};
use crate::matters::dispute_route_rules::DisputeGround;
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_cases::{
    self, Brought, Known, MediationCaseDraft, MediationPartyDraft, MediationRepresentation, MediationSide,
    MediationSource,
};
use crate::matters::registry::MatterId;
use crate::people::subjects;

/// What was told.
pub struct Told {
    pub division: Division,
    pub dispute_type: DisputeType,
    pub grounds: Vec<DisputeGround>,
    pub facts: String,
    pub wanted: String,
    pub place: String,
    pub resident: Option<Known>,
    pub guardian: Option<ResidentId>,
    pub name: Option<String>,
    pub phone: Option<Phone>,
    pub other_name: Option<String>,
    pub other_organisation: Option<OrganisationId>,
    pub other_phone: Option<Phone>,
}

impl Told {
    /// What an entry says, that was told before.
    pub fn of(act: &mut Act<'_>, row: &EntryRow) -> Result<Self> {
        let open = |purpose, sealed: Option<&[u8]>| {
            sealed.map(|sealed| Phone::open_for(act.ring, purpose, sealed)).transpose()
        };
        let phone = open(store::PHONE_SEAL, row.phone_sealed.as_deref())?;
        let other_phone = open(store::OTHER_PHONE_SEAL, row.other_phone_sealed.as_deref())?;
        let resident = match row.resident_id {
            Some(id) => Some((id, mediation_cases::store::born_on(act, id)?)),
            None => None,
        };
        let guardian = speaking(act, row.guardian_id, resident)?;
        Ok(Told {
            division: row.division,
            dispute_type: row.dispute_type,
            grounds: row.grounds.iter().copied().flatten().collect(),
            facts: row.facts.clone(),
            wanted: row.wanted.clone(),
            place: row.place.clone(),
            resident,
            guardian,
            name: row.name.clone(),
            // Whoever told it left their own number.
            phone: phone.filter(|_| guardian == row.guardian_id),
            other_name: row.other_name.clone(),
            other_organisation: row.other_organisation_id,
            other_phone,
        })
    }

    /// The draft of its case.
    fn draft(&self) -> Result<MediationCaseDraft> {
        let facts = match self.place.as_str() {
            "" => self.facts.clone(),
            place => format!("{}\n地点：{place}", self.facts),
        };
        let whose = spoken_for(self.guardian, party(MediationSide::Applicant, self.phone.clone()))?;
        let other = party(MediationSide::Respondent, self.other_phone.clone());
        let parties = vec![
            MediationPartyDraft {
                resident: self.resident.map(|(id, _)| id),
                name: line(self.name.as_deref())?,
                ..whose
            },
            MediationPartyDraft {
                organisation: self.other_organisation,
                name: line(self.other_name.as_deref())?,
                ..other
            },
        ];
        Ok(MediationCaseDraft {
            division: self.division,
            source: MediationSource::DisputeEntry,
            incident_number: None,
            petition: None,
            dispute_type: self.dispute_type,
            grade: None,
            subject: Line::new(self.dispute_type.title()).map_err(Problem::fault)?,
            facts: Story::new(&facts).map_err(Problem::fault)?,
            claims: Label::new(&self.wanted).map_err(Problem::fault)?,
            is_violent: self.grounds.contains(&DisputeGround::Violence),
            risk_note: Label::default(),
            office: None,
            parties: Few::new(parties).ok_or_else(|| Problem::fault("two are in dispute"))?,
        })
    }
}

/// The guardian who told it, while they are that still of somebody whom a guardian speaks for.
fn speaking(
    act: &mut Act<'_>,
    guardian: Option<ResidentId>,
    ward: Option<Known>,
) -> Result<Option<ResidentId>> {
    let (Some(guardian), Some((ward, born_on))) = (guardian, ward) else { return Ok(None) };
    let speaks =
        mediation_cases::is_minor(born_on, local_date(act.now)) && subjects::is_kept_by(act, ward, guardian)?;
    Ok(speaks.then_some(guardian))
}

fn party(side: MediationSide, phone: Option<Phone>) -> MediationPartyDraft {
    MediationPartyDraft { phone, ..MediationPartyDraft::of(side) }
}

/// A child is spoken for by the guardian who tells it (民法典 23).
fn spoken_for(guardian: Option<ResidentId>, whose: MediationPartyDraft) -> Result<MediationPartyDraft> {
    if guardian.is_none() {
        return Ok(whose);
    }
    let representation = Some(MediationRepresentation::Guardian);
    let authority = Label::new("居民档案登记的监护人").map_err(Problem::fault)?;
    Ok(MediationPartyDraft { representation, representative: guardian, authority, ..whose })
}

fn line(name: Option<&str>) -> Result<Option<Line<100>>> {
    name.map(Line::new).transpose().map_err(Problem::fault)
}

/// Makes the case: the committee of the place mediates it (人民调解法 8), unless that is the other side. Nobody of the staff received it first.
pub fn mediate<T: Governed>(act: &mut Act<'_>, by: &Permit<T>, told: &Told) -> Result<MatterId> {
    let draft = told.draft()?;
    let other: Vec<OrganisationId> = told.other_organisation.into_iter().collect();
    let office = mediation_cases::store::committee_of(act, told.division, &other)?;
    let guardian = told.guardian.map(|guardian| (guardian, None));
    let vouched = told.resident.into_iter().chain(guardian).collect();
    mediation_cases::file(act, by, Brought { draft, office, receiver: None, vouched })
}
