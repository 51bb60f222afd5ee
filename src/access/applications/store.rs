//! Every query of applications and of their secrets.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{ApplicationChange, ApplicationRow, Filter, Known, NewApplication, SecretRow};
use super::rules::{NAME_TAKEN, PLACE_UNKNOWN};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{Actor, Client};
use crate::access::division::Division;
use crate::access::principal::{ApplicationId, ApplicationSecretId, Principal};
use crate::access::scopes::{AccessScope, Scopes};
use crate::access::within::{beyond, within};
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::schema::{application_secrets, applications};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("applications_division_name_key", &NAME_TAKEN, "/name"),
    ("applications_division_fkey", &PLACE_UNKNOWN, "/division"),
    ("applications_organisation_id_fkey", &PLACE_UNKNOWN, "/organisation"),
];

/// A secret that counts, of an application that counts: where it acts, and what it may do.
macro_rules! living {
    ($now:expr) => {
        application_secrets::table
            .inner_join(applications::table)
            .filter(application_secrets::retired_at.is_null().and(applications::status.eq("active")))
            .filter(applications::ends_on.is_null().or(applications::ends_on.ge(local_date($now))))
    };
}

type Granted = (Division, Vec<Option<AccessScope>>);

/// The application of a token as it may act now: no further than the token says, and than it may itself. None where its secret,
/// its term or itself has ended.
pub fn load_actor(
    conn: &mut PgConnection,
    principal: Principal,
    now: DateTime<Utc>,
) -> Result<Option<Actor>> {
    let Principal::Application(id, secret, asked) = principal else { return Ok(None) };
    let found: Option<Granted> = living!(now)
        .filter(application_secrets::id.eq(secret).and(applications::id.eq(id)))
        .select((applications::division, applications::scopes))
        .first(conn)
        .optional()?;
    Ok(found.map(|(division, scopes)| {
        let scopes: Scopes = scopes.into_iter().flatten().collect();
        Actor::application(Client { id, scopes: scopes.and(asked) }, division)
    }))
}

/// The application that has this secret, if both count.
pub fn find_by_secret(look: &mut Look<'_>, id: ApplicationId, hash: &[u8; 32]) -> Result<Option<Known>> {
    let found: Option<(ApplicationSecretId, Granted)> = living!(look.now)
        .filter(application_secrets::hash.eq(hash.as_slice()).and(applications::id.eq(id)))
        .select((application_secrets::id, (applications::division, applications::scopes)))
        .first(look.conn)
        .optional()?;
    Ok(found.map(|(secret, (division, scopes))| Known {
        application: id,
        secret,
        division,
        scopes: scopes.into_iter().flatten().collect(),
    }))
}

/// Notes that a secret was shown just now. Each has a row of its own, and shows it every few minutes.
pub fn touch(act: &mut Act<'_>, secret: ApplicationSecretId) -> Result<()> {
    let row = application_secrets::table.find(secret);
    diesel::update(row).set(application_secrets::last_used_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ApplicationRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = applications::table
        .filter(within(applications::division, &scope))
        .select(ApplicationRow::as_select())
        .into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(applications::status.eq(status));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(applications::division, applications::id, after));
    }
    Ok(query.order((applications::division, applications::id)).limit(pager.fetch()).load(look.conn)?)
}

/// An application the caller sees.
pub fn find(look: &mut Look<'_>, id: ApplicationId) -> Result<ApplicationRow> {
    let scope = look.scope(Action::Find)?;
    let seen = applications::table.find(id).filter(within(applications::division, &scope));
    Ok(seen.select(ApplicationRow::as_select()).first(look.conn)?)
}

/// An application the caller sees, locked: of two that make its secrets, one waits.
pub fn lock(act: &mut Act<'_>, id: ApplicationId) -> Result<ApplicationRow> {
    let scope = act.scope(Action::Find)?;
    let seen = applications::table.find(id).filter(within(applications::division, &scope));
    Ok(seen.select(ApplicationRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds an application.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewApplication>) -> Result<ApplicationRow> {
    diesel::insert_into(applications::table)
        .values(&**new)
        .returning(ApplicationRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes an application.
pub fn update(
    act: &mut Act<'_>,
    application: &Permit<ApplicationRow>,
    change: ApplicationChange,
) -> Result<ApplicationRow> {
    let (version, updated_at) = (applications::version, applications::updated_at);
    diesel::update(applications::table.find(application.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(ApplicationRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// One page of an application's secrets, the oldest first.
pub fn secrets(
    look: &mut Look<'_>,
    application: &ApplicationRow,
    pager: &Pager<'_, ApplicationSecretId>,
) -> Result<Vec<SecretRow>> {
    let mut query = application_secrets::table
        .filter(application_secrets::application_id.eq(application.id))
        .select(SecretRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(application_secrets::id.gt(after));
    }
    Ok(query.order(application_secrets::id).limit(pager.fetch()).load(look.conn)?)
}

/// How many of an application's secrets count.
pub fn count_secrets(act: &mut Act<'_>, application: &Permit<ApplicationRow>) -> Result<i64> {
    let living = application_secrets::table
        .filter(application_secrets::application_id.eq(application.id))
        .filter(application_secrets::retired_at.is_null());
    Ok(living.count().get_result(act.conn)?)
}

/// Adds a secret, of which the hash is kept and four characters.
pub fn insert_secret(
    act: &mut Act<'_>,
    application: &Permit<ApplicationRow>,
    hash: &[u8; 32],
    hint: &str,
) -> Result<SecretRow> {
    let row = (
        application_secrets::id.eq(ApplicationSecretId::new()),
        application_secrets::application_id.eq(application.id),
        application_secrets::hash.eq(hash.as_slice()),
        application_secrets::hint.eq(hint),
        application_secrets::created_at.eq(act.now),
    );
    let insert = diesel::insert_into(application_secrets::table).values(row);
    Ok(insert.returning(SecretRow::as_returning()).get_result(act.conn)?)
}

/// Retires one of an application's secrets; whether it counted until now.
pub fn retire_secret(
    act: &mut Act<'_>,
    application: &Permit<ApplicationRow>,
    secret: ApplicationSecretId,
) -> Result<bool> {
    let living = application_secrets::table
        .find(secret)
        .filter(application_secrets::application_id.eq(application.id))
        .filter(application_secrets::retired_at.is_null());
    Ok(diesel::update(living).set(application_secrets::retired_at.eq(act.now)).execute(act.conn)? == 1)
}
