-- Create "revoked_tokens" table
CREATE TABLE `revoked_tokens` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `token_id` text NOT NULL, `expires_at` datetime NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `revoked_tokens_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "revokedtoken_site_id_token_id" to table: "revoked_tokens"
CREATE UNIQUE INDEX `revokedtoken_site_id_token_id` ON `revoked_tokens` (`site_id`, `token_id`);
-- Create index "revokedtoken_expires_at" to table: "revoked_tokens"
CREATE INDEX `revokedtoken_expires_at` ON `revoked_tokens` (`expires_at`);
