-- What was sealed can't be read any more: it goes, and has to be sent again.
DELETE FROM file_links USING files f WHERE f.id = file_links.file_id AND f.key_sealed IS NOT NULL;
UPDATE files SET expires_at = now() WHERE key_sealed IS NOT NULL;
ALTER TABLE files DROP COLUMN key_sealed;
