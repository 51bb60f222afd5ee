//! A client of our own API, for telling the story.

use std::cell::RefCell;
use std::collections::HashMap;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::{ACCOUNTS, DemoAccount};
use crate::access::role::Role;
use crate::app::start::Outcome;

/// Calls the API as the demo's people.
pub struct Client {
    base: String,
    agent: ureq::Agent,
    tokens: RefCell<HashMap<&'static str, String>>,
    progress: ProgressBar,
}

impl Client {
    /// For the server at an address.
    pub fn new(base: &str) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let style = ProgressStyle::with_template("{spinner} telling the demo's story: {pos} steps");
        let progress = ProgressBar::new_spinner();
        if let Ok(style) = style {
            progress.set_style(style);
        }
        Self { base: base.to_owned(), agent, tokens: RefCell::default(), progress }
    }

    /// Sends a body as the demo account of a role; answers what came back, or a sentence when it was refused.
    pub fn send(&self, role: Role, method: &str, path: &str, body: &Value) -> Outcome<Value> {
        let who = ACCOUNTS.iter().find(|demo| demo.role == role).ok_or("no demo account has this role")?;
        let token = self.token(who)?;
        self.call(method, path, body, Some(&token))
    }

    fn token(&self, who: &DemoAccount) -> Outcome<String> {
        if let Some(token) = self.tokens.borrow().get(who.phone) {
            return Ok(token.clone());
        }
        let draft = json!({ "phone": who.phone, "password": who.password, "device": "demo" });
        let session = self.call("POST", "/v1/auth/sessions", &draft, None)?;
        let token = session["access_token"].as_str().unwrap_or_default().to_owned();
        self.tokens.borrow_mut().insert(who.phone, token.clone());
        Ok(token)
    }

    fn call(&self, method: &str, path: &str, body: &Value, token: Option<&str>) -> Outcome<Value> {
        self.progress.inc(1);
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("Content-Type", "application/json")
            .header("Accept-Language", "en")
            .header("Idempotency-Key", crate::kit::id::next().to_string())
            .header("If-Match", "*");
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let request = request.body(body.to_string()).map_err(|error| error.to_string())?;
        let mut answer = self.agent.run(request).map_err(|error| format!("{method} {path}: {error}"))?;
        let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
        match answer.status().is_success() {
            true => Ok(serde_json::from_str(&text).unwrap_or(Value::Null)),
            false => Err(format!("the demo was refused: {method} {path}: {text}")),
        }
    }
}

/// The id of what was answered.
pub fn id(view: &Value) -> String {
    view["id"].as_str().unwrap_or_default().to_owned()
}
