DROP TABLE import_faults, import_keys, imports;
