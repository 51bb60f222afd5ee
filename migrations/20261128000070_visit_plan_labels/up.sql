-- Whom to visit may be told by a label 标签, beside the target: only those of it who carry the label.
ALTER TABLE visit_plans ADD COLUMN label_id UUID CONSTRAINT visit_plans_label_id_fkey REFERENCES labels (id);
CREATE INDEX visit_plans_label_id_idx ON visit_plans (label_id);
