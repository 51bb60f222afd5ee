DROP TABLE disclosures;
DROP TABLE residents;
