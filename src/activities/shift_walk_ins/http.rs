//! The handler of walk-ins.

use actix_web::post;
use actix_web::web::{Data, Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::ShiftWalkInDraft;
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::codes::city::Wanted;
use crate::access::codes::look_at;
use crate::access::gate::Gate;
use crate::activities::attendances::AttendanceView;
use crate::activities::shifts::ShiftPath;
use crate::kit::answer::Created;
use crate::kit::json::Json;
use crate::kit::problem::Result;

/// Registers the operation below a shift.
pub fn shift_routes(config: &mut ServiceConfig<'_>) {
    config.service(create_shift_walk_in);
}

/// Let in who stands at the door
///
/// For who organises the shift, from two hours before it begins until it ends: whoever shows a code of their own gets a free place and
/// is there. Who has a place just comes; who asked for one is approved. Nobody passes who could not sign up, nor those who wait. The
/// person must have agreed to movement tracks. 现场扫码报名。
#[utoipa::path(
    tag = "volunteering",
    params(ShiftPath),
    responses((status = 201, description = "The stay that begins.", body = AttendanceView)),
    extensions(("x-problem-codes" = json!([
        "idempotency-key-missing", "code-malformed", "code-key-unknown", "code-signature-wrong", "code-not-yet-valid", "code-expired",
        "code-city-unknown", "consent-missing", "check-in-code-used", "check-in-person-unknown", "volunteer-call-state-unfit",
        "attendance-moment-unfit", "attendance-noted", "shift-full", "shift-not-open", "shift-own-first", "shift-outside", "shift-clash",
        "shift-age-unfit", "shift-uninsured", "shift-dangerous-for-minors", "shift-guardian-needed", "shift-unconfirmed",
        "shift-signup-consent-missing", "shift-signup-own"
    ])))
)]
#[post("/{shift}/walk-ins")]
pub async fn create_shift_walk_in(
    caller: Caller,
    path: Path<ShiftPath>,
    draft: Json<ShiftWalkInDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let (caller, draft) = (caller.with_key()?, draft.into_inner());
    // Whoever may let nobody in asks nobody about a code either.
    gate.actor_of(caller.again()).await?.scope(Action::Create)?;
    let shown = look_at(&gate, &draft.code, Wanted::CheckIn).await;
    gate.write(caller, move |act| actions::create(act, path.shift, &draft, shown)).await.map(Created)
}
