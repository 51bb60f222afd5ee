//! Importing the default categories from `data/categories/*.csv`.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{CategoryId, NewCategory, QuestionDatatype, QuestionRow};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::schema::{petition_categories, petition_questions};

/// One line of `default.csv`.
#[derive(Clone, Debug, Deserialize)]
pub struct CategoryLine {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// What to write, and what to show.
    pub guidance: String,
    /// Whether evidence is asked for.
    pub is_evidence_asked: bool,
    /// Whether it goes the fast way.
    pub is_fast: bool,
}

/// One line of `questions.csv`.
#[derive(Clone, Debug, Deserialize)]
pub struct QuestionLine {
    /// The category's code.
    pub category: String,
    /// The question's code.
    pub code: String,
    /// What is asked.
    pub label: String,
    /// What kind of answer is wanted.
    pub datatype: QuestionDatatype,
    /// The choices, with `|` between them.
    pub choices: String,
    /// Whether it must be answered.
    pub is_required: bool,
}

/// Enters the city's categories, with their questions, where their codes are not taken yet: what people changed stays.
/// Answers how many were entered.
pub fn import(
    conn: &mut PgConnection,
    categories: &[CategoryLine],
    questions: &[QuestionLine],
    now: DateTime<Utc>,
) -> Result<usize> {
    let new = |line: &CategoryLine| NewCategory {
        id: CategoryId::new(),
        division: Division::SHANGHAI,
        code: line.code.clone(),
        name: line.name.clone(),
        guidance: line.guidance.clone(),
        is_evidence_asked: line.is_evidence_asked,
        is_fast: line.is_fast,
        is_active: true,
        created_at: now,
        updated_at: now,
    };
    let rows: Vec<NewCategory> = categories.iter().map(new).collect();
    let entered: Vec<(String, CategoryId)> = diesel::insert_into(petition_categories::table)
        .values(&rows)
        .on_conflict(petition_categories::code)
        .do_nothing()
        .returning((petition_categories::code, petition_categories::id))
        .get_results(conn)?;
    let asked: Vec<QuestionRow> =
        entered.iter().flat_map(|(code, id)| asked_by(code, *id, questions)).collect();
    diesel::insert_into(petition_questions::table).values(&asked).execute(conn)?;
    Ok(entered.len())
}

fn asked_by<'a>(
    category: &'a str,
    id: CategoryId,
    questions: &'a [QuestionLine],
) -> impl Iterator<Item = QuestionRow> + 'a {
    let own = questions.iter().filter(move |line| line.category == category);
    own.zip(0..).map(move |(line, position)| QuestionRow {
        category_id: id,
        position,
        code: line.code.clone(),
        label: line.label.clone(),
        datatype: line.datatype,
        choices: line
            .choices
            .split('|')
            .filter(|one| !one.is_empty())
            .map(|one| Some(one.to_owned()))
            .collect(),
        is_required: line.is_required,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs::File;

    use super::super::rules::must_be_askable;
    use super::*;

    #[test]
    fn the_default_questions_belong_to_the_default_categories_and_can_be_asked() {
        let read = |name: &str| File::open(format!("data/categories/{name}.csv")).unwrap();
        let categories: Vec<CategoryLine> = crate::kit::lines::read(read("default")).unwrap();
        let questions: Vec<QuestionLine> = crate::kit::lines::read(read("questions")).unwrap();
        let known: BTreeSet<&str> = categories.iter().map(|line| line.code.as_str()).collect();
        assert!(known.len() == categories.len() && known.contains("high_altitude_throwing"));
        assert!(questions.iter().all(|line| known.contains(line.category.as_str())));
        for code in known {
            let asked: Vec<QuestionRow> = asked_by(code, CategoryId::new(), &questions).collect();
            assert!(asked.len() <= 20 && must_be_askable(&asked).is_ok(), "{code}");
        }
    }
}
