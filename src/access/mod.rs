//! Who calls, and what they may do.

pub mod accounts;
pub mod act;
pub mod actor;
pub mod audit;
pub mod caller;
pub mod codes;
pub mod division;
pub mod files;
pub mod gate;
pub mod jobs;
pub mod identities;
pub mod otps;
pub mod outbox;
pub mod passwords;
pub mod phone;
pub mod policy;
pub mod posts;
pub mod role;
pub mod sessions;
pub mod sms;
pub mod together;
pub mod tokens;
pub mod totp_resets;
pub mod wechat;
pub mod within;
