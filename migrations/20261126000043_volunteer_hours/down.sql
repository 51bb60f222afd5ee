DROP TABLE volunteer_rules;
DROP TABLE hour_disputes;
DROP TABLE volunteer_hours;
DROP FUNCTION volunteer_hours_are_append_only();
DROP TABLE attendance_corrections;
DROP TABLE attendances;
