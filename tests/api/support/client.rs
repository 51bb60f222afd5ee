//! A small client; every answer is held against the OpenAPI document.

use std::time::Duration;

use serde_json::Value;

use super::{Person, Town, contract};

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
    pub text: String,
    pub bytes: Vec<u8>,
}

/// The boundary of the multipart bodies made here.
pub const BOUNDARY: &str = "lilong-lane";

/// A multipart body of parts: name, file name, bytes.
pub fn multipart(boundary: &str, parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (part, name, content) in parts {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\
             Content-Type: application/x-whatever\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

impl Reply {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The problem's code.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// Asserts status and code of a problem.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.text);
        self
    }

    /// The same, and the field at fault.
    #[track_caller]
    pub fn is_problem_at(&self, status: u16, code: &str, pointer: &str) -> &Self {
        self.is_problem(status, code);
        assert_eq!(self.body["errors"][0]["pointer"], pointer, "{}", self.text);
        self
    }

    /// Asserts the status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

/// A request about to be sent.
pub struct Call<'a> {
    town: &'a Town,
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Town {
    pub fn call(&self, method: &'static str, path: &str) -> Call<'_> {
        Call { town: self, method, path: path.to_owned(), headers: Vec::new(), body: None }
    }

    pub fn get(&self, path: &str) -> Call<'_> {
        self.call("GET", path)
    }

    /// Reads the second page of a list by the `Link` of its first.
    #[track_caller]
    pub fn follow_link(&self, path: &str, by: &Person) -> Reply {
        let first = self.get(path).by(by).send();
        let link = first.is(200).header("link");
        let next = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
        let second = self.get(next.expect("a link to the next page")).by(by).send();
        assert_ne!(second.is(200).body["items"], first.body["items"], "{path}");
        second
    }

    pub fn post(&self, path: &str, body: Value) -> Call<'_> {
        self.call("POST", path).json(&body)
    }

    pub fn patch(&self, path: &str, version: &str, body: Value) -> Call<'_> {
        self.call("PATCH", path).header("If-Match", version).json(&body)
    }

    /// One file, as `wx.uploadFile` sends it.
    pub fn upload(&self, name: &str, content: &[u8]) -> Call<'_> {
        self.post_parts(BOUNDARY, &[("file", name, content)])
    }

    /// A multipart body of any parts.
    pub fn post_parts(&self, boundary: &str, parts: &[(&str, &str, &[u8])]) -> Call<'_> {
        let media = format!("multipart/form-data; boundary={boundary}");
        self.call("POST", "/v1/files").bytes(&media, multipart(boundary, parts))
    }

    pub fn put(&self, path: &str, version: &str, body: Value) -> Call<'_> {
        self.call("PUT", path).header("If-Match", version).json(&body)
    }
}

impl Call<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn by(self, person: &Person) -> Self {
        let token = format!("Bearer {}", person.token);
        self.header("Authorization", &token)
    }

    pub fn token(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub fn json(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string().into_bytes())
    }

    pub fn bytes(mut self, media: &str, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self.header("Content-Type", media)
    }

    /// Sends it, and holds the answer against the document. An address that it names is one that can be read.
    #[track_caller]
    pub fn send(self) -> Reply {
        let (method, path) = (self.method, self.path.clone());
        let reply = self.send_unchecked();
        contract::check(method, &path, &reply);
        let named = reply.header("location");
        let is_there = named.is_empty() || contract::operation("GET", named).is_some();
        assert!(is_there, "{method} {path} names {named}, which nobody can read");
        reply
    }

    /// Sends it and tells the coding and the size of what came, as it came.
    pub fn send_raw_size(self) -> (String, usize) {
        let reply = self.fetch(false);
        (
            reply.header("content-encoding").to_owned(),
            reply.header("content-length").parse().expect("a length"),
        )
    }

    /// Sends it without asking what the document says: for what is no operation.
    pub fn send_unchecked(self) -> Reply {
        self.fetch(true)
    }

    fn fetch(self, reads_body: bool) -> Reply {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(30)))
            .max_redirects(0)
            .build();
        let mut request = ureq::http::Request::builder()
            .method(self.method)
            .uri(format!("{}{}", self.town.address, self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let agent = ureq::Agent::new_with_config(config);
        let request = request.body(self.body.unwrap_or_default()).expect("a request");
        let mut answer = agent.run(request).expect("an answer");
        let mut read = || answer.body_mut().with_config().limit(32 << 20).read_to_vec().expect("a body");
        let bytes = if reads_body { read() } else { Vec::new() };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Reply {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
            bytes,
        }
    }
}
