DROP TABLE mediation_subsidies;
DROP FUNCTION mediation_subsidies_are_append_only();
DROP FUNCTION mediation_subsidy_reversals_fit();
DROP TABLE mediation_subsidy_rules;
