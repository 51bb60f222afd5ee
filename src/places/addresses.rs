//! Addresses as people write them, brought to one form so that two of them can be compared: 友谊路1588弄.

/// The districts of the map; a test holds the list to `data/divisions/shanghai.csv`.
const DISTRICTS: [&str; 16] = [
    "黄浦区",
    "徐汇区",
    "长宁区",
    "静安区",
    "普陀区",
    "虹口区",
    "杨浦区",
    "闵行区",
    "宝山区",
    "嘉定区",
    "浦东新区",
    "金山区",
    "松江区",
    "青浦区",
    "奉贤区",
    "崇明区",
];

/// Half-width letters and digits, and no white space.
pub fn folded(text: &str) -> String {
    const FULL_TO_HALF: u32 = 0xFEE0;
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - FULL_TO_HALF).unwrap_or(c),
        _ => c,
    };
    text.chars().map(half).filter(|c| !c.is_whitespace()).collect()
}

/// What is left of folded text without the city and the district in front; the text itself if that is nothing.
pub fn without_district(text: &str) -> &str {
    let local = text.strip_prefix("上海市").or_else(|| text.strip_prefix("上海")).unwrap_or(text);
    let local = DISTRICTS.iter().find_map(|district| local.strip_prefix(district)).unwrap_or(local);
    if local.is_empty() { text } else { local }
}

/// An address in the one form: folded, without the city and the district in front.
pub fn plain(text: &str) -> String {
    without_district(&folded(text)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form() {
        for written in
            ["友谊路1588弄", "上海市宝山区友谊路１５８８弄", "宝山区 友谊路 1588 弄", "上海友谊路1588弄"]
        {
            assert_eq!(plain(written), "友谊路1588弄", "{written}");
        }
        assert_eq!(plain("上海市"), "上海市");
        assert_eq!(plain("东区新村"), "东区新村", "which is no district");
        assert_eq!(plain(""), "");
    }

    #[test]
    fn the_districts_are_those_of_the_map() {
        let map = std::fs::read_to_string("data/divisions/shanghai.csv").unwrap();
        let lines = map.lines().filter(|line| line.contains(",district,"));
        let names: Vec<&str> = lines.filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!(names, DISTRICTS);
    }
}
