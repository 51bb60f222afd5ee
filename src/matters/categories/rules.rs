//! What must hold of a category, and of what is answered to its questions.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{QuestionDatatype, QuestionRow};
use crate::kit::day::Day;
use crate::kit::problem::{Result, Rule};
use crate::kit::text::Line;

/// A code is used once in the city.
pub static CODE_TAKEN: Rule = Rule::refused(
    "petition-category-code-taken",
    "Another category of petitions has this code already.",
    "已有相同代码的诉求类别。",
);
/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("petition-category-division-unknown", "There is no such division.", "没有该区划。");
/// Two questions of one code could not be told apart.
pub static QUESTION_TWICE: Rule = Rule::invalid(
    "petition-question-code-twice",
    "Another question of this category has this code already.",
    "该类别已有相同代码的问题。",
);
/// Who chooses needs choices, and nobody else does.
pub static CHOICES_UNFIT: Rule = Rule::invalid(
    "petition-question-choices-unfit",
    "A question of choice has choices, no two alike; a question of another kind has none.",
    "单选问题须有互不相同的选项，其他问题不得有选项。",
);
/// The category asks nothing of the kind.
pub static FACT_UNKNOWN: Rule = Rule::invalid(
    "petition-fact-unknown",
    "The category has no question of this code.",
    "该诉求类别没有此问题。",
);
/// A question that must be answered was not.
pub static FACT_MISSING: Rule = Rule::invalid(
    "petition-fact-missing",
    "The category asks this, and it must be answered.",
    "该问题为必答，请填写。",
);
/// The answer is none to this question.
pub static FACT_INVALID: Rule = Rule::invalid(
    "petition-fact-invalid",
    "This is no answer to the question: a number, a day, one of the choices, or up to 500 characters of one line.",
    "回答与问题不符：须为数字、日期、所列选项之一，或不超过 500 字的单行文字。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &CODE_TAKEN,
    &DIVISION_UNKNOWN,
    &QUESTION_TWICE,
    &CHOICES_UNFIT,
    &FACT_UNKNOWN,
    &FACT_MISSING,
    &FACT_INVALID,
];

/// Refuses questions that could not be asked.
pub fn must_be_askable(questions: &[QuestionRow]) -> Result<()> {
    let mut codes = BTreeSet::new();
    for (at, question) in questions.iter().enumerate() {
        if !codes.insert(&question.code) {
            return Err(QUESTION_TWICE.at(format!("/questions/{at}/code")));
        }
        let distinct: BTreeSet<_> = question.choices.iter().collect();
        let is_choice = question.datatype == QuestionDatatype::Choice;
        if is_choice == question.choices.is_empty() || distinct.len() != question.choices.len() {
            return Err(CHOICES_UNFIT.at(format!("/questions/{at}/choices")));
        }
    }
    Ok(())
}

/// Refuses answers that the questions did not ask for, and the lack of those that they did. An answer is what the person
/// sent, by the question's code: a number as `-12.5`, a day as `2026-05-20`.
pub fn check_answers(questions: &[QuestionRow], answers: &BTreeMap<String, String>) -> Result<()> {
    for (code, answer) in answers {
        let asked = questions.iter().find(|question| question.code == *code);
        let question = asked.ok_or_else(|| FACT_UNKNOWN.at(pointer(code)))?;
        if !is_answer(question, answer) {
            return Err(FACT_INVALID.at(pointer(code)));
        }
    }
    let is_missing = |question: &&QuestionRow| question.is_required && !answers.contains_key(&question.code);
    let missing = questions.iter().find(is_missing);
    missing.map_or(Ok(()), |question| Err(FACT_MISSING.at(pointer(&question.code))))
}

fn pointer(code: &str) -> String {
    format!("/facts/{}", code.replace('~', "~0").replace('/', "~1"))
}

fn is_answer(question: &QuestionRow, answer: &str) -> bool {
    match question.datatype {
        QuestionDatatype::Text => Line::<500>::new(answer).is_ok_and(|line| *line == *answer),
        QuestionDatatype::Number => is_number(answer),
        QuestionDatatype::Date => Day::parse(answer).is_ok(),
        QuestionDatatype::Choice => question.choices.iter().flatten().any(|choice| choice == answer),
    }
}

/// Up to twelve digits before the point and six behind.
fn is_number(text: &str) -> bool {
    let is_digits =
        |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, part)) => is_digits(whole, 12) && is_digits(part, 6),
        None => is_digits(text, 12),
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::CategoryId;
    use super::*;

    fn question(code: &str, datatype: QuestionDatatype, is_required: bool, choices: &[&str]) -> QuestionRow {
        QuestionRow {
            category_id: CategoryId::new(),
            position: 0,
            code: code.into(),
            label: code.into(),
            datatype,
            choices: choices.iter().map(|choice| Some((*choice).to_owned())).collect(),
            is_required,
        }
    }

    fn told(answers: &[(&str, &str)]) -> (&'static str, String) {
        let questions = [
            question("day", QuestionDatatype::Date, true, &[]),
            question("floor", QuestionDatatype::Number, false, &[]),
            question("pet", QuestionDatatype::Choice, false, &["犬", "猫"]),
            question("what", QuestionDatatype::Text, false, &[]),
        ];
        let answers = answers.iter().map(|(code, answer)| ((*code).to_owned(), (*answer).to_owned()));
        match check_answers(&questions, &answers.collect()) {
            Ok(()) => ("", String::new()),
            Err(problem) => (problem.rule().code, format!("{:?}", problem.faults()[0].place)),
        }
    }

    #[test]
    fn answers_fit_their_questions() {
        let day = ("day", "2026-05-20");
        assert_eq!(told(&[day]).0, "");
        assert_eq!(told(&[day, ("floor", "-1"), ("pet", "犬"), ("what", "一只花盆")]).0, "");
        assert_eq!(told(&[day, ("floor", "12.50")]).0, "");
        let missing = ("petition-fact-missing", r#"Pointer("/facts/day")"#.to_owned());
        assert_eq!(told(&[("floor", "3")]), missing);
        let unknown = ("petition-fact-unknown", r#"Pointer("/facts/a~1b")"#.to_owned());
        assert_eq!(told(&[day, ("a/b", "3")]), unknown);
        let long = "长".repeat(501);
        for wrong in [
            ("day", "2026-13-01"),
            ("day", ""),
            ("floor", "1e3"),
            ("floor", "一"),
            ("floor", "1."),
            ("floor", "١"),
            ("pet", "鸟"),
            ("what", ""),
            ("what", " 两边有空格 "),
            ("what", "两\n行"),
            ("what", long.as_str()),
        ] {
            let fault =
                told(&[day, wrong].into_iter().collect::<BTreeMap<_, _>>().into_iter().collect::<Vec<_>>());
            let expected = ("petition-fact-invalid", format!(r#"Pointer("/facts/{}")"#, wrong.0));
            assert_eq!(fault, expected, "{wrong:?}");
        }
    }

    #[test]
    fn questions_can_be_asked() {
        let check = |questions: &[QuestionRow]| must_be_askable(questions).map_err(|p| p.rule().code);
        let pet = |choices: &[&str]| question("pet", QuestionDatatype::Choice, true, choices);
        assert!(check(&[pet(&["犬", "猫"]), question("floor", QuestionDatatype::Number, true, &[])]).is_ok());
        for unfit in [pet(&[]), pet(&["犬", "犬"]), question("floor", QuestionDatatype::Number, true, &["1"])]
        {
            assert_eq!(check(&[unfit]), Err("petition-question-choices-unfit"));
        }
        assert_eq!(check(&[pet(&["犬"]), pet(&["猫"])]), Err("petition-question-code-twice"));
    }
}
