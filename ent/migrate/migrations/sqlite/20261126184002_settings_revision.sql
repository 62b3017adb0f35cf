-- SQLite adds a column in place: the rows stay, and what other tables refer to.
-- Add column "settings_revision" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `settings_revision` integer NOT NULL DEFAULT (1);
-- Every change of what package records/settings reads raises the site's revision in its own transaction, whoever makes it.
-- Where a trigger lists columns, the package does not read the others of that table, and they change without a new revision.
-- A table that a later migration builds anew loses its triggers: that migration must make them again.
-- TestEveryChangeRaisesTheRevision holds all this.
CREATE TRIGGER `settings_revision_sites_insert` AFTER INSERT ON `sites` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`id`; END;
CREATE TRIGGER `settings_revision_sites_update` AFTER UPDATE ON `sites` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`id`; END;
CREATE TRIGGER `settings_revision_sites_delete` AFTER DELETE ON `sites` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`id`; END;
CREATE TRIGGER `settings_revision_lightspeed_links_insert` AFTER INSERT ON `lightspeed_links` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_lightspeed_links_update` AFTER UPDATE OF `id`, `created_at`, `site_id`, `state`, `account_id`, `account_name`, `employee_name`, `connected_by`, `connected_at`, `disconnected_at`, `reauth_since` ON `lightspeed_links` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_lightspeed_links_delete` AFTER DELETE ON `lightspeed_links` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_locations_insert` AFTER INSERT ON `locations` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_locations_update` AFTER UPDATE ON `locations` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_locations_delete` AFTER DELETE ON `locations` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_shops_insert` AFTER INSERT ON `shops` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_shops_update` AFTER UPDATE OF `id`, `created_at`, `site_id`, `lightspeed_id`, `name`, `archived`, `time_zone` ON `shops` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_shops_delete` AFTER DELETE ON `shops` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_registers_insert` AFTER INSERT ON `registers` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_registers_update` AFTER UPDATE ON `registers` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_registers_delete` AFTER DELETE ON `registers` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_employees_insert` AFTER INSERT ON `employees` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_employees_update` AFTER UPDATE ON `employees` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_employees_delete` AFTER DELETE ON `employees` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_price_levels_insert` AFTER INSERT ON `price_levels` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_price_levels_update` AFTER UPDATE ON `price_levels` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_price_levels_delete` AFTER DELETE ON `price_levels` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_types_insert` AFTER INSERT ON `payment_types` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_types_update` AFTER UPDATE ON `payment_types` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_types_delete` AFTER DELETE ON `payment_types` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_order_status_insert` AFTER INSERT ON `order_status` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_order_status_update` AFTER UPDATE ON `order_status` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_order_status_delete` AFTER DELETE ON `order_status` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_store_mappings_insert` AFTER INSERT ON `store_mappings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_store_mappings_update` AFTER UPDATE ON `store_mappings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_store_mappings_delete` AFTER DELETE ON `store_mappings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_import_settings_insert` AFTER INSERT ON `import_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_import_settings_update` AFTER UPDATE ON `import_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_import_settings_delete` AFTER DELETE ON `import_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_pricing_settings_insert` AFTER INSERT ON `pricing_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_pricing_settings_update` AFTER UPDATE ON `pricing_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_pricing_settings_delete` AFTER DELETE ON `pricing_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_sync_schedules_insert` AFTER INSERT ON `sync_schedules` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_sync_schedules_update` AFTER UPDATE ON `sync_schedules` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_sync_schedules_delete` AFTER DELETE ON `sync_schedules` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_export_settings_insert` AFTER INSERT ON `export_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_export_settings_update` AFTER UPDATE ON `export_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_export_settings_delete` AFTER DELETE ON `export_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_register_routes_insert` AFTER INSERT ON `register_routes` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_register_routes_update` AFTER UPDATE ON `register_routes` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_register_routes_delete` AFTER DELETE ON `register_routes` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
