-- Add column "reference_as_of" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `reference_as_of` datetime NULL;
