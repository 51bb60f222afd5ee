ALTER TABLE visit_plans DROP COLUMN label_id;
