//! What can go wrong, free of HTTP: a [`Rule`] names it in two languages, a [`Problem`] is one occurrence.

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// What everything that can fail answers.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// Who must act on a problem, which decides the status code of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 400: the request could not be read.
    Unreadable,
    /// 401: who are you.
    Unauthenticated,
    /// 403: seen, but not allowed.
    Forbidden,
    /// 404: hidden or absent; which of the two is not told.
    Absent,
    /// 405: another method is.
    WrongMethod,
    /// 408: the request came too slowly.
    TooSlow,
    /// 409: refused by a rule of the field.
    Refused,
    /// 412: somebody else was faster.
    Stale,
    /// 413: too much.
    TooLarge,
    /// 415: not JSON.
    Unsupported,
    /// 422: read, but a field can't be accepted.
    Invalid,
    /// 428: say which version you have seen.
    Unconditional,
    /// 429: come back later, you.
    TooMany,
    /// 500: our fault.
    Fault,
    /// 503: come back later, all.
    Busy,
}

/// One thing that can be refused, with its stable code. Features declare them as constants.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// kebab-case, the resource first: `building-group-name-taken`. Never translated, never reused.
    pub code: &'static str,
    /// Who must act on it.
    pub kind: Kind,
    /// What a person reads, in English.
    pub en: &'static str,
    /// What a person reads, in Chinese.
    pub zh: &'static str,
}

impl Rule {
    /// A rule of the field that refuses: 409.
    pub const fn refused(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
        Rule { code, kind: Kind::Refused, en, zh }
    }

    /// A field that can't be accepted: 422.
    pub const fn invalid(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
        Rule { code, kind: Kind::Invalid, en, zh }
    }

    /// This rule, broken by the field at a JSON pointer such as `/phone`.
    pub fn at(&'static self, pointer: impl Into<String>) -> Problem {
        Problem::from(self).with(Fault {
            place: Place::Pointer(pointer.into()),
            code: self.code,
            detail: None,
        })
    }
}

/// Where in the request a fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A JSON pointer into the body.
    Pointer(String),
    /// A query or path parameter.
    Parameter(String),
    /// A header field.
    Header(&'static str),
}

/// One fault of a request, so that a form can mark the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it lies.
    pub place: Place,
    /// Its code.
    pub code: &'static str,
    /// What is wrong with it, in English, when the code's text does not say enough.
    pub detail: Option<String>,
}

/// One occurrence of a rule being broken. Small, because every `Result` carries one.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug)]
struct Inner {
    rule: &'static Rule,
    detail: Option<String>,
    faults: Vec<Fault>,
    retry_after: Option<u64>,
    cause: Option<String>,
}

impl Problem {
    /// The rule broken.
    pub fn rule(&self) -> &'static Rule {
        self.0.rule
    }

    /// More than the rule's own text, in English.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The faults found, where they lie.
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// After how many seconds to come back.
    pub fn retry_after(&self) -> Option<u64> {
        self.0.retry_after
    }

    /// What happened behind it: for the log, never for the caller.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// Says more, in English. Never personal data.
    pub fn saying(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds a fault.
    pub fn with(mut self, fault: Fault) -> Self {
        self.0.faults.push(fault);
        self
    }

    /// Says when to come back, in seconds.
    pub fn after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// Notes what happened behind it, for the log.
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// Our own fault, with its cause for the log.
    pub fn fault(cause: impl fmt::Display) -> Self {
        Problem::from(&FAULT).because(cause)
    }

    /// Whether the connection to the database broke, so that a read may be tried again on another.
    pub fn is_lost_connection(&self) -> bool {
        std::ptr::eq(self.rule(), &DATABASE_UNREACHABLE)
    }

    fn busy(rule: &'static Rule, cause: impl fmt::Display) -> Self {
        Problem::from(rule).after(1).because(cause)
    }
}

impl From<&'static Rule> for Problem {
    fn from(rule: &'static Rule) -> Self {
        Problem(Box::new(Inner { rule, detail: None, faults: Vec::new(), retry_after: None, cause: None }))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule().code, self.cause().or(self.detail()).unwrap_or(self.rule().en))
    }
}

impl std::error::Error for Problem {}

impl From<DieselError> for Problem {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Problem::from(&NOT_FOUND),
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                info,
            ) => Problem::busy(&DATABASE_UNREACHABLE, info.message()),
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, info) => {
                Problem::busy(&BUSY, info.message())
            }
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => from_message(info.message()),
            DieselError::BrokenTransactionManager => Problem::busy(&DATABASE_UNREACHABLE, error),
            _ => Problem::fault(error),
        }
    }
}

/// libpq gives diesel no SQLSTATE for these, so the (untranslated) messages are read.
fn from_message(message: &str) -> Problem {
    const WAITED: [&str; 3] = ["due to statement timeout", "due to lock timeout", "deadlock detected"];
    const GONE: [&str; 5] = [
        "terminating connection",
        "server closed the connection",
        "the database system is",
        "connection to server",
        "no connection to the server",
    ];
    if WAITED.iter().any(|part| message.contains(part)) {
        Problem::busy(&BUSY, message)
    } else if GONE.iter().any(|part| message.contains(part)) {
        Problem::busy(&DATABASE_UNREACHABLE, message)
    } else {
        Problem::fault(message)
    }
}

/// Names the rule that a violated constraint stands for. Any other violation stays a fault of ours.
pub trait OnConstraint<T> {
    /// If the named constraint was violated, the rule was broken.
    fn on_constraint(self, constraint: &str, rule: &'static Rule) -> Result<T>;

    /// The same for several: constraint, rule, and the field at fault (`""` where it is none).
    fn on_constraints(self, rules: &[(&str, &'static Rule, &str)]) -> Result<T>;
}

impl<T> OnConstraint<T> for std::result::Result<T, DieselError> {
    fn on_constraint(self, constraint: &str, rule: &'static Rule) -> Result<T> {
        self.on_constraints(&[(constraint, rule, "")])
    }

    fn on_constraints(self, rules: &[(&str, &'static Rule, &str)]) -> Result<T> {
        self.map_err(|error| {
            let violated = match &error {
                DieselError::DatabaseError(_, info) => info.constraint_name(),
                _ => None,
            };
            match rules.iter().find(|(constraint, ..)| violated == Some(*constraint)) {
                Some((_, rule, "")) => (*rule).into(),
                Some((_, rule, pointer)) => rule.at(*pointer),
                None => error.into(),
            }
        })
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $kind:ident, $code:literal, $en:literal, $zh:literal;)+) => {
        $($(#[$doc])* pub static $name: Rule = Rule { code: $code, kind: Kind::$kind, en: $en, zh: $zh };)+
        /// The rules of the ground floor, for the catalogue.
        pub static RULES: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    /// The body is no JSON.
    BODY_MALFORMED = Unreadable, "body-malformed", "The request body is not valid JSON.", "请求正文不是有效的 JSON。";
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
    /// The body is not JSON by its own word.
    MEDIA_TYPE_UNSUPPORTED = Unsupported, "media-type-unsupported",
        "The body must be application/json.", "请求正文必须是 application/json。";
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

impl Problem {
    /// The same once more: actix takes errors by reference.
    pub(super) fn duplicate(&self) -> Problem {
        let Inner { rule, detail, faults, retry_after, cause } = &*self.0;
        Problem(Box::new(Inner {
            rule,
            detail: detail.clone(),
            faults: faults.clone(),
            retry_after: *retry_after,
            cause: cause.clone(),
        }))
    }
}
