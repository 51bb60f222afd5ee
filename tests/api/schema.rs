//! `src/schema.rs` against the schema as PostgreSQL has it.

use crate::support::Town;

#[test]
fn the_committed_schema_is_the_migrated_one() {
    let town = Town::new();
    let committed = include_str!("../../src/schema.rs");
    let tables = town.count(
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_%'",
    );
    assert_eq!(committed.matches("diesel::table!").count() as i64, tables);
    let columns = town.text(
        "SELECT string_agg(column_name || ' -> ' || CASE is_nullable WHEN 'YES' THEN 'Nullable<' ELSE '' END, E'\\n')
         FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'",
    );
    for column in columns.lines() {
        assert!(committed.contains(column), "src/schema.rs lacks {column}: diesel print-schema");
    }
}
