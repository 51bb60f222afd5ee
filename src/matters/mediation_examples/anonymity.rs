//! Whether a text tells who somebody is. What is known of the parties is looked for in it as people would hide it without meaning to: with
//! spaces and dashes, in full width, in Chinese numerals.

/// What is known of the parties of a case. It is never shown, nor logged.
#[derive(Default)]
pub struct Known {
    /// What they, and who speaks for them, are called.
    pub names: Vec<String>,
    /// Telephone numbers, documents, and the numbers the case is filed under.
    pub numbers: Vec<String>,
    /// Where they live, and what they own.
    pub homes: Vec<Home>,
}

/// A home, as it stands on its door.
#[derive(Default)]
pub struct Home {
    pub estate: String,
    pub building: String,
    pub number: String,
}

/// How somebody is addressed is no name.
const TITLES: [&str; 8] = ["先生", "女士", "小姐", "老师", "师傅", "阿姨", "叔叔", "某某"];
/// What follows the number of a door, or of a house.
const DOORS: [char; 3] = ['室', '户', '号'];
const HOUSES: [char; 5] = ['号', '幢', '栋', '座', '楼'];

impl Known {
    /// Whether a text tells any of it.
    pub fn is_told_by(&self, text: &str) -> bool {
        let (plain, counted) = (plain(text), digits(&plain(text)));
        let runs = runs(text);
        self.names.iter().any(|name| is_named(&plain, name))
            || self.numbers.iter().any(|number| is_numbered(&plain, &counted, number))
            || self.homes.iter().any(|home| is_home(&plain, &counted, &runs, home))
            || runs.iter().any(is_personal)
    }
}

/// A whole name, or the given one.
fn is_named(text: &str, name: &str) -> bool {
    let name = plain(name);
    let letters: Vec<char> = name.chars().collect();
    let given: String = letters.iter().skip(letters.len().saturating_sub(2)).collect();
    let is_han = letters.iter().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter));
    let has_given = is_han && (3..=4).contains(&letters.len()) && !TITLES.contains(&given.as_str());
    letters.len() >= 2 && text.contains(&name) || has_given && text.contains(&given)
}

fn is_numbered(text: &str, counted: &str, number: &str) -> bool {
    // The country's code is not said.
    let number = plain(number.strip_prefix("+86").unwrap_or(number));
    number.len() >= 4 && (text.contains(&number) || counted.contains(&number))
}

fn is_home(text: &str, counted: &str, runs: &[Run], home: &Home) -> bool {
    let (estate, number) = (plain(&home.estate), plain(&home.number));
    let building: String = plain(&home.building).chars().filter(char::is_ascii_alphanumeric).collect();
    let follows = |run: &Run, marks: &[char]| run.next.is_some_and(|next| marks.contains(&next));
    let is_door = |run: &Run| run.text == number && (number.len() >= 3 || follows(run, &DOORS));
    let is_house = |run: &Run| run.text == building && !run.is_day && follows(run, &HOUSES);
    let written_apart = format!("{number}室");
    estate.chars().count() >= 2 && text.contains(&estate)
        || !number.is_empty() && (runs.iter().any(is_door) || ends_at(counted, &written_apart))
        || !building.is_empty() && runs.iter().any(is_house)
}

/// Whether it stands there, and is not the end of a longer number.
fn ends_at(text: &str, wanted: &str) -> bool {
    let is_whole =
        |at: usize| !text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    text.match_indices(wanted).any(|(at, _)| is_whole(at))
}

/// A mobile number or an identity card, whoever's it is.
fn is_personal(run: &Run) -> bool {
    let text = run.text.as_bytes();
    let is_mobile =
        text.len() == 11 && text.starts_with(b"1") && text.get(1).is_some_and(|digit| *digit >= b'3');
    let is_card = text.len() == 18 && text.iter().take(17).all(u8::is_ascii_digit);
    is_mobile && text.iter().all(u8::is_ascii_digit) || is_card
}

/// Letters and digits that stand together.
struct Run {
    text: String,
    next: Option<char>,
    /// Whether it is the day of a date.
    is_day: bool,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Option<Run> = None;
    let mut before = None;
    for letter in text.chars().map(narrow).map(digit) {
        if letter.is_ascii_alphanumeric() {
            let is_day = before == Some('月');
            let run = open.get_or_insert_with(|| Run { text: String::new(), next: None, is_day });
            run.text.push(letter);
        } else if let Some(mut run) = open.take() {
            run.next = Some(letter);
            runs.push(run);
        }
        before = Some(letter);
    }
    runs.extend(open);
    runs
}

/// Letters and digits alone, in one width and one case.
fn plain(text: &str) -> String {
    text.chars().map(narrow).filter(|letter| letter.is_alphanumeric()).collect()
}

fn digits(text: &str) -> String {
    text.chars().map(digit).collect()
}

/// Full width and upper case are the same letter.
fn narrow(letter: char) -> char {
    let narrow = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    narrow.to_ascii_lowercase()
}

/// As numbers are read out: 幺三八.
fn digit(letter: char) -> char {
    match letter {
        '〇' | '零' | '○' => '0',
        '一' | '幺' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        let home = Home { estate: "宝钢五村".into(), building: "247号".into(), number: "502".into() };
        let old = Home { estate: String::new(), building: "3".into(), number: "2".into() };
        Known {
            names: strings(&["陈桂芳", "欧阳建国", "赵先生", "李娜", "上海安居物业有限公司", "x"]),
            numbers: strings(&[
                "+8613800000101",
                "+862112345678",
                "11010519491231002X",
                "310113202603020231",
            ]),
            homes: vec![home, old],
        }
    }

    #[test]
    fn what_tells_who_somebody_is_is_found_however_it_is_written() {
        let told = [
            "陈桂芳称",
            "陈 桂·芳称",
            "桂芳认为",
            "建国认为",
            "李娜",
            "上海安居物业有限公司（物业）",
            "电话13800000101",
            "电话 138-0000-0101",
            "电话１３８００００0１０１",
            "电话幺三八零零零零零幺零幺",
            "电话(021)1234 5678",
            "证号11010519491231002x",
            "警情310113 2026 0302 0231",
            "住502室",
            "住５０２",
            "247-502",
            "五〇二室",
            "5 0 2室",
            "住在宝钢五村",
            "247号的居民",
            "3号楼2室",
            "别人的手机13912345678",
            "别人的证号310101199001011234",
        ];
        for text in told {
            assert!(known().is_told_by(text), "{text}");
        }
    }

    #[test]
    fn a_story_without_them_stays() {
        let fine = "陈某住楼上，赵某住楼下。2026年3月3号报警，赔偿5020元，分三期，每期700.00元。某小区某号楼，夜间22时后不拖动家具。\
                    两位先生握手言和。调解历时2小时，走访12户，第247天回访。";
        assert!(!known().is_told_by(fine));
        assert!(!Known::default().is_told_by("502室"));
    }
}
