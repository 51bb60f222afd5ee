DROP TABLE certificate_stays;
