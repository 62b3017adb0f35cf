-- Modify "sync_runs" table
ALTER TABLE "sync_runs" ADD COLUMN "checks" bigint NOT NULL DEFAULT 0;
-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "stock_as_of" timestamptz NULL;
