-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "reference_as_of" timestamptz NULL;
