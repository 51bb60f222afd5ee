//! Settings: from an optional TOML file (`LILONG_CONFIG`), then from the environment, which wins.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Deserializer, Serialize};
use ureq::http::Uri;

use crate::access::passwords::Profile;
use crate::access::sms::Gateway;
use crate::access::wechat::Program;

/// Every setting: name in TOML, name in the environment, default, what it is. README's table is made of it.
pub const TABLE: &[(&str, &str, &str, &str)] = &[
    ("bind", "LILONG_BIND", "127.0.0.1:8080", "address and port to listen on"),
    ("data", "LILONG_DATA", "/var/lib/lilong as root, else ~/.local/share/lilong", "the data folder"),
    (
        "database_url",
        "DATABASE_URL",
        "",
        "a PostgreSQL server of your own, role of the API; empty: an embedded cluster",
    ),
    (
        "owner_database_url",
        "LILONG_OWNER_DATABASE_URL",
        "",
        "the same server, role that owns the schema, for `migrate`",
    ),
    (
        "",
        "LILONG_KEYRING",
        "keyring.json in the data folder",
        "the secrets (`lilong keys generate` prints fresh ones)",
    ),
    ("production", "LILONG_PRODUCTION", "false", "refuses what only a demo may do"),
    (
        "staff_second_factor",
        "LILONG_STAFF_SECOND_FACTOR",
        "true",
        "posts count only in sessions with a second factor",
    ),
    ("password_profile", "LILONG_PASSWORD_PROFILE", "asvs", "asvs or mlps3 (等保 2.0)"),
    ("sms_url", "LILONG_SMS_URL", "", "the SMS gateway; empty: codes go to the log"),
    ("sms_token", "LILONG_SMS_TOKEN", "", "the gateway's bearer token"),
    (
        "wechat_appid",
        "LILONG_WECHAT_APPID",
        "",
        "the mini-program whose users sign in by `js_code`; empty: none do",
    ),
    ("wechat_secret", "LILONG_WECHAT_SECRET", "", "its secret"),
    ("wechat_host", "LILONG_WECHAT_HOST", "https://api.weixin.qq.com", "where WeChat is asked"),
    ("issuer", "LILONG_ISSUER", "https://lilong.invalid", "the `iss` of access tokens: the public address"),
    ("cors_origins", "LILONG_CORS_ORIGINS", "", "origins that browsers may call from, separated by commas"),
    (
        "trusted_proxies",
        "LILONG_TRUSTED_PROXIES",
        "",
        "addresses whose X-Forwarded-For is believed, separated by commas",
    ),
    ("rate_per_minute", "LILONG_RATE_PER_MINUTE", "600", "requests a minute for each caller"),
    ("seats", "LILONG_SEATS", "8", "connections for requests"),
    ("job_seats", "LILONG_JOB_SEATS", "2", "connections for jobs and health, at least 2"),
    ("queue", "LILONG_QUEUE", "256", "requests that may wait for a connection"),
    ("workers", "LILONG_WORKERS", "the number of cores", "threads that speak HTTP"),
    ("drain_seconds", "LILONG_DRAIN_SECONDS", "0", "how long /readyz says no before the server stops"),
    ("log_format", "LILONG_LOG_FORMAT", "text", "text or json"),
];

/// Settings that are text whatever they look like: a token of digits only is no number.
const TEXTS: [&str; 8] = [
    "data",
    "owner_database_url",
    "sms_url",
    "sms_token",
    "wechat_appid",
    "wechat_secret",
    "wechat_host",
    "issuer",
];

/// The settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "TABLE says what each is")]
pub struct Settings {
    pub bind: SocketAddr,
    pub data: Option<PathBuf>,
    pub database_url: Option<String>,
    pub owner_database_url: Option<String>,
    pub production: bool,
    pub staff_second_factor: bool,
    pub password_profile: Profile,
    pub sms_url: Option<String>,
    pub sms_token: Option<String>,
    pub wechat_appid: Option<String>,
    pub wechat_secret: Option<String>,
    pub wechat_host: String,
    pub issuer: String,
    #[serde(deserialize_with = "list")]
    pub cors_origins: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub trusted_proxies: Vec<IpAddr>,
    pub rate_per_minute: u32,
    pub seats: u32,
    pub job_seats: u32,
    pub queue: usize,
    pub workers: usize,
    pub drain_seconds: u64,
    pub log_format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: None,
            database_url: None,
            owner_database_url: None,
            production: false,
            staff_second_factor: true,
            password_profile: Profile::Asvs,
            sms_url: None,
            sms_token: None,
            wechat_appid: None,
            wechat_secret: None,
            wechat_host: "https://api.weixin.qq.com".into(),
            issuer: "https://lilong.invalid".into(),
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            rate_per_minute: 600,
            seats: 8,
            job_seats: 2,
            queue: 256,
            workers: std::thread::available_parallelism().map_or(2, usize::from),
            drain_seconds: 0,
            log_format: LogFormat::Text,
        }
    }
}

/// A list in TOML, or one text separated by commas in the environment.
fn list<'de, D, T>(input: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        List(Vec<String>),
    }
    let parts = match Written::deserialize(input)? {
        Written::List(parts) => parts,
        Written::Text(text) => {
            text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect()
        }
    };
    parts.iter().map(|part| part.parse().map_err(serde::de::Error::custom)).collect()
}

/// A variable of the environment. An empty one, as compose files make them, is no setting.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty())
}

/// Whether nobody on the way can read what goes to an address: by https, or by http to this very host.
fn is_private(url: &str) -> bool {
    let Ok(url) = url.parse::<Uri>() else { return false };
    let host = url.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    match url.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here,
        _ => false,
    }
}

impl Settings {
    /// Reads file and environment; the error is a sentence for the operator.
    pub fn read() -> Result<Self, String> {
        let mut figment = Figment::from(Serialized::defaults(Settings::default()));
        if let Ok(file) = std::env::var("LILONG_CONFIG") {
            figment = figment.merge(Toml::file_exact(file));
        }
        let is_parsed = |name: &&str| !name.is_empty() && !TEXTS.contains(name);
        let names: Vec<&str> = TABLE.iter().map(|row| row.0).filter(is_parsed).collect();
        let is_set = |key: &figment::value::UncasedStr| variable(&format!("LILONG_{key}").to_uppercase());
        figment =
            figment.merge(Env::prefixed("LILONG_").only(&names).filter(move |key| is_set(key).is_some()));
        for (name, from, ..) in TABLE.iter().filter(|row| row.0 == "database_url" || TEXTS.contains(&row.0)) {
            if let Some(text) = variable(from) {
                figment = figment.merge((*name, text));
            }
        }
        let settings: Settings = figment.extract().map_err(|error| error.to_string())?;
        settings.check()?;
        Ok(settings)
    }

    /// What production refuses.
    fn check(&self) -> Result<(), String> {
        if self.seats == 0 || self.workers == 0 || self.rate_per_minute == 0 {
            return Err("seats, workers and rate_per_minute must be at least 1".into());
        }
        if self.job_seats < 2 {
            return Err("job_seats must be at least 2: a job that takes long must not hold up health".into());
        }
        if self.wechat_appid.is_some() != self.wechat_secret.is_some() {
            return Err("LILONG_WECHAT_APPID and LILONG_WECHAT_SECRET go together".into());
        }
        if !self.production {
            return Ok(());
        }
        let refusals = [
            (!self.staff_second_factor, "LILONG_STAFF_SECOND_FACTOR=false is for a demo"),
            (self.sms_url.is_none(), "LILONG_SMS_URL is missing: codes would go to the log"),
            (
                self.sms_url.as_deref().is_some_and(|url| !is_private(url)),
                "LILONG_SMS_URL is no https:// address: codes and the token would cross the network in the open",
            ),
            (self.sms_token.is_none(), "LILONG_SMS_TOKEN is missing"),
            (
                self.wechat_appid.is_some() && !is_private(&self.wechat_host),
                "LILONG_WECHAT_HOST is no https:// address: the secret would cross the network in the open",
            ),
            (
                variable("LILONG_KEYRING").is_none(),
                "LILONG_KEYRING is missing: `lilong keys generate` prints one",
            ),
            (self.issuer == Settings::default().issuer, "LILONG_ISSUER is missing: the public address"),
        ];
        let found: Vec<&str> =
            refusals.iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, text)| *text).collect();
        if found.is_empty() { Ok(()) } else { Err(format!("production mode refuses: {}", found.join("; "))) }
    }

    /// The mini-program whose users may sign in.
    pub fn program(&self) -> Option<Program> {
        let (appid, secret) = (self.wechat_appid.clone()?, self.wechat_secret.clone()?);
        Some(Program { appid, secret, host: self.wechat_host.clone() })
    }

    /// Where one-time codes go.
    pub fn gateway(&self) -> Gateway {
        match &self.sms_url {
            Some(url) => {
                Gateway::Http { url: url.clone(), token: self.sms_token.clone().unwrap_or_default() }
            }
            None => Gateway::Log,
        }
    }
}
