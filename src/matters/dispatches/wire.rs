//! Dispatches in JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{DispatchId, DispatchRole, DispatchState, NamedDispatchRow, ReturnReason};
use crate::kit::moment;
use crate::matters::registry::MatterOrganisationView;

/// One hop of a matter.
#[derive(Serialize, ToSchema)]
pub struct MatterDispatchView {
    /// Its id.
    pub id: DispatchId,
    /// To whom.
    pub organisation: MatterOrganisationView,
    /// As what.
    pub role: DispatchRole,
    /// Where it stands.
    pub state: DispatchState,
    /// Which hop of the matter it is, from 1.
    pub hop: i32,
    /// What was said with it; only for who works on the matter.
    pub note: Option<String>,
    /// Who dispatched it; only for who works on the matter.
    #[schema(example = "网格老吴")]
    pub dispatched_by: Option<String>,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub dispatched_at: DateTime<Utc>,
    /// When it was accepted or came back.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was over with.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it came back.
    pub return_reason: Option<ReturnReason>,
    /// The same in words; only for who works on the matter.
    pub return_note: Option<String>,
    /// Whose it is, by the one who gave it back; only for who works on the matter.
    pub suggested: Option<MatterOrganisationView>,
    /// How long it lay there until it was accepted or came back, or until now, in seconds.
    pub waited_seconds: i64,
    /// How long the organisation has had it since it accepted it, in seconds.
    pub held_seconds: i64,
}

impl MatterDispatchView {
    /// A hop as staff see it, or as who asked does.
    pub fn new(row: NamedDispatchRow, is_staff: bool, now: DateTime<Utc>) -> Self {
        let NamedDispatchRow { dispatch, organisation_name, dispatcher_name, suggested_name } = row;
        let waited = dispatch.decided_at.or(dispatch.ended_at).unwrap_or(now) - dispatch.dispatched_at;
        let held = match (dispatch.state, dispatch.decided_at) {
            (DispatchState::Returned, _) | (_, None) => chrono::TimeDelta::zero(),
            (_, Some(at)) => dispatch.ended_at.unwrap_or(now) - at,
        };
        let suggested = dispatch.suggested_id.zip(suggested_name);
        Self {
            id: dispatch.id,
            organisation: MatterOrganisationView { id: dispatch.organisation_id, name: organisation_name },
            role: dispatch.role,
            state: dispatch.state,
            hop: dispatch.hop,
            note: is_staff.then_some(dispatch.note),
            dispatched_by: is_staff.then_some(dispatcher_name),
            dispatched_at: dispatch.dispatched_at,
            decided_at: dispatch.decided_at,
            ended_at: dispatch.ended_at,
            return_reason: dispatch.return_reason,
            return_note: dispatch.return_note.filter(|_| is_staff),
            suggested: suggested.filter(|_| is_staff).map(|(id, name)| MatterOrganisationView { id, name }),
            waited_seconds: waited.num_seconds(),
            held_seconds: held.num_seconds(),
        }
    }
}
