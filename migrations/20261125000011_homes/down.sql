DROP TABLE resident_merges;
DROP TABLE household_members;
DROP TABLE households;
DROP TABLE dwelling_residents;
DROP TABLE resident_departures;
-- Who only owns a home here has no other word: the nearest is that they do not live here.
UPDATE residents SET residence = 'registered_only' WHERE residence = 'owner_only';
ALTER TABLE residents DROP CONSTRAINT residents_residence_kind_check;
ALTER TABLE residents ADD CONSTRAINT residents_residence_check CHECK (residence IN (
    'registered_here', 'registered_elsewhere', 'registered_only', 'from_other_province', 'from_abroad'));
