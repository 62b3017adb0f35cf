-- Modify "sync_runs" table: SQLite adds a column in place.
ALTER TABLE `sync_runs` ADD COLUMN `skipped` integer NOT NULL DEFAULT (0);
