ALTER TABLE building_group_titles DROP COLUMN withdrawn_on;
DROP TABLE recognition_objections;
DROP TABLE recognition_points;
DROP TABLE recognitions;
DROP TABLE recognition_rules;
