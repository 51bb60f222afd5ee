//! Handlers of enrolments.

use actix_web::post;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{EnrolmentDraft, EnrolmentView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::codes::city::Wanted;
use crate::access::codes::look_to_record;
use crate::access::gate::Gate;
use crate::kit::answer::Created;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_enrolment);
}

/// Enrol somebody by their code
///
/// Show the person the privacy notice, then scan the code they show. The committee's record of the person is begun, or what it lacks is
/// filled in: telephone number and account from one of our own codes, name, identity card and number from one of the city's. A code
/// counts once: a repeat is answered with the first enrolment and `duplicate: true`. Showing it is agreeing: who has an account reads
/// that among their consents (`enrolment`), and is enrolled no more once they took it back. 扫码录入。
#[utoipa::path(
    tag = "residents",
    responses((status = 201, description = "The person is enrolled.", body = EnrolmentView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "code-malformed", "code-key-unknown", "code-signature-wrong", "code-not-yet-valid",
        "code-expired", "code-city-unknown", "check-in-code-used", "check-in-person-unknown", "consent-notice-stale",
        "enrolment-name-missing", "enrolment-residence-missing", "enrolment-resident-unknown", "enrolment-resident-taken",
        "enrolment-self", "enrolment-code-bare", "enrolment-consent-withdrawn", "resident-division-not-committee", "resident-document-taken",
        "resident-account-taken", "resident-born-ahead", "residency-held"
    ])))
)]
#[post("")]
pub async fn create_enrolment(
    caller: Caller,
    draft: Json<EnrolmentDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let (caller, draft) = (caller.with_key()?, draft.into_inner());
    gate.actor_of(caller.again()).await?.scope(Action::Create)?;
    let shown = look_to_record(&gate, &draft.code, Wanted::Enrolment).await?;
    gate.write(caller, move |act| actions::create(act, &draft, shown)).await.map(Created)
}
