//! Settings: from an optional TOML file (`LILONG_CONFIG`), then from the environment, which wins.

mod checks;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Deserializer, Serialize};

use crate::access::passwords::Profile;

/// Every setting: name in TOML, name in the environment, default, what it is. README's table is made of it.
pub const TABLE: &[(&str, &str, &str, &str)] = &[
    ("bind", "LILONG_BIND", "127.0.0.1:8080", "address and port to listen on"),
    (
        "metrics_bind",
        "LILONG_METRICS_BIND",
        "",
        "another address and port, where whoever reaches it reads `/metrics` and nothing else; empty: none",
    ),
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
    (
        "keyring_file",
        "LILONG_KEYRING_FILE",
        "",
        "a file that holds them instead, closed to others; it must be there, and what changes in it is felt within seconds",
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
    (
        "city_codes",
        "LILONG_CITY_CODES",
        "",
        "codes of others that are taken 随申码等, separated by commas: each a name, how such a code begins, and the address asked",
    ),
    ("city_codes_token", "LILONG_CITY_CODES_TOKEN", "", "the bearer token for those addresses"),
    (
        "files_s3_endpoint",
        "LILONG_FILES_S3_ENDPOINT",
        "",
        "the address of an S3 server that keeps files; empty: the folder files in the data folder",
    ),
    ("files_s3_bucket", "LILONG_FILES_S3_BUCKET", "", "its bucket"),
    ("files_s3_region", "LILONG_FILES_S3_REGION", "us-east-1", "its region"),
    ("files_s3_access_key", "LILONG_FILES_S3_ACCESS_KEY", "", "the access key"),
    ("files_s3_secret_key", "LILONG_FILES_S3_SECRET_KEY", "", "the secret key"),
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
    ("workers", "LILONG_WORKERS", "half the number of cores, at least 2", "threads that speak HTTP"),
    ("drain_seconds", "LILONG_DRAIN_SECONDS", "0", "how long /readyz says no before the server stops"),
    ("log_format", "LILONG_LOG_FORMAT", "text", "text or json"),
    ("log_requests", "LILONG_LOG_REQUESTS", "true", "a line for each request; what failed always has one"),
];

/// Settings that are text whatever they look like: a token of digits only is no number.
const TEXTS: [&str; 15] = [
    "data",
    "keyring_file",
    "owner_database_url",
    "sms_url",
    "sms_token",
    "wechat_appid",
    "wechat_secret",
    "wechat_host",
    "city_codes_token",
    "files_s3_endpoint",
    "files_s3_bucket",
    "files_s3_region",
    "files_s3_access_key",
    "files_s3_secret_key",
    "issuer",
];
/// Settings that are shown to nobody.
pub const SECRETS: [&str; 7] = [
    "sms_token",
    "wechat_secret",
    "city_codes_token",
    "database_url",
    "owner_database_url",
    "files_s3_access_key",
    "files_s3_secret_key",
];

/// The settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "TABLE says what each is")]
pub struct Settings {
    pub bind: SocketAddr,
    pub metrics_bind: Option<SocketAddr>,
    pub data: Option<PathBuf>,
    pub database_url: Option<String>,
    pub owner_database_url: Option<String>,
    pub keyring_file: Option<PathBuf>,
    pub production: bool,
    pub staff_second_factor: bool,
    pub password_profile: Profile,
    pub sms_url: Option<String>,
    pub sms_token: Option<String>,
    pub wechat_appid: Option<String>,
    pub wechat_secret: Option<String>,
    pub wechat_host: String,
    #[serde(deserialize_with = "list")]
    pub city_codes: Vec<String>,
    pub city_codes_token: Option<String>,
    pub files_s3_endpoint: Option<String>,
    pub files_s3_bucket: Option<String>,
    pub files_s3_region: String,
    pub files_s3_access_key: Option<String>,
    pub files_s3_secret_key: Option<String>,
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
    pub log_requests: bool,
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
            metrics_bind: None,
            data: None,
            database_url: None,
            owner_database_url: None,
            keyring_file: None,
            production: false,
            staff_second_factor: true,
            password_profile: Profile::Asvs,
            sms_url: None,
            sms_token: None,
            wechat_appid: None,
            wechat_secret: None,
            wechat_host: "https://api.weixin.qq.com".into(),
            city_codes: Vec::new(),
            city_codes_token: None,
            files_s3_endpoint: None,
            files_s3_bucket: None,
            files_s3_region: "us-east-1".into(),
            files_s3_access_key: None,
            files_s3_secret_key: None,
            issuer: "https://lilong.invalid".into(),
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            rate_per_minute: 600,
            seats: 8,
            job_seats: 2,
            queue: 256,
            // The other half is for the seats and PostgreSQL. One alone would leave a core idle while it writes.
            workers: std::thread::available_parallelism().map_or(2, |cores| cores.get().div_ceil(2).max(2)),
            drain_seconds: 0,
            log_format: LogFormat::Text,
            log_requests: true,
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

    /// Whether the public address is known to speak TLS: a demo on one's own machine does not.
    pub fn has_tls(&self) -> bool {
        self.issuer.starts_with("https://") && self.issuer != Settings::default().issuer
    }
}
