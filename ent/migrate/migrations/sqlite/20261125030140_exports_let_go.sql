-- Modify "order_exports" table: SQLite adds a column in place.
ALTER TABLE `order_exports` ADD COLUMN `let_go` integer NOT NULL DEFAULT (0);
