DROP TABLE emergency_orders;
DROP TABLE matter_policies;
DROP TABLE calendar_days;
DROP TABLE calendar_years;
