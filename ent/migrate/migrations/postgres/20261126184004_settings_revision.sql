-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "settings_revision" bigint NOT NULL DEFAULT 1;
-- Every change of what package records/settings reads raises the site's revision in its own transaction, whoever makes it.
-- The first argument of a trigger is the column that names the site. The others are columns that are no settings: the package
-- does not read them, and they change without a new revision. TestEveryChangeRaisesTheRevision holds all this.
CREATE OR REPLACE FUNCTION raise_settings_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE sync_states SET settings_revision = settings_revision + 1
      WHERE site_id IN (SELECT to_jsonb(n) ->> TG_ARGV[0] FROM new_rows n);
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE sync_states SET settings_revision = settings_revision + 1
      WHERE site_id IN (SELECT to_jsonb(o) ->> TG_ARGV[0] FROM old_rows o);
  ELSE
    UPDATE sync_states SET settings_revision = settings_revision + 1
      WHERE site_id IN (SELECT to_jsonb(n) ->> TG_ARGV[0] FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE to_jsonb(n) - TG_ARGV[1:] <> to_jsonb(o) - TG_ARGV[1:]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "sites" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "sites" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "sites" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "lightspeed_links" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "lightspeed_links" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id', 'access_token', 'refresh_token', 'access_expires_at', 'token_version', 'renewal_owner', 'renewal_until', 'budget_level', 'budget_size', 'budget_drip_per_second', 'budget_observed_at', 'updated_at');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "lightspeed_links" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "locations" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "locations" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "locations" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "shops" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "shops" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id', 'stock_as_of', 'updated_at');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "shops" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "registers" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "registers" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "registers" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "employees" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "employees" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "employees" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "price_levels" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "price_levels" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "price_levels" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "payment_types" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "payment_types" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "payment_types" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "order_status" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "order_status" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "order_status" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "store_mappings" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "store_mappings" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "store_mappings" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "import_settings" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "import_settings" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "import_settings" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "pricing_settings" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "pricing_settings" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "pricing_settings" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "sync_schedules" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "sync_schedules" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "sync_schedules" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "export_settings" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "export_settings" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "export_settings" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "register_routes" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "register_routes" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "register_routes" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
