DROP TABLE building_group_titles, building_group_members, building_groups, dwellings, buildings, estates;
ALTER TABLE posts DROP CONSTRAINT posts_division_fkey, DROP CONSTRAINT posts_organisation_id_fkey;
DROP TABLE organisations, division_lineages, divisions;
