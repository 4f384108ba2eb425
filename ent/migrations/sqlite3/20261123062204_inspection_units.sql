-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_messages" table
CREATE TABLE `new_messages` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `event_id` integer NOT NULL, `recipient_id` integer NOT NULL, `channel` text NOT NULL, `template` text NOT NULL, `params` json NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `status` text NOT NULL DEFAULT ('pending'), `attempts` integer NOT NULL DEFAULT (0), `next_try_at` datetime NULL, `lease_until` datetime NULL, `sent_at` datetime NULL, `read_at` datetime NULL, `last_error` text NOT NULL DEFAULT (''), `webhook_id` integer NOT NULL, `digest_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `message_sending_has_lease` CHECK (status <> 'sending' OR lease_until IS NOT NULL), CONSTRAINT `message_sent_has_instant` CHECK (status <> 'sent' OR sent_at IS NOT NULL));
-- copy rows from old table "messages" to new temporary table "new_messages"
INSERT INTO `new_messages` (`id`, `authority_id`, `event_id`, `recipient_id`, `channel`, `template`, `params`, `subject`, `subject_id`, `status`, `attempts`, `next_try_at`, `lease_until`, `sent_at`, `read_at`, `last_error`, `webhook_id`, `created_at`) SELECT `id`, `authority_id`, `event_id`, `recipient_id`, `channel`, `template`, `params`, `subject`, `subject_id`, `status`, `attempts`, `next_try_at`, `lease_until`, `sent_at`, `read_at`, `last_error`, `webhook_id`, `created_at` FROM `messages`;
-- drop "messages" table after copying rows
DROP TABLE `messages`;
-- rename temporary table "new_messages" to "messages"
ALTER TABLE `new_messages` RENAME TO `messages`;
-- create index "message_status_next_try_at" to table: "messages"
CREATE INDEX `message_status_next_try_at` ON `messages` (`status`, `next_try_at`);
-- create index "message_recipient_id_channel_id" to table: "messages"
CREATE INDEX `message_recipient_id_channel_id` ON `messages` (`recipient_id`, `channel`, `id`);
-- create index "message_event_id" to table: "messages"
CREATE INDEX `message_event_id` ON `messages` (`event_id`);
-- create index "message_digest_id" to table: "messages"
CREATE INDEX `message_digest_id` ON `messages` (`digest_id`);
-- create "inspection_units" table
CREATE TABLE `inspection_units` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `unit_id` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "inspectionunit_inspection_id_unit_id" to table: "inspection_units"
CREATE UNIQUE INDEX `inspectionunit_inspection_id_unit_id` ON `inspection_units` (`inspection_id`, `unit_id`);
-- create index "inspectionunit_unit_id" to table: "inspection_units"
CREATE INDEX `inspectionunit_unit_id` ON `inspection_units` (`unit_id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
