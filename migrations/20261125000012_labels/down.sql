DROP TABLE data_grant_reads;
DROP TABLE data_grants;
DROP TABLE resident_health;
DROP TABLE label_count_deltas;
DROP TABLE label_counts;
DROP TABLE resident_labels;
DROP TABLE labels;
