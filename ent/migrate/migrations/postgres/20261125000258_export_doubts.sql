-- Modify "export_desks" table
ALTER TABLE "export_desks" ADD COLUMN "sweep_due_at" timestamptz NULL;
-- Create index "exportdesk_sweep_due_at" to table: "export_desks"
CREATE INDEX "exportdesk_sweep_due_at" ON "export_desks" ("sweep_due_at");
-- Modify "order_exports" table
ALTER TABLE "order_exports" DROP COLUMN "swept_at", ADD COLUMN "failures" bigint NOT NULL DEFAULT 0, ADD COLUMN "doubtful" boolean NOT NULL DEFAULT false;
