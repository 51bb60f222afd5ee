DROP TABLE code_uses;
DROP TABLE check_ins;
