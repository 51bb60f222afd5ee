-- A record that nobody works with any more is kept for a time and no longer (个人信息保护法 arts. 19, 47): that of somebody who moved
-- away or died, and one that was merged into another.

-- Since when nobody works with a record: set when it closes; null again when it opens, and when nothing is left that would go.
ALTER TABLE residents ADD COLUMN ended_at TIMESTAMPTZ;
CREATE INDEX residents_status_ended_at_id_idx ON residents (status, ended_at, id) WHERE ended_at IS NOT NULL;
-- What was erased because its time was over, nobody asked for.
ALTER TABLE erasures ALTER COLUMN account_id DROP NOT NULL;
ALTER TABLE erasures ADD CONSTRAINT erasures_asked_check CHECK (account_id IS NOT NULL OR status = 'erased');
-- Labels that came off because the person left go sooner than others, as their health does.
ALTER TABLE resident_labels ADD COLUMN left_at TIMESTAMPTZ;
CREATE INDEX resident_labels_left_at_idx ON resident_labels (left_at) WHERE left_at IS NOT NULL;

UPDATE residents SET ended_at = coalesce(
    (SELECT d.created_at FROM resident_departures d WHERE d.resident_id = residents.id AND d.closed_at IS NULL), updated_at)
    WHERE status IN ('departed', 'deceased');
UPDATE residents SET ended_at = coalesce(
    (SELECT m.created_at FROM resident_merges m WHERE m.from_id = residents.id), updated_at)
    WHERE status = 'merged';
UPDATE resident_labels SET left_at = removed_at
    FROM residents r WHERE r.id = resident_labels.resident_id AND r.status IN ('departed', 'deceased') AND removal = 'gone';
