-- Create "revoked_tokens" table
CREATE TABLE "revoked_tokens" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "token_id" character varying NOT NULL, "expires_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "revoked_tokens_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "revokedtoken_expires_at" to table: "revoked_tokens"
CREATE INDEX "revokedtoken_expires_at" ON "revoked_tokens" ("expires_at");
-- Create index "revokedtoken_site_id_token_id" to table: "revoked_tokens"
CREATE UNIQUE INDEX "revokedtoken_site_id_token_id" ON "revoked_tokens" ("site_id", "token_id");
