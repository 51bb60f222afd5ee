//! Doors: how a file is read through the thing it belongs to. The features stand in rooms below this one, so each hands its
//! door in, and the application puts them together.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::access::act::Look;
use crate::kit::problem::{Kind, NOT_FOUND, Result};

/// Whether the viewer may see the thing of that id: the feature's own scoped find, whose answer is left aside.
pub type Door = fn(&mut Look<'_>, Uuid) -> Result<()>;

/// The door of each resource that files are attached to.
#[derive(Clone, Default)]
pub struct Doors(BTreeMap<&'static str, Door>);

impl Doors {
    /// With one more.
    #[must_use]
    pub fn with(mut self, resource: &'static str, door: Door) -> Self {
        self.0.insert(resource, door);
        self
    }

    /// Passes, or is 404: what stands behind a closed door, or where there is none, is not told.
    pub(super) fn pass(&self, look: &mut Look<'_>, resource: &str, id: Uuid) -> Result<()> {
        let door = self.0.get(resource).ok_or(&NOT_FOUND)?;
        door(look, id).map_err(|problem| match problem.rule().kind {
            Kind::Unauthenticated | Kind::Forbidden | Kind::Absent => (&NOT_FOUND).into(),
            _ => problem,
        })
    }
}
