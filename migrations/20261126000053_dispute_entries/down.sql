DELETE FROM inbox_items WHERE num_nonnulls(matter_id, summons_id) = 0;
ALTER TABLE inbox_items DROP CONSTRAINT inbox_items_about_check;
ALTER TABLE inbox_items ADD CONSTRAINT inbox_items_subject_check CHECK (num_nonnulls(matter_id, summons_id) = 1);
ALTER TABLE inbox_items DROP COLUMN dispute_entry_id, DROP COLUMN screening_lead_id;

DROP TABLE screening_lead_parties;
DROP TABLE screening_leads;
DROP TABLE screenings;
DROP TABLE dispute_entries;
DROP TABLE dispute_route_rules;

ALTER TABLE organisations DROP CONSTRAINT organisations_kind_known_check;
ALTER TABLE organisations ADD CONSTRAINT organisations_kind_check CHECK (kind IN (
    'residents_committee', 'village_committee', 'owners_committee', 'property_company', 'police_station', 'justice_office', 'law_firm',
    'department', 'street_office', 'grid_centre', 'social_organisation', 'enterprise', 'foundation', 'party_branch',
    'public_institution'));
