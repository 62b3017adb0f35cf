-- Add column "withdrawn" to table: "order_lines"
ALTER TABLE `order_lines` ADD COLUMN `withdrawn` bool NOT NULL DEFAULT (false);
-- Add column "replaces" to table: "order_lines"
ALTER TABLE `order_lines` ADD COLUMN `replaces` text NOT NULL DEFAULT ('');
