DROP TABLE mediation_room_staff;
DROP TABLE mediators;
DROP TABLE mediation_rooms;
DROP TABLE mediation_staffing_rules;
