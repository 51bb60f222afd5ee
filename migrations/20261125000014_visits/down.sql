DROP TABLE visit_plans;
DROP TABLE visit_findings;
DROP TABLE visit_companions;
DROP TABLE visits;
