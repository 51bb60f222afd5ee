//! What settings must be together, and what is made of them.

use std::net::IpAddr;

use actix_web::http::Uri;

use super::{Settings, variable};
use crate::access::codes::city::CityCode;
use crate::access::sms::Gateway;
use crate::access::wechat::Program;
use crate::kit::files::Bucket;

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
    /// What production refuses.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.seats == 0 || self.workers == 0 || self.rate_per_minute == 0 {
            return Err("seats, workers and rate_per_minute must be at least 1".into());
        }
        if self.job_seats < 2 {
            return Err("job_seats must be at least 2: a job that takes long must not hold up health".into());
        }
        if self.bind.port() != 0 && self.metrics_bind == Some(self.bind) {
            return Err("LILONG_METRICS_BIND must be another address than LILONG_BIND".into());
        }
        if self.wechat_appid.is_some() != self.wechat_secret.is_some() {
            return Err("LILONG_WECHAT_APPID and LILONG_WECHAT_SECRET go together".into());
        }
        let has_keyring = variable("LILONG_KEYRING").is_some();
        if has_keyring && self.keyring_file.is_some() {
            return Err("LILONG_KEYRING and LILONG_KEYRING_FILE exclude each other".into());
        }
        let city_codes = self.known_city_codes()?;
        self.check_files()?;
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
                city_codes.iter().any(|city| !is_private(&city.url)),
                "LILONG_CITY_CODES has an address that is not https://: people's codes would cross the network in the open",
            ),
            (
                !has_keyring && self.keyring_file.is_none(),
                "LILONG_KEYRING or LILONG_KEYRING_FILE is missing: `lilong keys generate` prints one",
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

    /// The codes of others that are taken.
    pub fn known_city_codes(&self) -> Result<Vec<CityCode>, String> {
        let read = |text: &String| text.parse().map_err(|error| format!("LILONG_CITY_CODES: {error}"));
        self.city_codes.iter().map(read).collect()
    }

    /// A bucket is named in full, and no secret goes over a network in the clear, in production or not.
    fn check_files(&self) -> Result<(), String> {
        let named = [
            ("LILONG_FILES_S3_ENDPOINT", &self.files_s3_endpoint),
            ("LILONG_FILES_S3_BUCKET", &self.files_s3_bucket),
            ("LILONG_FILES_S3_ACCESS_KEY", &self.files_s3_access_key),
            ("LILONG_FILES_S3_SECRET_KEY", &self.files_s3_secret_key),
        ];
        if named.iter().all(|(_, value)| value.is_none()) {
            return Ok(());
        }
        if let Some((name, _)) = named.iter().find(|(_, value)| value.is_none()) {
            return Err(format!("{name} is missing: an S3 bucket needs address, name and keys"));
        }
        match self.files_s3_endpoint.as_deref().is_some_and(is_private) {
            true => Ok(()),
            false => Err("LILONG_FILES_S3_ENDPOINT must be https://, or http:// of this machine".into()),
        }
    }

    /// The bucket that keeps files, where one is named.
    pub fn bucket(&self) -> Option<Bucket> {
        Some(Bucket {
            endpoint: self.files_s3_endpoint.clone()?,
            name: self.files_s3_bucket.clone()?,
            region: self.files_s3_region.clone(),
            access_key: self.files_s3_access_key.clone()?,
            secret_key: self.files_s3_secret_key.clone()?,
        })
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
