//! Names of people: what a name may be, and how it is found by 拼音.

use std::ops::Deref;

use pinyin::ToPinyin;
use serde::{Deserialize, Deserializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

const LONGEST: usize = 60;

/// Surnames that are read in another way than the character elsewhere.
const SURNAMES: &[(&str, &[&str])] = &[
    ("尉迟", &["yu", "chi"]),
    ("万俟", &["mo", "qi"]),
    ("长孙", &["zhang", "sun"]),
    ("单于", &["chan", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("区", &["ou"]),
    ("盖", &["ge"]),
    ("朴", &["piao"]),
    ("覃", &["qin"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("翟", &["zhai"]),
    ("秘", &["bi"]),
    ("折", &["she"]),
    ("黑", &["he"]),
    ("缪", &["miao"]),
    ("乐", &["yue"]),
    ("员", &["yun"]),
    ("召", &["shao"]),
    ("洗", &["xian"]),
    ("繁", &["po"]),
    ("逄", &["pang"]),
    ("宓", &["fu"]),
    ("尹", &["yin"]),
];

/// A person's name: letters of any script, and what joins them (`·`, space, hyphen, apostrophe, full stop).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name. The dots that keyboards offer for `·` are taken for it.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let name: String = text
            .trim()
            .chars()
            .map(|c| if matches!(c, '•' | '・' | '‧' | '∙' | '．') { '·' } else { c })
            .collect();
        let is_part = |c: char| c.is_alphabetic() || matches!(c, '·' | ' ' | '-' | '\'' | '’' | '.');
        if !name.chars().all(is_part) || !name.chars().any(char::is_alphabetic) {
            return Err("a name has letters, and · - ' . or spaces between them");
        }
        if name.chars().count() > LONGEST {
            Err("a name has at most 60 characters")
        } else {
            Ok(PersonName(name))
        }
    }

    /// The name itself.
    pub fn into_inner(self) -> String {
        self.0
    }

    /// How it is read 拼音: `王小明` is `wangxiaoming`, and its initials `wxm`.
    pub fn reading(&self) -> Reading {
        let surname = SURNAMES.iter().find(|(surname, _)| self.0.starts_with(surname));
        let (skip, known) =
            surname.map_or((0, &[][..]), |(surname, reading)| (surname.chars().count(), *reading));
        let mut reading = Reading::default();
        for syllable in known {
            reading.add(syllable);
        }
        let mut is_inside = false;
        for letter in self.0.chars().skip(skip) {
            match letter.to_pinyin() {
                Some(pinyin) => reading.add(&pinyin.plain().replace('ü', "v")),
                None if letter.is_ascii_alphabetic() && is_inside => {
                    reading.pinyin.push(letter.to_ascii_lowercase());
                }
                None if letter.is_ascii_alphabetic() => {
                    reading.add(letter.to_ascii_lowercase().encode_utf8(&mut [0; 4]));
                }
                None => {}
            }
            // A word of Latin letters has one initial.
            is_inside = letter.is_ascii_alphabetic();
        }
        reading
    }
}

/// A name in Latin letters, to be found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// All of it: `wangxiaoming`.
    pub pinyin: String,
    /// The first letter of each syllable: `wxm`.
    pub initials: String,
}

impl Reading {
    fn add(&mut self, syllable: &str) {
        self.pinyin.push_str(syllable);
        self.initials.extend(syllable.chars().next());
    }
}

impl Deref for PersonName {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for PersonName {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        PersonName::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for PersonName {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(LONGEST))
            // In words: what \p{L} means, few generators of clients know.
            .description(Some("Letters of any script, with · ’ . - and spaces between them."))
            .examples([serde_json::json!("陈桂芳")])
            .into()
    }
}

impl ToSchema for PersonName {}

/// The beginning of a name: at least two characters, Chinese or 拼音.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameStart {
    /// Characters, as written.
    Written(String),
    /// Latin letters, as read.
    Read(String),
}

impl NameStart {
    /// Reads it.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let is_read = text.is_ascii();
        let start: String =
            if is_read { text.chars().filter(char::is_ascii_alphabetic).collect() } else { text.to_owned() };
        let is_long_enough =
            (2..=LONGEST).contains(&start.chars().count()) && !start.contains(char::is_control);
        match is_read {
            _ if !is_long_enough => Err("the beginning of a name has 2 to 60 characters"),
            true => Ok(NameStart::Read(start.to_ascii_lowercase())),
            false => Ok(NameStart::Written(start)),
        }
    }
}

impl<'de> Deserialize<'de> for NameStart {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        NameStart::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

/// The first letters of a name's syllables, at least two: `wxm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initials(String);

impl Initials {
    /// The letters, small.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl<'de> Deserialize<'de> for Initials {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let is_ok = (2..=LONGEST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic());
        if is_ok {
            Ok(Initials(text.to_ascii_lowercase()))
        } else {
            Err(serde::de::Error::custom("2 to 60 Latin letters"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> (String, String) {
        let reading = PersonName::new(name).unwrap().reading();
        (reading.pinyin, reading.initials)
    }

    #[test]
    fn names_are_read_as_people_say_them() {
        assert_eq!(read("王小明"), ("wangxiaoming".into(), "wxm".into()));
        assert_eq!(read("吕绿"), ("lvlv".into(), "ll".into()));
        assert_eq!(read("单雄信"), ("shanxiongxin".into(), "sxx".into()));
        assert_eq!(read("尉迟恭"), ("yuchigong".into(), "ycg".into()));
        assert_eq!(read("阿布都热合曼·买买提").1, "abdrhmmmt");
        assert_eq!(read("Mary O'Neill"), ("maryoneill".into(), "mon".into()));
    }

    #[test]
    fn names_of_every_script_and_rare_characters_are_names_and_emoji_are_not() {
        let long = format!("{}·{}", "阿".repeat(29), "买".repeat(30));
        for name in ["𠮷野", "〇〇", "阿依古丽•艾力", "José", "김철수", long.as_str()] {
            assert!(PersonName::new(name).is_ok(), "{name}");
        }
        for name in ["", " ", "😀", "王😀", "王1", "·", "王\u{0}", "=SUM(A1)", "@王", &"王".repeat(61)]
        {
            assert!(PersonName::new(name).is_err(), "{name:?}");
        }
        assert_eq!(&*PersonName::new("阿依古丽•艾力").unwrap(), "阿依古丽·艾力");
    }

    #[test]
    fn the_beginning_of_a_name_has_two_characters() {
        assert_eq!(NameStart::new("王小"), Ok(NameStart::Written("王小".into())));
        assert_eq!(NameStart::new("Wang x"), Ok(NameStart::Read("wangx".into())));
        assert!(NameStart::new("王").is_err() && NameStart::new("w").is_err() && NameStart::new("").is_err());
    }
}
