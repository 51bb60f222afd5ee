//! Every query of notes and evidence: each is found by whom it is for.

use diesel::prelude::*;

use super::model::{EvidenceId, EvidenceRow, NewEvidence, NewNote, NoteId, NoteRow};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::{CaseStance, MediationEvidenceAudience, MediationNoteAudience};
use crate::matters::registry::MatterId;
use crate::schema::{mediation_evidence, mediation_notes};

/// Writes a note down.
pub fn add_note<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewNote) -> Result<()> {
    diesel::insert_into(mediation_notes::table).values(new).execute(act.conn)?;
    Ok(())
}

/// Adds a piece of evidence.
pub fn add_evidence<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewEvidence) -> Result<()> {
    diesel::insert_into(mediation_evidence::table).values(new).execute(act.conn)?;
    Ok(())
}

/// One page of the notes of a case that are for that reader, the first first.
pub fn notes(
    look: &mut Look<'_>,
    case: MatterId,
    stance: CaseStance,
    pager: &Pager<'_, NoteId>,
) -> Result<Vec<NoteRow>> {
    use MediationNoteAudience::{Everybody, Table};
    let mut query = mediation_notes::table.filter(mediation_notes::case_id.eq(case)).into_boxed();
    query = match stance {
        CaseStance::Seat { id, .. } => query
            .filter(mediation_notes::seat_id.eq(id).or(mediation_notes::audience.eq_any([Table, Everybody]))),
        CaseStance::Office => query.filter(mediation_notes::audience.eq_any([Table, Everybody])),
        CaseStance::Party(_) => query.filter(mediation_notes::audience.eq(Everybody)),
        CaseStance::Asked(_) | CaseStance::Overseer => return Ok(Vec::new()),
    };
    if let Some(after) = pager.after {
        query = query.filter(mediation_notes::id.gt(after));
    }
    let order = query.order(mediation_notes::id).limit(pager.fetch());
    Ok(order.select(NoteRow::as_select()).load(look.conn)?)
}

/// One page of the evidence of a case that is for that reader, the first first.
pub fn evidence(
    look: &mut Look<'_>,
    case: MatterId,
    stance: CaseStance,
    pager: &Pager<'_, EvidenceId>,
) -> Result<Vec<EvidenceRow>> {
    use MediationEvidenceAudience::{Everybody, Table};
    let mut query = mediation_evidence::table.filter(mediation_evidence::case_id.eq(case)).into_boxed();
    query = match stance {
        CaseStance::Seat { mediates: true, .. } => query,
        CaseStance::Seat { id, .. } => query.filter(
            mediation_evidence::seat_id
                .eq(id)
                .assume_not_null()
                .or(mediation_evidence::audience.eq_any([Table, Everybody])),
        ),
        CaseStance::Office => query.filter(mediation_evidence::audience.eq_any([Table, Everybody])),
        CaseStance::Party(id) => query.filter(
            mediation_evidence::party_id
                .eq(id)
                .assume_not_null()
                .or(mediation_evidence::audience.eq(Everybody)),
        ),
        CaseStance::Asked(_) | CaseStance::Overseer => return Ok(Vec::new()),
    };
    if let Some(after) = pager.after {
        query = query.filter(mediation_evidence::id.gt(after));
    }
    let order = query.order(mediation_evidence::id).limit(pager.fetch());
    Ok(order.select(EvidenceRow::as_select()).load(look.conn)?)
}

/// A piece of evidence, whoever may see it.
pub fn find_evidence(look: &mut Look<'_>, id: EvidenceId) -> Result<EvidenceRow> {
    Ok(mediation_evidence::table.find(id).select(EvidenceRow::as_select()).first(look.conn)?)
}
