//! The rules of the ground floor: what can be wrong with any request.

use super::{Kind, Rule};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $kind:ident, $code:literal, $en:literal, $zh:literal;)+) => {
        $($(#[$doc])* pub static $name: Rule = Rule { code: $code, kind: Kind::$kind, en: $en, zh: $zh };)+
        /// The rules of the ground floor, for the catalogue.
        pub static RULES: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    /// The body is no JSON, or no multipart body.
    BODY_MALFORMED = Unreadable, "body-malformed",
        "The request body is not what it says to be.", "请求正文的格式无效。";
    /// A query parameter can't be read.
    QUERY_INVALID = Unreadable, "query-invalid", "A query parameter could not be read.", "查询参数无法识别。";
    /// A path parameter can't be read.
    PATH_INVALID = Unreadable, "path-invalid", "The address could not be read.", "请求地址无法识别。";
    /// A header field can't be read.
    HEADER_INVALID = Unreadable, "header-invalid", "A header field could not be read.", "请求头无法识别。";
    /// The cursor was made by another list, filter or caller, or by nobody.
    CURSOR_INVALID = Unreadable, "cursor-invalid", "This cursor does not belong to this list.", "该游标不属于此列表。";
    /// The operation can't be repaired if sent twice, so it asks for a key.
    IDEMPOTENCY_KEY_MISSING = Unreadable, "idempotency-key-missing",
        "This operation needs an Idempotency-Key header.", "此操作必须带 Idempotency-Key 请求头。";
    /// No token, or none that counts.
    UNAUTHENTICATED = Unauthenticated, "unauthenticated", "Sign in first.", "请先登录。";
    /// Seen, but not allowed.
    FORBIDDEN = Forbidden, "forbidden", "Your post does not allow this.", "您的岗位无权进行此操作。";
    /// Hidden or absent.
    NOT_FOUND = Absent, "not-found", "There is nothing here that you can see.", "未找到，或您无权查看。";
    /// Another method is answered here.
    METHOD_NOT_ALLOWED = WrongMethod, "method-not-allowed",
        "This address does not answer that method.", "此地址不支持该方法。";
    /// The body came too slowly.
    BODY_TOO_SLOW = TooSlow, "body-too-slow", "The request body came too slowly.", "请求正文传输超时。";
    /// The row has moved on.
    VERSION_STALE = Stale, "version-stale",
        "Somebody changed this in the meantime; read it again.", "内容已被他人修改，请重新读取。";
    /// The body is too large.
    BODY_TOO_LARGE = TooLarge, "body-too-large", "The request body is too large.", "请求正文过大。";
    /// The body is by its own word not of the one media type taken here.
    MEDIA_TYPE_UNSUPPORTED = Unsupported, "media-type-unsupported",
        "The request body is of another media type than this operation takes.", "请求正文的媒体类型不受支持。";
    /// A field can't be accepted.
    FIELD_INVALID = Invalid, "field-invalid", "A field could not be accepted.", "有字段无法接受。";
    /// The same key came with another body.
    IDEMPOTENCY_KEY_REUSED = Invalid, "idempotency-key-reused",
        "This Idempotency-Key was used for another request.", "该 Idempotency-Key 已用于另一个请求。";
    /// The first request with this key has not ended.
    IDEMPOTENCY_KEY_IN_USE = Refused, "idempotency-key-in-use",
        "The first request with this Idempotency-Key is still running.", "使用同一 Idempotency-Key 的请求仍在处理中。";
    /// Two people could overwrite each other here.
    IF_MATCH_MISSING = Unconditional, "if-match-missing",
        "Say which version you have seen, in If-Match.", "请在 If-Match 中注明您所见的版本。";
    /// The quota of this caller is used up.
    QUOTA_EXCEEDED = TooMany, "quota-exceeded", "Too many requests; wait a little.", "请求过于频繁，请稍后再试。";
    /// A bug of ours.
    FAULT = Fault, "internal-fault", "Something went wrong on our side.", "服务器内部错误。";
    /// All seats are taken.
    BUSY = Busy, "busy", "The service is busy; try again shortly.", "服务繁忙，请稍后重试。";
    /// The database can't be reached.
    DATABASE_UNREACHABLE = Busy, "database-unreachable",
        "The service is recovering; try again shortly.", "服务正在恢复，请稍后重试。";
}
