//! The privacy notice 个人信息处理告知: its text is part of the program, so that a version is what it says.

/// The version in force. Another text has another number.
pub const VERSION: i32 = 1;
/// Since when it is in force.
pub const IN_FORCE_FROM: &str = "2026-12-01";
/// In Chinese, which decides.
pub const CHINESE: &str = include_str!("../../../data/privacy/notice.zh.md");
/// In English.
pub const ENGLISH: &str = include_str!("../../../data/privacy/notice.en.md");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_state_their_version() {
        assert!(CHINESE.contains(&format!("版本：{VERSION}　生效日期：{IN_FORCE_FROM}")));
        assert!(ENGLISH.contains(&format!("Version: {VERSION} · In force from: {IN_FORCE_FROM}")));
    }
}
