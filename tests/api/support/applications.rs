//! Applications of a town, with secrets and tokens.

use std::sync::atomic::{AtomicU32, Ordering};

use lilong::access::role::Role;
use serde_json::json;

use super::{CITY, Call, Reply, Town};

static APPLICATIONS: AtomicU32 = AtomicU32::new(0);

/// A program that can call.
#[derive(Clone, Debug)]
pub struct Application {
    pub id: String,
    pub secret: String,
    pub secret_id: String,
    pub token: String,
}

impl Town {
    /// An application of a division, with a secret and a token of all its scopes.
    pub fn application(&self, division: &str, scopes: &[&str]) -> Application {
        let admin = self.staff(Role::SystemAdmin, CITY);
        let name = format!("闸机{}", APPLICATIONS.fetch_add(1, Ordering::Relaxed));
        let draft = json!({ "name": name, "purpose": "出入验码", "division": division, "scopes": scopes });
        let made = self.post("/v1/applications", draft).by(&admin).send();
        let text = |reply: &Reply, field: &str| reply.body[field].as_str().expect("a text").to_owned();
        let id = text(made.is(201), "id");
        let secret = self.call("POST", &format!("/v1/applications/{id}/secrets")).by(&admin).send();
        let (secret, secret_id) = (text(secret.is(201), "client_secret"), text(&secret, "id"));
        let token = text(self.ask_for_token(&id, &secret, "").send().is(200), "access_token");
        Application { id, secret, secret_id, token }
    }

    /// Asks for a token, with more fields such as `&scope=venues.read`.
    pub fn ask_for_token(&self, id: &str, secret: &str, more: &str) -> Call<'_> {
        let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}{more}");
        self.call("POST", "/oauth/token").form(&form)
    }
}

impl Call<'_> {
    /// A form.
    pub fn form(self, form: &str) -> Self {
        self.bytes("application/x-www-form-urlencoded", form.as_bytes().to_vec())
    }
}
