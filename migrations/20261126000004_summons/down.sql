DROP TABLE inbox_items;
DROP TABLE summons;
