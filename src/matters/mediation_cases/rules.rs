//! What is refused of cases, and why.

use super::kinds::{MediationRoute, MediationSource};
use super::model::Case;
use crate::access::actor::Actor;
use crate::kit::problem::{Result, Rule};
use crate::matters::disputes::DisputeType;

/// A case lies in a committee.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "mediation-division-not-committee",
    "A case belongs to a residents' or village committee.",
    "调解案件须归属居委会或村委会。",
);
/// The police's referral names its incident, and an incident is one case.
pub static INCIDENT_UNFIT: Rule = Rule::invalid(
    "mediation-incident-unfit",
    "A referral of the police has an incident number that no other case has; nothing else has one.",
    "公安移送须填警情编号，且一个警情对应一件；其他来源不填。",
);
/// A lead or an entry becomes a case where it is kept, once.
pub static SOURCE_UNFIT: Rule = Rule::invalid(
    "mediation-source-unfit",
    "A case of a screening or of a dispute entry begins there; it is not registered by hand.",
    "排查、解纷一件事的案件由其自身转入，不得直接登记。",
);
/// The petition that it is said to come from is not there, or was not said to be.
pub static PETITION_UNFIT: Rule = Rule::invalid(
    "mediation-petition-unfit",
    "What comes from a petition names one of this committee; nothing else does.",
    "诉求转入须填写本居民区的诉求；其他来源不填。",
);
/// Nobody would mediate it.
pub static OFFICE_UNKNOWN: Rule = Rule::invalid(
    "mediation-office-unknown",
    "There is no such open organisation to mediate it.",
    "没有该调解单位，或已撤销。",
);
/// A party is one of three things.
pub static PARTY_UNFIT: Rule = Rule::invalid(
    "mediation-party-unfit",
    "A party is a resident, an organisation, or somebody named: one of the three.",
    "当事人须为居民、单位或具名的其他自然人，三者选一。",
);
/// The resident is not of the archive that the caller may look into.
pub static RESIDENT_UNKNOWN: Rule =
    Rule::invalid("mediation-resident-unknown", "There is no such resident.", "没有此居民。");
/// The organisation in dispute is not there.
pub static ORGANISATION_UNKNOWN: Rule =
    Rule::invalid("mediation-organisation-unknown", "There is no such organisation.", "没有该单位。");
/// Somebody is in it already.
pub static PARTY_TWICE: Rule =
    Rule::invalid("mediation-party-twice", "They are a party of this case already.", "该当事人已在案。");
/// A minor is spoken for (民法典 19, 20).
pub static GUARDIAN_MISSING: Rule = Rule::invalid(
    "mediation-guardian-missing",
    "A minor is spoken for by a guardian (Civil Code, art. 23).",
    "未成年人须由监护人代理（民法典第二十三条）。",
);
/// Who speaks for somebody else says by what authority.
pub static REPRESENTATION_UNFIT: Rule = Rule::invalid(
    "mediation-representation-unfit",
    "Whoever speaks for a party is named, with their authority; whoever speaks for themselves names nobody.",
    "代理须写明代理人和授权依据；本人参加的不填。",
);
/// So many are enough.
pub static PARTIES_MANY: Rule =
    Rule::refused("mediation-parties-many", "A case has at most 20 parties.", "一件案件最多 20 名当事人。");
/// One does not mediate one's own dispute.
pub static OWN_CASE: Rule = Rule::refused(
    "mediation-own-case",
    "Nobody handles a dispute of their own.",
    "不得办理本人为当事人的案件。",
);
/// Nothing begins until everybody agrees.
pub static CONSENT_MISSING: Rule = Rule::refused(
    "mediation-consent-missing",
    "Nothing begins until every party, of both sides, has agreed (People's Mediation Law, art. 17).",
    "双方当事人均同意后方可调解（人民调解法第十七条）。",
);
/// Who sits at the table is in no party's place.
pub static SEAT_CONFLICT: Rule = Rule::invalid(
    "mediation-seat-conflict",
    "A party, or who speaks for one, does not sit at the table.",
    "当事人及其代理人不得入席调解。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NOT_COMMITTEE,
    &INCIDENT_UNFIT,
    &SOURCE_UNFIT,
    &PETITION_UNFIT,
    &OFFICE_UNKNOWN,
    &PARTY_UNFIT,
    &RESIDENT_UNKNOWN,
    &ORGANISATION_UNKNOWN,
    &PARTY_TWICE,
    &GUARDIAN_MISSING,
    &REPRESENTATION_UNFIT,
    &PARTIES_MANY,
    &OWN_CASE,
    &CONSENT_MISSING,
    &SEAT_CONFLICT,
];

/// Refuses whoever is in dispute themselves.
pub fn must_be_anothers(case: &Case, actor: &Actor) -> Result<()> {
    if case.party_of(actor).is_some() { OWN_CASE.refuse() } else { Ok(()) }
}

/// Where else the parties may go (人民调解法 26): told whenever mediation does not settle it.
pub fn routes(source: MediationSource, dispute: DisputeType) -> Vec<MediationRoute> {
    let mut routes = match dispute {
        // 劳动争议调解仲裁法 5: arbitration comes first.
        DisputeType::Labour => vec![MediationRoute::Arbitration, MediationRoute::Litigation],
        DisputeType::Consumer | DisputeType::PropertyService => {
            vec![MediationRoute::Administrative, MediationRoute::Litigation]
        }
        _ => vec![MediationRoute::Litigation],
    };
    routes.push(MediationRoute::LegalAid);
    if source == MediationSource::PoliceReferral {
        routes.push(MediationRoute::Police);
    }
    routes
}

/// The same, as kept.
pub fn told(routes: Vec<MediationRoute>) -> Vec<Option<MediationRoute>> {
    routes.into_iter().map(Some).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_refused_is_told_where_to_go() {
        for dispute in DisputeType::ALL {
            for source in MediationSource::ALL {
                let told = routes(*source, *dispute);
                assert!(told.contains(&MediationRoute::Litigation), "{source:?} {dispute:?}");
                assert_eq!(
                    told.contains(&MediationRoute::Police),
                    *source == MediationSource::PoliceReferral
                );
            }
        }
        assert_eq!(routes(MediationSource::WalkIn, DisputeType::Labour)[0], MediationRoute::Arbitration);
    }
}
