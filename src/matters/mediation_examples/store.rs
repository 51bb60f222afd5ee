//! Every query of typical cases, and of what is known of the parties that they must not tell.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::anonymity::{Home, Known};
use super::model::{
    ExampleChange, ExampleId, ExampleRow, Filter, MediationExampleState, NewExample, PostedRow,
};
use super::rules::EXISTS;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::access::phone::Phone;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::mediation_cases::parties::PartyRow;
use crate::matters::mediation_cases::{self, Case};
use crate::matters::registry::MatterId;
use crate::people::document::{Document, DocumentKind};
use crate::people::residents::PHONE_SEAL;
use crate::schema::{
    accounts, buildings, dwelling_residents, dwellings, estates, mediation_examples, organisations, residents,
};

/// One page of what everybody may read, the newest first.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (DateTime<Utc>, Uuid)>,
) -> Result<Vec<PostedRow>> {
    look.scope(Action::List)?;
    let mut query = mediation_examples::table
        .filter(mediation_examples::state.eq(MediationExampleState::Published))
        .select(PostedRow::as_select())
        .into_boxed();
    if let Some(district) = filter.district {
        query = query.filter(mediation_examples::district.eq(district));
    }
    if let Some(dispute_type) = filter.dispute_type {
        query = query.filter(mediation_examples::dispute_type.eq(dispute_type));
    }
    if let Some((at, id)) = pager.after {
        let same = mediation_examples::published_at.eq(at).and(mediation_examples::id.lt(id));
        query = query.filter(mediation_examples::published_at.lt(at).or(same));
    }
    let order = (mediation_examples::published_at.desc(), mediation_examples::id.desc());
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// One that everybody may read.
pub fn find_posted(look: &mut Look<'_>, id: ExampleId) -> Result<PostedRow> {
    look.scope(Action::Find)?;
    let posted = mediation_examples::table
        .find(id)
        .filter(mediation_examples::state.eq(MediationExampleState::Published));
    Ok(posted.select(PostedRow::as_select()).first(look.conn)?)
}

/// Those of a case that was found, the newest first: a few.
pub fn of_case<T>(look: &mut Look<'_>, _: &Permit<T>, case: MatterId) -> Result<Vec<ExampleRow>> {
    let written = mediation_examples::table
        .filter(mediation_examples::case_id.eq(case))
        .order((mediation_examples::created_at.desc(), mediation_examples::id.desc()))
        .limit(100);
    Ok(written.select(ExampleRow::as_select()).load(look.conn)?)
}

/// One of a case that was found.
pub fn find(look: &mut Look<'_>, case: MatterId, id: ExampleId) -> Result<ExampleRow> {
    let one = mediation_examples::table.find(id).filter(mediation_examples::case_id.eq(case));
    Ok(one.select(ExampleRow::as_select()).first(look.conn)?)
}

/// Adds one; a case that has one already is refused.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewExample) -> Result<ExampleRow> {
    diesel::insert_into(mediation_examples::table)
        .values(new)
        .returning(ExampleRow::as_returning())
        .get_result(act.conn)
        .on_constraint("mediation_examples_live_key", &EXISTS)
}

/// Changes one.
pub fn update<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: ExampleId,
    change: &ExampleChange,
) -> Result<ExampleRow> {
    let versioned = (
        mediation_examples::version.eq(mediation_examples::version + 1),
        mediation_examples::updated_at.eq(act.now),
    );
    Ok(diesel::update(mediation_examples::table.find(id))
        .set((change, versioned))
        .returning(ExampleRow::as_returning())
        .get_result(act.conn)?)
}

/// What is known of who is in a case. It stays here: a text is only held against it.
pub fn known(look: &mut Look<'_>, case: &Case) -> Result<Known> {
    let mut known = Known::default();
    known.numbers.push(case.matter.receipt.to_string());
    known.numbers.extend(case.own.incident_number.clone());
    for party in &case.parties {
        known.names.extend(party.name.iter().chain(&party.representative_name).cloned());
        if let Some(sealed) = &party.phone_sealed {
            let phone = Phone::open_for(look.ring, mediation_cases::CONTACT_SEAL, sealed)?;
            known.numbers.push(phone.expose().to_owned());
        }
    }
    add_residents(look, &case.parties, &mut known)?;
    add_accounts(look, &case.parties, &mut known)?;
    let wanted: Vec<OrganisationId> = case.parties.iter().filter_map(|party| party.organisation_id).collect();
    let named = organisations::table.filter(organisations::id.eq_any(wanted)).select(organisations::name);
    known.names.extend(named.load::<String>(look.conn)?);
    Ok(known)
}

type ResidentKnown = (String, Option<DocumentKind>, Option<Vec<u8>>, Option<Vec<u8>>);

fn add_residents(look: &mut Look<'_>, parties: &[PartyRow], known: &mut Known) -> Result<()> {
    let ids = |party: &PartyRow| [party.resident_id, party.representative_id];
    let wanted: Vec<ResidentId> = parties.iter().flat_map(ids).flatten().collect();
    let rows: Vec<ResidentKnown> = residents::table
        .filter(residents::id.eq_any(&wanted))
        .select((
            residents::name,
            residents::document_kind,
            residents::document_sealed,
            residents::phone_sealed,
        ))
        .load(look.conn)?;
    for (name, kind, document, phone) in rows {
        known.names.push(name);
        if let Some((kind, sealed)) = kind.zip(document) {
            known.numbers.push(Document::open(look.ring, kind, &sealed)?.into_view().number);
        }
        if let Some(sealed) = phone {
            known.numbers.push(Phone::open_for(look.ring, PHONE_SEAL, &sealed)?.expose().to_owned());
        }
    }
    add_homes(look, &wanted, known)
}

fn add_accounts(look: &mut Look<'_>, parties: &[PartyRow], known: &mut Known) -> Result<()> {
    let wanted: Vec<AccountId> = parties.iter().filter_map(|party| party.account_id).collect();
    let rows: Vec<(String, Vec<u8>)> = accounts::table
        .filter(accounts::id.eq_any(wanted).and(accounts::closed_at.is_null()))
        .select((accounts::display_name, accounts::phone_sealed))
        .load(look.conn)?;
    for (name, sealed) in rows {
        known.names.push(name);
        known.numbers.push(Phone::open(look.ring, &sealed)?.expose().to_owned());
    }
    Ok(())
}

/// Where they live, and what else they were something in.
fn add_homes(look: &mut Look<'_>, wanted: &[ResidentId], known: &mut Known) -> Result<()> {
    let lived = residents::table
        .filter(residents::id.eq_any(wanted).and(residents::home_id.is_not_null()))
        .select(residents::home_id.assume_not_null());
    let held = dwelling_residents::table
        .filter(dwelling_residents::resident_id.eq_any(wanted))
        .select(dwelling_residents::dwelling_id);
    let mut homes: Vec<Uuid> = lived.load(look.conn)?;
    homes.extend(held.load::<Uuid>(look.conn)?);
    let rows: Vec<(String, String, String)> = dwellings::table
        .inner_join(buildings::table.inner_join(estates::table))
        .filter(dwellings::id.eq_any(homes))
        .select((estates::name, buildings::number, dwellings::number))
        .load(look.conn)?;
    let home = |(estate, building, number)| Home { estate, building, number };
    known.homes.extend(rows.into_iter().map(home));
    Ok(())
}
