DROP TABLE mediation_examples;
