//! Subjects 个人信息主体: whose record somebody may act for: their own, or that of a child under 14 whose guardian 监护人 they are.

mod store;
mod wire;

pub use store::{CHILDHOOD, Subject, ever, find, find_ever, is_child, is_kept_by, keeps, own};
pub use wire::{SubjectQuery, SubjectsQuery};
