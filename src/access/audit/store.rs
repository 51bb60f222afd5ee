//! Every query of the audit trail but the sealing.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::Action as AuditAction;
use crate::access::act::{Event, Look};
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::access::policy::Action;
use crate::access::principal::ApplicationId;
use crate::access::within::within;
use crate::kit::id;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::schema::audit_events;

/// How many codes a street and a district span.
const STREET: i64 = 1_000;
const DISTRICT: i64 = 1_000_000;

/// One event as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = audit_events)]
pub struct EventRow {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub account_id: Option<Uuid>,
    pub action: String,
    pub resource: String,
    pub resource_id: String,
    pub division: Division,
    pub request_id: String,
    pub detail: Value,
    pub seal: Option<i64>,
    pub application_id: Option<Uuid>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub account: Option<Uuid>,
    pub application: Option<Uuid>,
    pub resource: Option<String>,
    pub resource_id: Option<String>,
}

/// One event about to be written.
#[derive(Insertable)]
#[diesel(table_name = audit_events, treat_none_as_default_value = false)]
struct NewEvent<'a> {
    id: Uuid,
    at: DateTime<Utc>,
    account_id: Option<Uuid>,
    application_id: Option<Uuid>,
    action: &'a str,
    resource: &'a str,
    resource_id: &'a str,
    division: Division,
    request_id: &'a str,
    detail: &'a Value,
}

/// Records what an act did.
pub fn append<A: Action>(
    conn: &mut PgConnection,
    event: &Event<A>,
    actor: &Actor,
    now: DateTime<Utc>,
    request_id: &str,
) -> Result<()> {
    let row = NewEvent {
        id: id::next(),
        at: now,
        account_id: actor.signed_in.map(|(account, _)| account.0),
        application_id: actor.application.map(|client| client.id.0),
        action: event.action.operation(),
        resource: A::RESOURCE,
        resource_id: &event.id,
        // What belongs to no division belongs to the city.
        division: event.division.unwrap_or(Division::SHANGHAI),
        request_id,
        detail: &event.detail,
    };
    diesel::insert_into(audit_events::table).values(row).execute(conn)?;
    Ok(())
}

/// What one of many did, in the transaction that they share.
pub struct Noted {
    /// By whom.
    pub account: Option<AccountId>,
    /// By which application.
    pub application: Option<ApplicationId>,
    /// The operation.
    pub action: &'static str,
    /// To which kind of thing.
    pub resource: &'static str,
    /// To which thing.
    pub id: String,
    /// Where it lies; none means the city.
    pub division: Option<Division>,
    /// In which request.
    pub request_id: String,
    /// Ids, codes and field names; never personal data.
    pub detail: Value,
}

/// One statement, however many events.
const APPEND_ALL: &str = "\
    INSERT INTO audit_events \
        (id, at, account_id, application_id, action, resource, resource_id, division, request_id, detail) \
    SELECT n.id, $1, n.account_id, n.application_id, n.action, n.resource, n.resource_id, n.division, n.request_id, \
        n.detail::jsonb \
    FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) \
        AS n (id, account_id, application_id, action, resource, resource_id, division, request_id, detail)";

/// Records what many did, in one statement.
pub fn append_all(conn: &mut PgConnection, events: &[Noted], now: DateTime<Utc>) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = events.iter().map(|_| id::next()).collect();
    let column = |read: fn(&Noted) -> &str| events.iter().map(read).collect::<Vec<&str>>();
    let accounts: Vec<Option<Uuid>> = events.iter().map(|one| one.account.map(|account| account.0)).collect();
    let applications: Vec<Option<Uuid>> =
        events.iter().map(|one| one.application.map(|application| application.0)).collect();
    let divisions: Vec<Division> =
        events.iter().map(|one| one.division.unwrap_or(Division::SHANGHAI)).collect();
    let details: Vec<String> = events.iter().map(|one| one.detail.to_string()).collect();
    diesel::sql_query(APPEND_ALL)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Nullable<SqlUuid>>, _>(accounts)
        .bind::<Array<Nullable<SqlUuid>>, _>(applications)
        .bind::<Array<Text>, _>(column(|one| one.action))
        .bind::<Array<Text>, _>(column(|one| one.resource))
        .bind::<Array<Text>, _>(column(|one| &one.id))
        .bind::<Array<BigInt>, _>(divisions)
        .bind::<Array<Text>, _>(column(|one| &one.request_id))
        .bind::<Array<Text>, _>(details)
        .execute(conn)?;
    Ok(())
}

/// What an operator did on the command line, where nobody is signed in.
pub struct Command {
    /// What was done, written like an operation.
    pub action: &'static str,
    /// To which kind of thing.
    pub resource: &'static str,
    /// To which thing.
    pub id: String,
    /// Where it lies; none means the city.
    pub division: Option<Division>,
    /// Ids, codes and field names; never personal data.
    pub detail: Value,
}

/// Records what an operator did, in the transaction that does it.
pub fn append_command(conn: &mut PgConnection, command: &Command, now: DateTime<Utc>) -> Result<()> {
    let row = NewEvent {
        id: id::next(),
        at: now,
        account_id: None,
        application_id: None,
        action: command.action,
        resource: command.resource,
        resource_id: &command.id,
        division: command.division.unwrap_or(Division::SHANGHAI),
        request_id: "command-line",
        detail: &command.detail,
    };
    diesel::insert_into(audit_events::table).values(row).execute(conn)?;
    Ok(())
}

/// Whether something was ever done, wherever and by whomever. For the command line.
pub fn was_done<A: Action>(conn: &mut PgConnection, action: A) -> Result<bool> {
    use audit_events::dsl;
    let done = dsl::resource.eq(A::RESOURCE).and(dsl::action.eq(action.operation()));
    Ok(diesel::select(diesel::dsl::exists(dsl::audit_events.filter(done))).get_result(conn)?)
}

/// One page, newest first.
pub fn page(look: &mut Look<'_>, filter: Filter, pager: &Pager<'_, Uuid>) -> Result<Vec<EventRow>> {
    use audit_events::dsl;
    let scope = look.scope(AuditAction::List)?;
    let mut query =
        dsl::audit_events.select(EventRow::as_select()).filter(within(dsl::division, &scope)).into_boxed();
    // With the indexes on these, a street's page and a district's are as quick as the city's, however rare their events:
    // a generic plan does not know that a range is narrow, and would walk the whole trail by its ids.
    if let Some(street) = scope.within_one(STREET) {
        query = query.filter(sql::<BigInt>("audit_events.division / 1000").eq(street));
    } else if let Some(district) = scope.within_one(DISTRICT) {
        query = query.filter(sql::<BigInt>("audit_events.division / 1000000").eq(district));
    }
    if let Some(account) = filter.account {
        query = query.filter(dsl::account_id.eq(account));
    }
    if let Some(application) = filter.application {
        query = query.filter(dsl::application_id.eq(application));
    }
    if let Some(resource) = filter.resource {
        query = query.filter(dsl::resource.eq(resource));
    }
    if let Some(resource_id) = filter.resource_id {
        query = query.filter(dsl::resource_id.eq(resource_id));
    }
    if let Some(after) = pager.after {
        query = query.filter(dsl::id.lt(after));
    }
    Ok(query.order(dsl::id.desc()).limit(pager.fetch()).load(look.conn)?)
}
