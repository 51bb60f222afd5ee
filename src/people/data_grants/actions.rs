//! Granting, withdrawing, and reading through a grant.

use serde_json::json;

use super::model::{
    DataGrantId, DataGrantReadId, DataGrantRow, GrantedField, NamedGrantRow, NewDataGrant, NewRead,
    OwnGrantRow,
};
use super::rules::{self, GRANTEE_UNKNOWN, SELF_GRANTED};
use super::views::{
    DataGrantReadView, DataGrantView, GrantedPageView, GrantedResidentView, OwnDataGrantView,
};
use super::wire::DataGrantDraft;
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::{OrganisationId, ResidentId, Standing};
use crate::kit::answer::Nothing;
use crate::kit::list::Few;
use crate::kit::named::Named;
use crate::kit::page::{Page, PageQuery};
use crate::kit::problem::Result;
use crate::people::consents;
use crate::people::disclosures;
use crate::people::subjects::{self, SubjectsQuery};
use crate::places::organisations;

/// Lets an organisation read. Nobody lets their own.
pub fn create(act: &mut Act<'_>, draft: DataGrantDraft) -> Result<DataGrantView> {
    let division = *act.permit(Action::Create, draft.division)?;
    rules::must_end_within_a_year(draft.expires_at, act.now)?;
    let grantee = organisations::store::find(act, draft.grantee).or_refuse(&GRANTEE_UNKNOWN, "/grantee")?;
    if grantee.closed_on.is_some() {
        return Err(GRANTEE_UNKNOWN.at("/grantee"));
    }
    if store::own(&act.actor).contains(&grantee.id) {
        return SELF_GRANTED.refuse();
    }
    rules::must_be_theirs(draft.basis, grantee.kind)?;
    let new = NewDataGrant {
        id: DataGrantId::new(),
        dataset: draft.dataset,
        fields: distinct(draft.fields),
        purpose: draft.purpose,
        reason: draft.reason.into_inner(),
        grantee_id: grantee.id,
        division,
        granted_by: act.actor.account()?,
        granted_at: act.now,
        expires_at: draft.expires_at,
        basis: draft.basis,
    };
    let new = act.permit(Action::Create, new)?;
    let grant = store::insert(act, &new)?;
    record(act, Action::Create, &grant)?;
    Ok(NamedGrantRow { grant, grantee_name: grantee.name }.into())
}

/// Each field once, in the order of all fields.
fn distinct(fields: Few<GrantedField, 1, 12>) -> Vec<GrantedField> {
    let named = fields.into_inner();
    GrantedField::ALL.iter().copied().filter(|field| named.contains(field)).collect()
}

/// Withdraws a grant. Once more changes nothing.
pub fn delete(act: &mut Act<'_>, id: DataGrantId) -> Result<Nothing> {
    let grant = store::find(act, id)?;
    let grant = act.permit(Action::Delete, grant)?;
    if store::withdraw(act, &grant)? {
        record(act, Action::Delete, &grant)?;
        act.announce("data_grant.withdrawn", json!({ "data_grant": id }))?;
    }
    Ok(Nothing {})
}

/// One page of the people that a grant shows. It is on record, for both sides and, where whole numbers are shown, for each
/// person.
pub fn list_residents(act: &mut Act<'_>, id: DataGrantId, query: &PageQuery) -> Result<GrantedPageView> {
    let (grant, grantee_closed) = store::hold(act, id)?;
    let grant = act.permit(Action::ListResidents, grant)?;
    rules::must_count(&grant, grantee_closed, act.now)?;
    let pager = act.pager(Action::ListResidents, &id, query.limit, query.cursor.as_deref())?;
    let rows = store::residents(act, &grant, &pager)?;
    let page = pager.page(rows, |row| (row.resident.division, row.resident.id.0), |row| row)?;
    let views = page.items.into_iter().map(|row| GrantedResidentView::new(row, &grant, act.ring));
    let items = views.collect::<Result<Vec<_>>>()?;
    note(act, &grant, &items)?;
    Ok(Page { items, next_cursor: page.next_cursor, has_more: page.has_more }.into())
}

fn note(act: &mut Act<'_>, grant: &DataGrantRow, items: &[GrantedResidentView]) -> Result<()> {
    let reader = reader(act, grant);
    for item in items {
        let numbers = item.numbers();
        if !numbers.is_empty() {
            disclosures::note(act, item.id, reader.clone(), grant.purpose, &numbers)?;
        }
    }
    let read = NewRead {
        id: DataGrantReadId::new(),
        data_grant_id: grant.id,
        account_id: act.actor.account()?,
        at: act.now,
        rows: items.len() as i32,
    };
    store::insert_read(act, &read)?;
    let detail = json!({ "read": read.id, "rows": read.rows });
    let (id, division) = (grant.id.to_string(), Some(grant.division));
    act.record(Event { action: Action::ListResidents, id, division, detail })
}

/// In what capacity somebody reads: their post in the grantee.
fn reader(act: &Act<'_>, grant: &DataGrantRow) -> Option<Standing> {
    act.actor.standings.iter().find(|standing| standing.organisation == Some(grant.grantee_id)).cloned()
}

/// One page of what was read through a grant, for both sides.
pub fn list_reads(
    look: &mut Look<'_>,
    id: DataGrantId,
    query: &PageQuery,
) -> Result<Page<DataGrantReadView>> {
    let grant = store::find(look, id)?;
    let grant = look.permit(Action::ListReads, grant)?;
    let pager = look.pager(Action::ListReads, &id, query.limit, query.cursor.as_deref())?;
    let rows = store::reads(look, &grant, &pager)?;
    pager.page(rows, |row| row.id, DataGrantReadView::from)
}

/// One page of the grants that show the caller, or the child whose guardian they are, and of those that would if they agreed.
pub fn list_own(look: &mut Look<'_>, query: &SubjectsQuery) -> Result<Page<OwnDataGrantView>> {
    look.scope(Action::ListOwn)?;
    let records = match query.subject {
        None => subjects::own(look)?,
        wanted => vec![subjects::find(look, wanted)?],
    };
    let pager = look.pager(Action::ListOwn, &query.subject, query.limit, query.cursor.as_deref())?;
    let rows = store::page_own(look, &records, &pager)?;
    let ids: Vec<ResidentId> = records.iter().map(|record| record.resident).collect();
    let grantees: Vec<OrganisationId> = rows.iter().map(|row| row.grant.grantee_id).collect();
    let agreements = consents::agreements(look, &ids, &grantees)?;
    let has_agreed = |grant: &DataGrantRow| {
        let mut shown = records.iter().filter(|record| grant.division.range().contains(record.division));
        shown.any(|record| agreements.contains(&(record.resident, grant.grantee_id)))
    };
    let key = |row: &OwnGrantRow| (row.grant.division, row.grant.id.0);
    pager.page(rows, key, |row| {
        let agreed = has_agreed(&row.grant);
        OwnDataGrantView::new(row, agreed)
    })
}

fn record(act: &mut Act<'_>, action: Action, grant: &DataGrantRow) -> Result<()> {
    let fields: Vec<&str> = grant.fields.iter().flatten().map(|field| field.as_str()).collect();
    let detail = json!({
        "grantee": grant.grantee_id, "fields": fields, "purpose": grant.purpose.as_str(),
        "basis": grant.basis.as_str(), "expires_at": grant.expires_at
    });
    act.record(Event { action, id: grant.id.to_string(), division: Some(grant.division), detail })
}
