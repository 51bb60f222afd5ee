//! Writing the lines of a case that is filed.

use super::model::{NewSubsidy, SubsidyId};
use super::store;
use crate::access::act::{Act, Governed, Permit};
use crate::access::actor::AccountId;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::Case;
use crate::matters::mediation_cases::seats::SeatRow;
use crate::matters::mediation_subsidy_rules::{self, MediationSubsidyOutcome, MediationSubsidyRole};

/// Pays for a case as it stands before it is filed, as the policy of the place says on the day. Whoever left the table, or declined, is
/// paid nothing.
pub fn credit<T: Governed + AsRef<Case>>(act: &mut Act<'_>, permit: &Permit<T>) -> Result<()> {
    let case: Case = (**permit).as_ref().clone();
    let Some(outcome) = MediationSubsidyOutcome::of(case.state) else { return Ok(()) };
    let sat = |seat: &&SeatRow| seat.is_taken() && MediationSubsidyRole::of(seat.role).is_some();
    let seats: Vec<&SeatRow> = case.seats.iter().filter(sat).collect();
    let people: Vec<AccountId> = seats.iter().map(|seat| seat.account_id).collect();
    let officials = store::officials(act, &people)?;
    let (division, on, by) = (case.matter.division, local_date(act.now), act.actor.account()?);
    let mut lines = Vec::new();
    for seat in seats.into_iter().filter(|seat| !officials.contains(&seat.account_id)) {
        let Some(role) = MediationSubsidyRole::of(seat.role) else { continue };
        let sort = (role, case.own.grade, outcome);
        let rule = mediation_subsidy_rules::store::find(act.conn, sort, (division, on))?;
        let Some(rule) = rule.filter(|rule| rule.amount_fen > 0) else { continue };
        lines.push(NewSubsidy {
            id: SubsidyId::new(),
            division,
            case_id: case.matter.id,
            seat_id: seat.id,
            account_id: seat.account_id,
            rule_id: rule.id,
            role,
            grade: case.own.grade,
            outcome,
            amount_fen: rule.amount_fen,
            legal_basis: rule.legal_basis,
            earned_on: on,
            reverses_id: None,
            reason: None,
            created_by: by,
            created_at: act.now,
        });
    }
    store::credit(act, permit, &lines)
}
