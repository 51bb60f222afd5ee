DROP TABLE pledge_reports;
DROP TABLE pledge_uses;
DROP TABLE pledges;
