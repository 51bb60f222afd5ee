-- Imports that failed had no end, and so kept their list and their keys: they end when their job did, and what is left goes.
UPDATE imports
    SET finished_at = coalesce((SELECT jobs.finished_at FROM jobs WHERE jobs.id = imports.id), imports.created_at)
    WHERE finished_at IS NULL AND account_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM jobs WHERE jobs.id = imports.id AND jobs.finished_at IS NULL);
DELETE FROM import_keys USING imports WHERE imports.id = import_keys.import_id AND imports.finished_at IS NOT NULL;
DELETE FROM file_links USING imports WHERE imports.source_id = file_links.file_id AND imports.finished_at IS NOT NULL;
UPDATE files SET expires_at = now()
    FROM imports
    WHERE imports.source_id = files.id AND imports.finished_at IS NOT NULL AND files.expires_at IS NULL;
