-- Modify "order_exports" table
ALTER TABLE "order_exports" ADD COLUMN "let_go" bigint NOT NULL DEFAULT 0;
