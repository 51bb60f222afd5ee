//! As much SQL as the migrations' rules need.

/// One statement that makes or changes a table or an index; of any other, `table` is empty.
pub struct Statement {
    pub table: String,
    words: Vec<String>,
}

/// A constraint: `CHECK`, `UNIQUE`, `PRIMARY`, `EXCLUDE`, or `REFERENCES` for a foreign key.
pub struct Constraint {
    pub name: Option<String>,
    pub kind: String,
    pub columns: Vec<String>,
}

/// An index without a condition (or with none but `IS NOT NULL`).
pub struct Index {
    pub name: String,
    pub table: String,
    pub columns: Vec<String>,
}

/// The words, brackets, commas and semicolons of a text, without comments; a quoted text is one word, `'`.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |letter: char| letter.is_alphanumeric() || "_.\"".contains(letter);
        let end = if let Some(comment) = rest.strip_prefix("--") {
            comment.find('\n').map_or(rest.len(), |at| at + 2)
        } else if let Some(quoted) = rest.strip_prefix('\'') {
            words.push("'".to_owned());
            quoted.find('\'').map_or(rest.len(), |at| at + 2)
        } else if let Some(quoted) = rest.strip_prefix("$$") {
            words.push("'".to_owned());
            quoted.find("$$").map_or(rest.len(), |at| at + 4)
        } else {
            let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()).max(first.len_utf8());
            words.push(rest.split_at(end).0.to_owned());
            end
        };
        rest = rest.split_at(end).1.trim_start();
    }
    words
}

/// The statements of a migration.
pub fn statements(text: &str) -> Vec<Statement> {
    let words = words(text);
    let parts = words.split(|word| word == ";").filter(|words| !words.is_empty());
    parts.map(|words| Statement { table: table(words), words: words.to_vec() }).collect()
}

fn is(word: Option<&String>, keyword: &str) -> bool {
    word.is_some_and(|word| word.eq_ignore_ascii_case(keyword))
}

fn starts(words: &[String], keywords: &[&str]) -> bool {
    keywords.iter().enumerate().all(|(at, keyword)| is(words.get(at), keyword))
}

fn is_index(words: &[String]) -> bool {
    starts(words, &["CREATE", "INDEX"]) || starts(words, &["CREATE", "UNIQUE", "INDEX"])
}

fn table(words: &[String]) -> String {
    let is_filler =
        |word: &&String| ["ONLY", "IF", "NOT", "EXISTS"].iter().any(|one| word.eq_ignore_ascii_case(one));
    let mut after = if is_index(words) {
        words
            [words.iter().position(|word| word.eq_ignore_ascii_case("ON")).map_or(words.len(), |at| at + 1)..]
            .iter()
    } else if starts(words, &["CREATE", "TABLE"]) || starts(words, &["ALTER", "TABLE"]) {
        words[2..].iter()
    } else {
        return String::new();
    };
    after.find(|word| !is_filler(word)).cloned().unwrap_or_default()
}

/// The first word of each part of the first brackets at or after `from`: `(a, lower(b) DESC)` gives a and lower.
fn columns(words: &[String], from: usize) -> Vec<String> {
    let Some(open) = words.iter().skip(from).position(|word| word == "(") else { return Vec::new() };
    let (mut depth, mut is_first, mut columns) = (1, true, Vec::new());
    for word in &words[from + open + 1..] {
        depth += match word.as_str() {
            "(" => 1,
            ")" => -1,
            _ => 0,
        };
        if depth == 0 {
            break;
        }
        if is_first && word != "(" {
            columns.push(word.clone());
        }
        is_first = depth == 1 && word == "," || is_first && word == "(";
    }
    columns
}

impl Statement {
    /// The table it creates.
    pub fn creates(&self) -> Option<&str> {
        starts(&self.words, &["CREATE", "TABLE"]).then_some(self.table.as_str())
    }

    /// The index it creates.
    pub fn index(&self) -> Option<Index> {
        if !is_index(&self.words) {
            return None;
        }
        let on = self.words.iter().position(|word| word.eq_ignore_ascii_case("ON"))?;
        let condition = self.words.iter().position(|word| word.eq_ignore_ascii_case("WHERE"));
        let is_whole = condition.is_none_or(|at| starts(&self.words[at + 2..], &["IS", "NOT", "NULL"]));
        let columns = if is_whole { columns(&self.words, on) } else { Vec::new() };
        Some(Index { name: self.words[on - 1].clone(), table: self.table.clone(), columns })
    }

    /// The constraints it makes, of columns and of the table.
    pub fn constraints(&self) -> Vec<Constraint> {
        let words = &self.words;
        let base = match (starts(words, &["CREATE", "TABLE"]), starts(words, &["ALTER", "TABLE"])) {
            (true, _) => 1,
            (_, true) => 0,
            _ => return Vec::new(),
        };
        let (mut depth, mut part, mut is_foreign, mut found) = (0, 0, false, Vec::new());
        for (at, word) in words.iter().enumerate() {
            match word.as_str() {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            if depth != base {
                continue;
            }
            if word == "," || word == "(" || word.eq_ignore_ascii_case("ADD") {
                (part, is_foreign) = (at + 1, false);
            }
            let Some(kind) = kind(words, at, is_foreign) else { continue };
            is_foreign = is(Some(word), "FOREIGN");
            found.push(self.constraint(at, part, kind));
        }
        found
    }

    fn constraint(&self, at: usize, part: usize, kind: &str) -> Constraint {
        let words = &self.words;
        let is_named = at >= 2 && is(words.get(at - 2), "CONSTRAINT");
        let start = if is(words.get(part), "COLUMN") { part + 1 } else { part };
        let is_of_table = start == at || is(words.get(start), "CONSTRAINT");
        let columns = match (is_of_table, kind) {
            (true, "CHECK") => Vec::new(),
            (true, _) => columns(words, at),
            (false, _) => vec![words[start].clone()],
        };
        Constraint { name: is_named.then(|| words[at - 1].clone()), kind: kind.to_owned(), columns }
    }
}

/// Which constraint begins here.
fn kind(words: &[String], at: usize, is_foreign: bool) -> Option<&'static str> {
    let here = &words[at..];
    let kinds: [(&[&str], &'static str); 6] = [
        (&["PRIMARY", "KEY"], "PRIMARY"),
        (&["UNIQUE"], "UNIQUE"),
        (&["CHECK"], "CHECK"),
        (&["EXCLUDE"], "EXCLUDE"),
        (&["FOREIGN", "KEY"], "REFERENCES"),
        (&["REFERENCES"], "REFERENCES"),
    ];
    let (_, kind) = kinds.iter().find(|(keywords, _)| starts(here, keywords))?;
    let is_part_of_another = is_foreign && is(here.first(), "REFERENCES");
    (!is_part_of_another).then_some(kind)
}
