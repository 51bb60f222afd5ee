//! What is refused of dispatches.

use crate::access::act::Act;
use crate::access::actor::OrganisationId;
use crate::kit::problem::{Result, Rule};
use crate::matters::dispatches::{self, DispatchRole, DispatchState};
use crate::matters::petitions::Petition;

/// There is no such open organisation.
pub static ORGANISATION_UNKNOWN: Rule = Rule::invalid(
    "dispatch-organisation-unknown",
    "There is no such organisation, or it was closed; or none is responsible for this by the map.",
    "没有该单位，或已撤销；权责清单亦未列明责任单位。",
);
/// It does not work there.
pub static OUTSIDE_RANGE: Rule = Rule::invalid(
    "dispatch-outside-range",
    "The organisation does not work where the petition lies.",
    "该单位不负责诉求所在区域。",
);
/// Nobody dispatches to themselves.
pub static TO_ONESELF: Rule = Rule::invalid(
    "dispatch-to-oneself",
    "One's own organisation handles a petition without a dispatch.",
    "本单位办理无需派单，不得派给自己。",
);
/// Whom a report is about does not handle it (信访工作条例 30).
pub static TO_ACCUSED: Rule = Rule::invalid(
    "dispatch-to-accused",
    "A report is not handed to whom it is about.",
    "检举件不得转给被检举单位。",
);
/// It has it already, or somebody else leads.
pub static TAKEN: Rule = Rule::refused(
    "dispatch-taken",
    "The organisation has it already, or another one leads.",
    "该单位已在办，或已有主办单位。",
);
/// It gave it back before, and nobody above has decided.
pub static RETURNED_BEFORE: Rule = Rule::refused(
    "dispatch-returned-before",
    "The organisation gave it back before: a higher level decides whether it is theirs after all.",
    "该单位已退单，是否仍由其办理须由上一级确定。",
);
/// A suggestion that leads nowhere.
pub static SUGGESTION_UNFIT: Rule = Rule::invalid(
    "dispatch-suggestion-unfit",
    "Suggest another open organisation that works there.",
    "建议承办单位须为负责该区域的其他单位。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &ORGANISATION_UNKNOWN,
    &OUTSIDE_RANGE,
    &TO_ONESELF,
    &TO_ACCUSED,
    &TAKEN,
    &RETURNED_BEFORE,
    &SUGGESTION_UNFIT,
];

/// After so many returns a level above has decided whose it is.
pub const RETURNS_A_LEVEL: i32 = 2;

/// Refuses an organisation that can't have it.
pub fn must_fit(
    act: &mut Act<'_>,
    petition: &Petition,
    organisation: OrganisationId,
    role: DispatchRole,
) -> Result<()> {
    let pointer = "/organisation";
    let division =
        dispatches::store::is_open(act, organisation)?.ok_or_else(|| ORGANISATION_UNKNOWN.at(pointer))?;
    if !division.range().contains(petition.matter.division) {
        return Err(OUTSIDE_RANGE.at(pointer));
    }
    if act.actor.standings.iter().any(|standing| standing.organisation == Some(organisation)) {
        return Err(TO_ONESELF.at(pointer));
    }
    if petition.own.accused_id == Some(organisation) {
        return Err(TO_ACCUSED.at(pointer));
    }
    let gave_it_back = petition
        .hops
        .iter()
        .any(|hop| hop.organisation_id == organisation && hop.state == DispatchState::Returned);
    if gave_it_back && role == DispatchRole::Lead && petition.matter.returns < RETURNS_A_LEVEL {
        return RETURNED_BEFORE.refuse();
    }
    Ok(())
}
