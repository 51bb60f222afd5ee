//! Adding and changing applications, exchanging their secrets, and giving them tokens.

use serde_json::json;

use super::grants::Asked;
use super::model::{ApplicationRow, Known};
use super::rules::{MOST_SECRETS, SECRETS_FULL, new_secret};
use super::views::{AccessTokenView, ApplicationView, NewApplicationSecretView};
use super::wire::{ApplicationDraft, ApplicationPatch};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::access::principal::{ApplicationId, ApplicationSecretId, Principal};
use crate::access::scopes::Scopes;
use crate::access::sessions;
use crate::access::tokens::Tokens;
use crate::kit::answer::Nothing;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{NOT_FOUND, Result};

/// Adds an application to a division within reach.
pub fn create(act: &mut Act<'_>, draft: ApplicationDraft) -> Result<ApplicationView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Changes an application. One that moves must lie within reach before and after.
pub fn update(
    act: &mut Act<'_>,
    id: ApplicationId,
    seen: &IfMatch,
    patch: ApplicationPatch,
) -> Result<ApplicationView> {
    let application = store::lock(act, id)?;
    let application = act.permit(Action::Update, application)?;
    if let Some(division) = patch.division.0 {
        act.permit(Action::Update, division)?;
    }
    seen.check(application.version)?;
    let row = store::update(act, &application, patch.into())?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

/// Makes a secret, which is shown this once. A stolen token makes none: asks for a fresh sign-in.
pub fn create_secret(act: &mut Act<'_>, id: ApplicationId) -> Result<NewApplicationSecretView> {
    let application = store::lock(act, id)?;
    let application = act.permit(Action::CreateSecret, application)?;
    sessions::require_recent(act)?;
    if store::count_secrets(act, &application)? >= MOST_SECRETS {
        return SECRETS_FULL.refuse();
    }
    let (client_secret, hash, hint) = new_secret()?;
    let row = store::insert_secret(act, &application, &hash, &hint)?;
    record_secret(act, Action::CreateSecret, (id, application.division), row.id)?;
    Ok(NewApplicationSecretView { id: row.id, client_id: id, client_secret, created_at: row.created_at })
}

/// Takes a secret away, and with it every token that was given for it.
pub fn delete_secret(act: &mut Act<'_>, id: ApplicationId, secret: ApplicationSecretId) -> Result<Nothing> {
    let application = store::lock(act, id)?;
    let application = act.permit(Action::DeleteSecret, application)?;
    if !store::retire_secret(act, &application, secret)? {
        return NOT_FOUND.refuse();
    }
    record_secret(act, Action::DeleteSecret, (id, application.division), secret)?;
    Ok(Nothing {})
}

/// Who asks for a token, if their secret counts.
pub fn recognise(look: &mut Look<'_>, asked: &Asked) -> Result<Option<Known>> {
    store::find_by_secret(look, asked.application, &asked.hash)
}

/// Gives a token for these scopes. Should the secret have been taken away meanwhile, the token opens nothing.
pub fn give_token(
    act: &mut Act<'_>,
    tokens: &Tokens,
    known: Known,
    scopes: Scopes,
) -> Result<AccessTokenView> {
    store::touch(act, known.secret)?;
    let principal = Principal::Application(known.application, known.secret, scopes);
    let token = tokens.sign_for(principal, act.now)?;
    let id = known.application.to_string();
    let detail = json!({ "secret": known.secret, "scopes": scopes.to_string() });
    act.record(Event { action: Action::CreateToken, id, division: Some(known.division), detail })?;
    Ok(AccessTokenView::new(token, scopes))
}

fn record(act: &mut Act<'_>, action: Action, row: &ApplicationRow) -> Result<()> {
    let detail = json!({
        "scopes": row.scopes().to_string(), "status": row.status.as_str(), "ends_on": row.ends_on,
        "organisation": row.organisation_id, "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}

fn record_secret(
    act: &mut Act<'_>,
    action: Action,
    (application, division): (ApplicationId, Division),
    secret: ApplicationSecretId,
) -> Result<()> {
    let detail = json!({ "secret": secret });
    act.record(Event { action, id: application.to_string(), division: Some(division), detail })
}
