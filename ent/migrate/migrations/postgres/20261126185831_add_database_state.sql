-- Create "database_states" table
CREATE TABLE "database_states" ("id" character varying NOT NULL, "heartbeats" bigint NOT NULL DEFAULT 0, "heartbeat_at" timestamptz NOT NULL, "identity" character varying NOT NULL DEFAULT '', "lost_at" timestamptz NULL, PRIMARY KEY ("id"));
