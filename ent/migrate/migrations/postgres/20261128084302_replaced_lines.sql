-- Modify "order_lines" table
ALTER TABLE "order_lines" ADD COLUMN "withdrawn" boolean NOT NULL DEFAULT false, ADD COLUMN "replaces" character varying NOT NULL DEFAULT '';
