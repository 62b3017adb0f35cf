-- Create "database_states" table
CREATE TABLE `database_states` (`id` text NOT NULL, `heartbeats` integer NOT NULL DEFAULT (0), `heartbeat_at` datetime NOT NULL, `identity` text NOT NULL DEFAULT (''), `lost_at` datetime NULL, PRIMARY KEY (`id`));
