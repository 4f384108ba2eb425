-- +goose Up
-- create "assignments" table
CREATE TABLE `assignments` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `part` text NOT NULL, `name` text NOT NULL, `norm` text NOT NULL DEFAULT (''), `span_start` integer NOT NULL DEFAULT (0), `span_end` integer NOT NULL DEFAULT (0), `unit_id` integer NOT NULL, `roster_id` integer NOT NULL, `open_list` bool NOT NULL DEFAULT (false), `sort` integer NOT NULL DEFAULT (0), `version` integer NOT NULL DEFAULT (1), `task_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `assignments_tasks_task` FOREIGN KEY (`task_id`) REFERENCES `tasks` (`id`) ON DELETE NO ACTION);
-- create index "assignment_plan_id" to table: "assignments"
CREATE INDEX `assignment_plan_id` ON `assignments` (`plan_id`);
-- create index "assignment_task_id_sort" to table: "assignments"
CREATE INDEX `assignment_task_id_sort` ON `assignments` (`task_id`, `sort`);
-- create "authorities" table
CREATE TABLE `authorities` (`id` integer NOT NULL, `name` text NOT NULL DEFAULT (''), `short_name` text NOT NULL DEFAULT (''), `doc_prefix` text NOT NULL DEFAULT (''), `zone` text NOT NULL DEFAULT ('Asia/Shanghai'), `root_unit_id` integer NOT NULL, `calendar` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create "calendar_feeds" table
CREATE TABLE `calendar_feeds` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `user_id` integer NOT NULL, `hash` blob NOT NULL, `language` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `revoked_at` datetime NULL, `read_at` datetime NULL, `counted_since` datetime NULL, `reads` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- create index "calendarfeed_hash" to table: "calendar_feeds"
CREATE UNIQUE INDEX `calendarfeed_hash` ON `calendar_feeds` (`hash`);
-- create index "calendarfeed_user_id_id" to table: "calendar_feeds"
CREATE INDEX `calendarfeed_user_id_id` ON `calendar_feeds` (`user_id`);
-- create "calendar_versions" table
CREATE TABLE `calendar_versions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `status` text NOT NULL DEFAULT ('proposed'), `title` text NOT NULL, `notice` text NOT NULL, `base` text NOT NULL, `name` text NOT NULL, `proposed_by_id` integer NOT NULL, `proposed_at` datetime NOT NULL, `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `reason` text NOT NULL DEFAULT (''), `moved` integer NOT NULL DEFAULT (0), `applied_at` datetime NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "calendarversion_authority_id_decided_at_id" to table: "calendar_versions"
CREATE INDEX `calendarversion_authority_id_decided_at_id` ON `calendar_versions` (`authority_id`, `decided_at`);
-- create "clock_pasts" table
CREATE TABLE `clock_pasts` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `until` datetime NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `due_date` text NOT NULL, `due_revision` integer NOT NULL, `sign_due_date` text NOT NULL, `progress` integer NOT NULL, `running` bool NOT NULL, `light` text NOT NULL, PRIMARY KEY (`id`));
-- create index "clockpast_subject_subject_id_id" to table: "clock_pasts"
CREATE INDEX `clockpast_subject_subject_id_id` ON `clock_pasts` (`subject`, `subject_id`);
-- create "closings" table
CREATE TABLE `closings` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `duty_id` integer NOT NULL, `report_id` integer NOT NULL, `rule` text NOT NULL, `steps` json NOT NULL, `status` text NOT NULL DEFAULT ('running'), `signed` integer NOT NULL DEFAULT (0), `turn` text NOT NULL DEFAULT (''), `last` bool NOT NULL DEFAULT (false), `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "closing_duty_id_id" to table: "closings"
CREATE INDEX `closing_duty_id_id` ON `closings` (`duty_id`);
-- create index "closing_report_id" to table: "closings"
CREATE INDEX `closing_report_id` ON `closings` (`report_id`);
-- create index "closing_authority_id_last_id" to table: "closings"
CREATE INDEX `closing_authority_id_last_id` ON `closings` (`authority_id`, `last`) WHERE status = 'running';
-- create "conclusions" table
CREATE TABLE `conclusions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `number` text NOT NULL, `year` integer NOT NULL, `serial` integer NOT NULL, `content` text NOT NULL, `status` text NOT NULL DEFAULT ('delivered'), `delivered_by_id` integer NOT NULL, `delivered_at` datetime NOT NULL, `received_at` datetime NULL, `received_by_id` integer NOT NULL, `object_until` text NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "conclusion_inspection_id_unit_id" to table: "conclusions"
CREATE UNIQUE INDEX `conclusion_inspection_id_unit_id` ON `conclusions` (`inspection_id`, `unit_id`);
-- create index "conclusion_unit_id_id" to table: "conclusions"
CREATE INDEX `conclusion_unit_id_id` ON `conclusions` (`unit_id`);
-- create index "conclusion_authority_id_id" to table: "conclusions"
CREATE INDEX `conclusion_authority_id_id` ON `conclusions` (`authority_id`);
-- create "cycle_choices" table
CREATE TABLE `cycle_choices` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `cycle` text NOT NULL, PRIMARY KEY (`id`));
-- create index "cyclechoice_plan_id_task_id" to table: "cycle_choices"
CREATE UNIQUE INDEX `cyclechoice_plan_id_task_id` ON `cycle_choices` (`plan_id`, `task_id`);
-- create "dependencies" table
CREATE TABLE `dependencies` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `before_id` integer NOT NULL, `after_id` integer NOT NULL, `lag` integer NOT NULL DEFAULT (0), `working_days` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`));
-- create index "dependency_before_id_after_id" to table: "dependencies"
CREATE UNIQUE INDEX `dependency_before_id_after_id` ON `dependencies` (`before_id`, `after_id`);
-- create index "dependency_plan_id" to table: "dependencies"
CREATE INDEX `dependency_plan_id` ON `dependencies` (`plan_id`);
-- create "designations" table
CREATE TABLE `designations` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `government` text NOT NULL, `number` text NOT NULL, `scope` text NOT NULL, `valid_from` text NOT NULL, `valid_to` text NOT NULL, `created_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "designation_authority_id_id" to table: "designations"
CREATE INDEX `designation_authority_id_id` ON `designations` (`authority_id`);
-- create "digest_days" table
CREATE TABLE `digest_days` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `user_id` integer NOT NULL, `day` text NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "digestday_user_id_day" to table: "digest_days"
CREATE UNIQUE INDEX `digestday_user_id_day` ON `digest_days` (`user_id`, `day`);
-- create "documents" table
CREATE TABLE `documents` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `name` text NOT NULL, `media_type` text NOT NULL, `sha256` text NOT NULL, `size` integer NOT NULL, `blob_key` text NOT NULL, `content` text NOT NULL, `uploaded_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "document_authority_id_sha256" to table: "documents"
CREATE INDEX `document_authority_id_sha256` ON `documents` (`authority_id`, `sha256`);
-- create "due_changes" table
CREATE TABLE `due_changes` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `revision` integer NOT NULL, `old_date` text NOT NULL, `new_date` text NOT NULL, `changed_by_id` integer NOT NULL, `reason` text NOT NULL DEFAULT (''), `origin` text NOT NULL DEFAULT (''), `extension_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "duechange_subject_subject_id_revision" to table: "due_changes"
CREATE UNIQUE INDEX `duechange_subject_subject_id_revision` ON `due_changes` (`subject`, `subject_id`, `revision`);
-- create "duties" table
CREATE TABLE `duties` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `part` text NOT NULL, `status` text NOT NULL DEFAULT ('assigned'), `open` bool NOT NULL DEFAULT (true), `progress` integer NOT NULL DEFAULT (0), `due_date` text NOT NULL, `original_due_date` text NOT NULL, `due_revision` integer NOT NULL DEFAULT (1), `accept_due_date` text NOT NULL, `leader_id` integer NOT NULL, `accepted_at` datetime NULL, `accepted_by_id` integer NOT NULL, `closed_at` datetime NULL, `closed_by_id` integer NOT NULL, `close_reason` text NOT NULL DEFAULT (''), `note` text NOT NULL DEFAULT (''), `completion_id` integer NOT NULL, `reported_at` datetime NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `task_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `duties_tasks_task` FOREIGN KEY (`task_id`) REFERENCES `tasks` (`id`) ON DELETE NO ACTION, CONSTRAINT `duty_closed_has_instant` CHECK (status <> 'closed' OR closed_at IS NOT NULL), CONSTRAINT `duty_open_by_status` CHECK (open = (status NOT IN ('closed', 'cancelled'))), CONSTRAINT `duty_progress_range` CHECK (progress BETWEEN 0 AND 10000));
-- create index "duty_unit_id_open_due_date_id" to table: "duties"
CREATE INDEX `duty_unit_id_open_due_date_id` ON `duties` (`unit_id`, `open`, `due_date`);
-- create index "duty_authority_id_open_due_date_id" to table: "duties"
CREATE INDEX `duty_authority_id_open_due_date_id` ON `duties` (`authority_id`, `open`, `due_date`);
-- create index "duty_leader_id_open_due_date_id" to table: "duties"
CREATE INDEX `duty_leader_id_open_due_date_id` ON `duties` (`leader_id`, `open`, `due_date`);
-- create index "duty_unit_id_open_original_due_date_id" to table: "duties"
CREATE INDEX `duty_unit_id_open_original_due_date_id` ON `duties` (`unit_id`, `open`, `original_due_date`);
-- create index "duty_authority_id_open_original_due_date_id" to table: "duties"
CREATE INDEX `duty_authority_id_open_original_due_date_id` ON `duties` (`authority_id`, `open`, `original_due_date`);
-- create index "duty_task_id_unit_id" to table: "duties"
CREATE UNIQUE INDEX `duty_task_id_unit_id` ON `duties` (`task_id`, `unit_id`);
-- create index "duty_authority_id_status_id" to table: "duties"
CREATE INDEX `duty_authority_id_status_id` ON `duties` (`authority_id`, `status`) WHERE status IN ('returned', 'review');
-- create "duty_counts" table
CREATE TABLE `duty_counts` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `status` text NOT NULL, `n` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- create index "dutycount_unit_id_plan_id_status" to table: "duty_counts"
CREATE UNIQUE INDEX `dutycount_unit_id_plan_id_status` ON `duty_counts` (`unit_id`, `plan_id`, `status`);
-- create index "dutycount_authority_id_status" to table: "duty_counts"
CREATE INDEX `dutycount_authority_id_status` ON `duty_counts` (`authority_id`, `status`);
-- create "duty_pasts" table
CREATE TABLE `duty_pasts` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `duty_id` integer NOT NULL, `until` datetime NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL, `status` text NOT NULL, `open` bool NOT NULL, `progress` integer NOT NULL, `due_date` text NOT NULL, `due_revision` integer NOT NULL, `accept_due_date` text NOT NULL, `leader_id` integer NOT NULL, `accepted_at` datetime NULL, `closed_at` datetime NULL, `close_reason` text NOT NULL, `reported_at` datetime NULL, `completion_id` integer NOT NULL, `updated_at` datetime NOT NULL, `version` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "dutypast_duty_id_version" to table: "duty_pasts"
CREATE UNIQUE INDEX `dutypast_duty_id_version` ON `duty_pasts` (`duty_id`, `version`);
-- create "events" table
CREATE TABLE `events` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `at` datetime NOT NULL, `actor_id` integer NOT NULL, `post_id` integer NOT NULL, `actor_name` text NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `plan_id` integer NOT NULL, `unit_id` integer NOT NULL, `action` text NOT NULL, `before` json NULL, `after` json NULL, `reason` text NOT NULL DEFAULT (''), `request_id` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`));
-- create index "event_subject_subject_id_id" to table: "events"
CREATE INDEX `event_subject_subject_id_id` ON `events` (`subject`, `subject_id`);
-- create index "event_authority_id_id" to table: "events"
CREATE INDEX `event_authority_id_id` ON `events` (`authority_id`);
-- create index "event_unit_id_id" to table: "events"
CREATE INDEX `event_unit_id_id` ON `events` (`unit_id`);
-- create index "event_actor_id_id" to table: "events"
CREATE INDEX `event_actor_id_id` ON `events` (`actor_id`) WHERE actor_id <> 0 AND subject NOT IN ('task', 'user') AND action NOT IN ('calendar.move', 'plan.amend');
-- create "evidences" table
CREATE TABLE `evidences` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `unit_id` integer NOT NULL, `name` text NOT NULL, `kind` text NOT NULL DEFAULT (''), `media_type` text NOT NULL, `size` integer NOT NULL, `sha256` text NOT NULL, `blob_key` text NOT NULL, `url` text NOT NULL DEFAULT (''), `expires_on` text NOT NULL, `supersedes_id` integer NOT NULL, `uploaded_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "evidence_subject_subject_id_id" to table: "evidences"
CREATE INDEX `evidence_subject_subject_id_id` ON `evidences` (`subject`, `subject_id`);
-- create index "evidence_authority_id_sha256" to table: "evidences"
CREATE INDEX `evidence_authority_id_sha256` ON `evidences` (`authority_id`, `sha256`);
-- create "extensions" table
CREATE TABLE `extensions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `status` text NOT NULL DEFAULT ('requested'), `from_date` text NOT NULL, `wanted_date` text NOT NULL, `granted_date` text NOT NULL, `reason` text NOT NULL DEFAULT (''), `progress` integer NOT NULL DEFAULT (0), `requested_by_id` integer NOT NULL, `opinion` text NOT NULL DEFAULT (''), `opined_by_id` integer NOT NULL, `opined_at` datetime NULL, `decision` text NOT NULL DEFAULT (''), `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `duty_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `extensions_duties_duty` FOREIGN KEY (`duty_id`) REFERENCES `duties` (`id`) ON DELETE NO ACTION);
-- create index "extension_duty_id_id" to table: "extensions"
CREATE INDEX `extension_duty_id_id` ON `extensions` (`duty_id`);
-- create index "extension_authority_id_status_id" to table: "extensions"
CREATE INDEX `extension_authority_id_status_id` ON `extensions` (`authority_id`, `status`);
-- create "figures" table
CREATE TABLE `figures` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `indicator_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `period` text NOT NULL, `period_from` text NOT NULL, `period_to` text NOT NULL, `value` integer NOT NULL, `report_id` integer NOT NULL, `duty_id` integer NOT NULL, `plan_id` integer NOT NULL, `confirmed_by_id` integer NOT NULL, `confirmed_at` datetime NOT NULL, `reason` text NOT NULL DEFAULT (''), `replaced_by_id` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "figure_indicator_id_unit_id_period" to table: "figures"
CREATE UNIQUE INDEX `figure_indicator_id_unit_id_period` ON `figures` (`indicator_id`, `unit_id`, `period`) WHERE replaced_by_id = 0;
-- create index "figure_indicator_id_unit_path_period_to" to table: "figures"
CREATE INDEX `figure_indicator_id_unit_path_period_to` ON `figures` (`indicator_id`, `unit_path`, `period_to`);
-- create index "figure_report_id" to table: "figures"
CREATE INDEX `figure_report_id` ON `figures` (`report_id`);
-- create "findings" table
CREATE TABLE `findings` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `notice_id` integer NOT NULL, `duty_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `severity` text NOT NULL, `status` text NOT NULL DEFAULT ('open'), `description` text NOT NULL, `basis` text NOT NULL DEFAULT (''), `requirement` text NOT NULL DEFAULT (''), `found_by_id` integer NOT NULL, `closed_at` datetime NULL, `reason` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `inspection_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `findings_inspections_inspection` FOREIGN KEY (`inspection_id`) REFERENCES `inspections` (`id`) ON DELETE NO ACTION);
-- create index "finding_inspection_id_id" to table: "findings"
CREATE INDEX `finding_inspection_id_id` ON `findings` (`inspection_id`);
-- create index "finding_unit_id_status_id" to table: "findings"
CREATE INDEX `finding_unit_id_status_id` ON `findings` (`unit_id`, `status`);
-- create index "finding_notice_id" to table: "findings"
CREATE INDEX `finding_notice_id` ON `findings` (`notice_id`);
-- create index "finding_authority_id_status_id" to table: "findings"
CREATE INDEX `finding_authority_id_status_id` ON `findings` (`authority_id`, `status`);
-- create "finding_links" table
CREATE TABLE `finding_links` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `finding_id` integer NOT NULL, `earlier_id` integer NOT NULL, `unit_id` integer NOT NULL, `similarity` integer NOT NULL DEFAULT (0), `status` text NOT NULL DEFAULT ('proposed'), `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `note` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "findinglink_finding_id_earlier_id" to table: "finding_links"
CREATE UNIQUE INDEX `findinglink_finding_id_earlier_id` ON `finding_links` (`finding_id`, `earlier_id`);
-- create index "findinglink_earlier_id" to table: "finding_links"
CREATE INDEX `findinglink_earlier_id` ON `finding_links` (`earlier_id`);
-- create "follows" table
CREATE TABLE `follows` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `user_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "follow_user_id_subject_subject_id" to table: "follows"
CREATE UNIQUE INDEX `follow_user_id_subject_subject_id` ON `follows` (`user_id`, `subject`, `subject_id`);
-- create "hand_overs" table
CREATE TABLE `hand_overs` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `role` text NOT NULL, `status` text NOT NULL, `giver_id` integer NOT NULL, `taker_id` integer NOT NULL, `witness_id` integer NOT NULL, `drawn_by_id` integer NOT NULL, `occasion` text NOT NULL, `hash` text NOT NULL, `rows` integer NOT NULL, `replaces_id` integer NOT NULL, `reason` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `hand_over_hash_length` CHECK (length(hash) = 64), CONSTRAINT `hand_over_of_different_people` CHECK (giver_id <> taker_id AND giver_id <> witness_id AND taker_id <> witness_id));
-- create index "handover_authority_id_id" to table: "hand_overs"
CREATE INDEX `handover_authority_id_id` ON `hand_overs` (`authority_id`);
-- create index "handover_unit_id_id" to table: "hand_overs"
CREATE INDEX `handover_unit_id_id` ON `hand_overs` (`unit_id`);
-- create index "handover_giver_id_status" to table: "hand_overs"
CREATE INDEX `handover_giver_id_status` ON `hand_overs` (`giver_id`, `status`);
-- create index "handover_taker_id_status" to table: "hand_overs"
CREATE INDEX `handover_taker_id_status` ON `hand_overs` (`taker_id`, `status`);
-- create index "handover_witness_id_status" to table: "hand_overs"
CREATE INDEX `handover_witness_id_status` ON `hand_overs` (`witness_id`, `status`);
-- create "hand_over_items" table
CREATE TABLE `hand_over_items` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `hand_over_id` integer NOT NULL, `ordinal` integer NOT NULL, `kind` text NOT NULL, `object_id` integer NOT NULL, `duty_id` integer NOT NULL, `number` text NOT NULL, `title` text NOT NULL, `original_due_date` text NOT NULL, `due_date` text NOT NULL, `light` text NOT NULL, `status` text NOT NULL, PRIMARY KEY (`id`));
-- create index "handoveritem_hand_over_id_ordinal" to table: "hand_over_items"
CREATE UNIQUE INDEX `handoveritem_hand_over_id_ordinal` ON `hand_over_items` (`hand_over_id`, `ordinal`);
-- create "hand_over_signatures" table
CREATE TABLE `hand_over_signatures` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `hand_over_id` integer NOT NULL, `part` text NOT NULL, `signer_id` integer NOT NULL, `hash` text NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "handoversignature_hand_over_id_part" to table: "hand_over_signatures"
CREATE UNIQUE INDEX `handoversignature_hand_over_id_part` ON `hand_over_signatures` (`hand_over_id`, `part`);
-- create "idempotencies" table
CREATE TABLE `idempotencies` (`id` integer NOT NULL, `user_id` integer NOT NULL, `key` text NOT NULL, `operation` text NOT NULL, `request_hash` blob NOT NULL, `answer` blob NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "idempotency_user_id_key" to table: "idempotencies"
CREATE UNIQUE INDEX `idempotency_user_id_key` ON `idempotencies` (`user_id`, `key`);
-- create index "idempotency_created_at" to table: "idempotencies"
CREATE INDEX `idempotency_created_at` ON `idempotencies` (`created_at`);
-- create "indicators" table
CREATE TABLE `indicators` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `name` text NOT NULL, `measure` text NOT NULL DEFAULT (''), `every` text NOT NULL, `gather` text NOT NULL, `definition` text NOT NULL DEFAULT (''), `retired_at` datetime NULL, `created_by_id` integer NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "indicator_authority_id_name" to table: "indicators"
CREATE UNIQUE INDEX `indicator_authority_id_name` ON `indicators` (`authority_id`, `name`);
-- create "inspections" table
CREATE TABLE `inspections` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `title` text NOT NULL, `kind` text NOT NULL, `status` text NOT NULL DEFAULT ('draft'), `supervision` text NOT NULL DEFAULT ('department'), `designation` text NOT NULL DEFAULT (''), `basis` text NOT NULL DEFAULT (''), `scope` text NOT NULL DEFAULT (''), `matters` json NULL, `methods` json NULL, `method` text NOT NULL DEFAULT (''), `items` json NULL, `starts_on` text NOT NULL, `ends_on` text NOT NULL, `conclusion` text NOT NULL DEFAULT (''), `reason` text NOT NULL DEFAULT (''), `plan_id` integer NOT NULL, `year` integer NOT NULL DEFAULT (0), `serial` integer NOT NULL DEFAULT (0), `number` text NOT NULL DEFAULT (''), `revision` integer NOT NULL DEFAULT (0), `look_year` integer NOT NULL DEFAULT (0), `seed` text NOT NULL DEFAULT (''), `population` integer NOT NULL DEFAULT (0), `proposed_by_id` integer NOT NULL, `approved_by_id` integer NOT NULL, `approved_at` datetime NULL, `created_by_id` integer NOT NULL, `opened_at` datetime NULL, `finished_at` datetime NULL, `concluded_at` datetime NULL, `concluded_by_id` integer NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "inspection_authority_id_id" to table: "inspections"
CREATE INDEX `inspection_authority_id_id` ON `inspections` (`authority_id`);
-- create index "inspection_authority_id_ends_on_starts_on" to table: "inspections"
CREATE INDEX `inspection_authority_id_ends_on_starts_on` ON `inspections` (`authority_id`, `ends_on`, `starts_on`);
-- create "inspection_checks" table
CREATE TABLE `inspection_checks` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `item` integer NOT NULL, `outcome` text NOT NULL, `note` text NOT NULL DEFAULT (''), `checked_by_id` integer NOT NULL, `checked_at` datetime NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "inspectioncheck_inspection_id_unit_id_item" to table: "inspection_checks"
CREATE UNIQUE INDEX `inspectioncheck_inspection_id_unit_id_item` ON `inspection_checks` (`inspection_id`, `unit_id`, `item`);
-- create "inspection_duplicates" table
CREATE TABLE `inspection_duplicates` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `other_id` integer NOT NULL, `reason` text NOT NULL, `answered_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "inspectionduplicate_inspection_id_other_id" to table: "inspection_duplicates"
CREATE UNIQUE INDEX `inspectionduplicate_inspection_id_other_id` ON `inspection_duplicates` (`inspection_id`, `other_id`);
-- create index "inspectionduplicate_other_id" to table: "inspection_duplicates"
CREATE INDEX `inspectionduplicate_other_id` ON `inspection_duplicates` (`other_id`);
-- create "inspection_members" table
CREATE TABLE `inspection_members` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `user_id` integer NOT NULL, `leads` bool NOT NULL DEFAULT (false), PRIMARY KEY (`id`));
-- create index "inspectionmember_inspection_id_user_id" to table: "inspection_members"
CREATE UNIQUE INDEX `inspectionmember_inspection_id_user_id` ON `inspection_members` (`inspection_id`, `user_id`);
-- create index "inspectionmember_user_id" to table: "inspection_members"
CREATE INDEX `inspectionmember_user_id` ON `inspection_members` (`user_id`);
-- create "inspection_revisions" table
CREATE TABLE `inspection_revisions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `number` integer NOT NULL, `scheme` json NOT NULL, `reason` text NOT NULL, `made_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "inspectionrevision_inspection_id_number" to table: "inspection_revisions"
CREATE UNIQUE INDEX `inspectionrevision_inspection_id_number` ON `inspection_revisions` (`inspection_id`, `number`);
-- create "inspection_units" table
CREATE TABLE `inspection_units` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `unit_id` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "inspectionunit_inspection_id_unit_id" to table: "inspection_units"
CREATE UNIQUE INDEX `inspectionunit_inspection_id_unit_id` ON `inspection_units` (`inspection_id`, `unit_id`);
-- create index "inspectionunit_unit_id" to table: "inspection_units"
CREATE INDEX `inspectionunit_unit_id` ON `inspection_units` (`unit_id`);
-- create "instructions" table
CREATE TABLE `instructions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `subject_title` text NOT NULL, `content` text NOT NULL, `urgency` text NOT NULL, `informs` bool NOT NULL DEFAULT (false), `status` text NOT NULL, `due_date` text NOT NULL, `due_rule` text NOT NULL DEFAULT (''), `author_id` integer NOT NULL, `post_id` integer NOT NULL, `matter_id` integer NOT NULL, `finished_by_id` integer NOT NULL, `finished_at` datetime NULL, `note` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "instruction_authority_id_status_id" to table: "instructions"
CREATE INDEX `instruction_authority_id_status_id` ON `instructions` (`authority_id`, `status`);
-- create index "instruction_subject_subject_id_id" to table: "instructions"
CREATE INDEX `instruction_subject_subject_id_id` ON `instructions` (`subject`, `subject_id`);
-- create index "instruction_author_id_id" to table: "instructions"
CREATE INDEX `instruction_author_id_id` ON `instructions` (`author_id`);
-- create "instruction_units" table
CREATE TABLE `instruction_units` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `instruction_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `reply` text NOT NULL DEFAULT (''), `replied_by_id` integer NOT NULL, `replied_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "instructionunit_instruction_id_unit_id" to table: "instruction_units"
CREATE UNIQUE INDEX `instructionunit_instruction_id_unit_id` ON `instruction_units` (`instruction_id`, `unit_id`);
-- create index "instructionunit_unit_id_instruction_id" to table: "instruction_units"
CREATE INDEX `instructionunit_unit_id_instruction_id` ON `instruction_units` (`unit_id`, `instruction_id`);
-- create "lapses" table
CREATE TABLE `lapses` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `occurrence_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `duty_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `leader_id` integer NOT NULL, `part` text NOT NULL DEFAULT (''), `period` text NOT NULL, `due_date` text NOT NULL, `handed_in_on` text NOT NULL, PRIMARY KEY (`id`));
-- create index "lapse_duty_id_occurrence_id" to table: "lapses"
CREATE UNIQUE INDEX `lapse_duty_id_occurrence_id` ON `lapses` (`duty_id`, `occurrence_id`);
-- create index "lapse_unit_id_handed_in_on_id" to table: "lapses"
CREATE INDEX `lapse_unit_id_handed_in_on_id` ON `lapses` (`unit_id`, `handed_in_on`);
-- create index "lapse_plan_id_handed_in_on_id" to table: "lapses"
CREATE INDEX `lapse_plan_id_handed_in_on_id` ON `lapses` (`plan_id`, `handed_in_on`);
-- create index "lapse_authority_id_handed_in_on_id" to table: "lapses"
CREATE INDEX `lapse_authority_id_handed_in_on_id` ON `lapses` (`authority_id`, `handed_in_on`);
-- create "leases" table
CREATE TABLE `leases` (`id` integer NOT NULL, `name` text NOT NULL, `holder` text NOT NULL DEFAULT (''), `until` datetime NOT NULL, `mark` datetime NULL, PRIMARY KEY (`id`));
-- create index "lease_name" to table: "leases"
CREATE UNIQUE INDEX `lease_name` ON `leases` (`name`);
-- create "letters" table
CREATE TABLE `letters` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `colour` text NOT NULL, `year` integer NOT NULL, `serial` integer NOT NULL, `number` text NOT NULL, `title` text NOT NULL, `step_id` integer NOT NULL, `rule` text NOT NULL, `due_date` text NOT NULL, `reply_due_date` text NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "letter_authority_id_year_serial" to table: "letters"
CREATE UNIQUE INDEX `letter_authority_id_year_serial` ON `letters` (`authority_id`, `year`, `serial`);
-- create index "letter_subject_subject_id_id" to table: "letters"
CREATE INDEX `letter_subject_subject_id_id` ON `letters` (`subject`, `subject_id`);
-- create index "letter_step_id" to table: "letters"
CREATE UNIQUE INDEX `letter_step_id` ON `letters` (`step_id`);
-- create "light_changes" table
CREATE TABLE `light_changes` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `unit_id` integer NOT NULL, `was` text NOT NULL, `light` text NOT NULL, `rule` text NOT NULL, `since` datetime NOT NULL, `noted_at` datetime NOT NULL, `inputs` json NULL, PRIMARY KEY (`id`));
-- create index "lightchange_subject_subject_id_id" to table: "light_changes"
CREATE INDEX `lightchange_subject_subject_id_id` ON `light_changes` (`subject`, `subject_id`);
-- create "login_tries" table
CREATE TABLE `login_tries` (`id` integer NOT NULL, `subject` text NOT NULL, `failures` integer NOT NULL DEFAULT (0), `since` datetime NOT NULL, `blocked_until` datetime NULL, PRIMARY KEY (`id`));
-- create index "logintry_subject" to table: "login_tries"
CREATE UNIQUE INDEX `logintry_subject` ON `login_tries` (`subject`);
-- create "look_items" table
CREATE TABLE `look_items` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `title` text NOT NULL, `number` text NOT NULL DEFAULT (''), `due_date` text NOT NULL, `status` text NOT NULL DEFAULT ('pending'), `note` text NOT NULL DEFAULT (''), `checked_by_id` integer NOT NULL, `checked_at` datetime NULL, `notice_id` integer NOT NULL, `finding_id` integer NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "lookitem_inspection_id_subject_subject_id" to table: "look_items"
CREATE UNIQUE INDEX `lookitem_inspection_id_subject_subject_id` ON `look_items` (`inspection_id`, `subject`, `subject_id`);
-- create "matters" table
CREATE TABLE `matters` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `year` integer NOT NULL DEFAULT (0), `serial` integer NOT NULL DEFAULT (0), `number` text NOT NULL DEFAULT (''), `title` text NOT NULL, `content` text NOT NULL DEFAULT (''), `source` text NOT NULL, `basis` text NOT NULL DEFAULT (''), `received_on` text NOT NULL, `urgency` text NOT NULL DEFAULT ('ordinary'), `supervision` text NOT NULL DEFAULT ('daily'), `designation_id` integer NOT NULL, `status` text NOT NULL DEFAULT ('draft'), `open` bool NOT NULL DEFAULT (true), `due_date` text NOT NULL, `due_rule` text NOT NULL DEFAULT (''), `leader_id` integer NOT NULL, `instruction_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `created_by_id` integer NOT NULL, `proposed_by_id` integer NOT NULL, `proposed_at` datetime NULL, `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `closed_by_id` integer NOT NULL, `closed_at` datetime NULL, `conclusion` text NOT NULL DEFAULT (''), `reason` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `matter_active_has_number` CHECK (status NOT IN ('active', 'closed') OR (number <> '' AND task_id <> 0)), CONSTRAINT `matter_active_was_decided` CHECK (status NOT IN ('active', 'closed') OR (decided_by_id <> 0 AND decided_by_id <> proposed_by_id)), CONSTRAINT `matter_closed_has_instant` CHECK (status <> 'closed' OR closed_at IS NOT NULL));
-- create index "matter_authority_id_status_id" to table: "matters"
CREATE INDEX `matter_authority_id_status_id` ON `matters` (`authority_id`, `status`);
-- create index "matter_authority_id_year_serial" to table: "matters"
CREATE INDEX `matter_authority_id_year_serial` ON `matters` (`authority_id`, `year`, `serial`);
-- create index "matter_task_id" to table: "matters"
CREATE INDEX `matter_task_id` ON `matters` (`task_id`);
-- create "matter_plans" table
CREATE TABLE `matter_plans` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `year` integer NOT NULL, `plan_id` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "matterplan_authority_id_year" to table: "matter_plans"
CREATE UNIQUE INDEX `matterplan_authority_id_year` ON `matter_plans` (`authority_id`, `year`);
-- create "matter_units" table
CREATE TABLE `matter_units` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `matter_id` integer NOT NULL, `unit_id` integer NOT NULL, `part` text NOT NULL, `sort` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- create index "matterunit_matter_id_unit_id" to table: "matter_units"
CREATE UNIQUE INDEX `matterunit_matter_id_unit_id` ON `matter_units` (`matter_id`, `unit_id`);
-- create index "matterunit_unit_id" to table: "matter_units"
CREATE INDEX `matterunit_unit_id` ON `matter_units` (`unit_id`);
-- create "messages" table
CREATE TABLE `messages` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `event_id` integer NOT NULL, `recipient_id` integer NOT NULL, `channel` text NOT NULL, `template` text NOT NULL, `params` json NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `status` text NOT NULL DEFAULT ('pending'), `attempts` integer NOT NULL DEFAULT (0), `next_try_at` datetime NULL, `lease_until` datetime NULL, `sent_at` datetime NULL, `read_at` datetime NULL, `last_error` text NOT NULL DEFAULT (''), `webhook_id` integer NOT NULL, `digest_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `message_sending_has_lease` CHECK (status <> 'sending' OR lease_until IS NOT NULL), CONSTRAINT `message_sent_has_instant` CHECK (status <> 'sent' OR sent_at IS NOT NULL));
-- create index "message_status_next_try_at" to table: "messages"
CREATE INDEX `message_status_next_try_at` ON `messages` (`status`, `next_try_at`);
-- create index "message_recipient_id_channel_id" to table: "messages"
CREATE INDEX `message_recipient_id_channel_id` ON `messages` (`recipient_id`, `channel`);
-- create index "message_event_id" to table: "messages"
CREATE INDEX `message_event_id` ON `messages` (`event_id`);
-- create index "message_digest_id" to table: "messages"
CREATE INDEX `message_digest_id` ON `messages` (`digest_id`);
-- create "notices" table
CREATE TABLE `notices` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `inspection_id` integer NOT NULL, `year` integer NOT NULL DEFAULT (0), `serial` integer NOT NULL DEFAULT (0), `number` text NOT NULL DEFAULT (''), `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('draft'), `open` bool NOT NULL DEFAULT (true), `title` text NOT NULL, `requirement` text NOT NULL DEFAULT (''), `due_date` text NOT NULL, `original_due_date` text NOT NULL, `due_revision` integer NOT NULL DEFAULT (1), `sign_due_date` text NOT NULL, `leader_id` integer NOT NULL, `created_by_id` integer NOT NULL, `served_at` datetime NULL, `served_by_id` integer NOT NULL, `signed_at` datetime NULL, `signed_by_id` integer NOT NULL, `closed_at` datetime NULL, `closed_by_id` integer NOT NULL, `reply_id` integer NOT NULL, `previous_id` integer NOT NULL, `repeats` bool NOT NULL DEFAULT (false), `plan_wanted` bool NOT NULL DEFAULT (false), `site_check_wanted` bool NOT NULL DEFAULT (false), `plan_due_date` text NOT NULL, `plan_reply_id` integer NOT NULL, `plan_status` text NULL, `object_until` text NOT NULL, `reason` text NOT NULL DEFAULT (''), `reopened` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `notice_closed_has_instant` CHECK (status <> 'closed' OR closed_at IS NOT NULL), CONSTRAINT `notice_failed_has_number` CHECK (status <> 'failed' OR number <> ''), CONSTRAINT `notice_served_has_number` CHECK (status IN ('draft', 'voided') OR number <> ''));
-- create index "notice_unit_id_open_due_date_id" to table: "notices"
CREATE INDEX `notice_unit_id_open_due_date_id` ON `notices` (`unit_id`, `open`, `due_date`);
-- create index "notice_authority_id_open_due_date_id" to table: "notices"
CREATE INDEX `notice_authority_id_open_due_date_id` ON `notices` (`authority_id`, `open`, `due_date`);
-- create index "notice_authority_id_year_serial" to table: "notices"
CREATE INDEX `notice_authority_id_year_serial` ON `notices` (`authority_id`, `year`, `serial`);
-- create index "notice_previous_id" to table: "notices"
CREATE INDEX `notice_previous_id` ON `notices` (`previous_id`);
-- create "number_series" table
CREATE TABLE `number_series` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `kind` text NOT NULL, `year` integer NOT NULL, `last` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- create index "numberseries_authority_id_kind_year" to table: "number_series"
CREATE UNIQUE INDEX `numberseries_authority_id_kind_year` ON `number_series` (`authority_id`, `kind`, `year`);
-- create "number_voids" table
CREATE TABLE `number_voids` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `kind` text NOT NULL, `year` integer NOT NULL, `serial` integer NOT NULL, `reason` text NOT NULL, `voided_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "numbervoid_authority_id_kind_year_serial" to table: "number_voids"
CREATE UNIQUE INDEX `numbervoid_authority_id_kind_year_serial` ON `number_voids` (`authority_id`, `kind`, `year`, `serial`);
-- create "objections" table
CREATE TABLE `objections` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `inspection_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `leader_id` integer NOT NULL, `title` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('filed'), `open` bool NOT NULL DEFAULT (true), `grounds` text NOT NULL, `demand` text NOT NULL DEFAULT (''), `received_on` text NOT NULL, `until` text NOT NULL, `decide_by` text NOT NULL, `rule` text NOT NULL DEFAULT (''), `filed_by_id` integer NOT NULL, `created_at` datetime NOT NULL, `decider_ids` json NULL, `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `opinion` text NOT NULL DEFAULT (''), `effect` text NOT NULL DEFAULT (''), `year` integer NOT NULL DEFAULT (0), `serial` integer NOT NULL DEFAULT (0), `number` text NOT NULL DEFAULT (''), `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "objection_authority_id_id" to table: "objections"
CREATE INDEX `objection_authority_id_id` ON `objections` (`authority_id`);
-- create index "objection_unit_id_id" to table: "objections"
CREATE INDEX `objection_unit_id_id` ON `objections` (`unit_id`);
-- create index "objection_subject_subject_id" to table: "objections"
CREATE INDEX `objection_subject_subject_id` ON `objections` (`subject`, `subject_id`);
-- create "occurrences" table
CREATE TABLE `occurrences` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `clock_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `duty_id` integer NOT NULL, `cycle` text NOT NULL, `rule` text NOT NULL, `relative` bool NOT NULL DEFAULT (false), `period` text NOT NULL, `period_from` text NOT NULL, `period_to` text NOT NULL, `opens_on` text NOT NULL, `due_date` text NOT NULL, `due_at` datetime NOT NULL, `ask` text NOT NULL DEFAULT (''), `reminded_at` datetime NULL, `closed_at` datetime NULL, `next_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "occurrence_task_id_duty_id_period_due_date" to table: "occurrences"
CREATE UNIQUE INDEX `occurrence_task_id_duty_id_period_due_date` ON `occurrences` (`task_id`, `duty_id`, `period`, `due_date`);
-- create index "occurrence_authority_id_due_date_id" to table: "occurrences"
CREATE INDEX `occurrence_authority_id_due_date_id` ON `occurrences` (`authority_id`, `due_date`);
-- create index "occurrence_next_at" to table: "occurrences"
CREATE INDEX `occurrence_next_at` ON `occurrences` (`next_at`);
-- create "plans" table
CREATE TABLE `plans` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `year` integer NOT NULL DEFAULT (0), `title` text NOT NULL, `number` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('draft'), `document_id` integer NOT NULL, `unplaced` json NULL, `declarations` json NULL, `issued_on` text NOT NULL, `issued_at` datetime NULL, `issued_by_id` integer NOT NULL, `created_by_id` integer NOT NULL, `duties` integer NOT NULL DEFAULT (0), `closed_duties` integer NOT NULL DEFAULT (0), `progress` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `plan_issued_has_instant` CHECK (status = 'draft' OR issued_at IS NOT NULL));
-- create index "plan_authority_id_year_id" to table: "plans"
CREATE INDEX `plan_authority_id_year_id` ON `plans` (`authority_id`, `year`);
-- create "posts" table
CREATE TABLE `posts` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `role` text NOT NULL, `valid_from` text NOT NULL, `valid_to` text NOT NULL, `acting_for_id` integer NOT NULL, `granted_by_id` integer NOT NULL, `delegated` bool NOT NULL DEFAULT (false), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `user_id` integer NOT NULL, `unit_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `posts_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `posts_units_unit` FOREIGN KEY (`unit_id`) REFERENCES `units` (`id`) ON DELETE NO ACTION, CONSTRAINT `post_delegated_by_its_holder` CHECK (NOT delegated OR (acting_for_id <> 0 AND acting_for_id = granted_by_id AND user_id <> acting_for_id AND role IN ('unit_head', 'unit_clerk'))));
-- create index "post_user_id" to table: "posts"
CREATE INDEX `post_user_id` ON `posts` (`user_id`);
-- create index "post_unit_id_role" to table: "posts"
CREATE INDEX `post_unit_id_role` ON `posts` (`unit_id`, `role`);
-- create index "post_acting_for_id" to table: "posts"
CREATE INDEX `post_acting_for_id` ON `posts` (`acting_for_id`);
-- create "proceedings" table
CREATE TABLE `proceedings` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `kind` text NOT NULL, `year` integer NOT NULL DEFAULT (0), `serial` integer NOT NULL DEFAULT (0), `number` text NOT NULL DEFAULT (''), `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `status` text NOT NULL, `audience` text NOT NULL DEFAULT ('unit'), `title` text NOT NULL, `grounds` text NOT NULL DEFAULT (''), `basis` json NULL, `origin` text NOT NULL DEFAULT (''), `proposed_by_id` integer NOT NULL, `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `held_on` text NOT NULL, `place` text NOT NULL DEFAULT (''), `participants` text NOT NULL DEFAULT (''), `record` text NOT NULL DEFAULT (''), `issued_by_id` integer NOT NULL, `issued_at` datetime NULL, `signed_by_id` integer NOT NULL, `signed_at` datetime NULL, `reason` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `proceeding_decided_by_somebody` CHECK (status NOT IN ('approved', 'issued', 'signed') OR (decided_by_id <> 0 AND decided_by_id <> proposed_by_id)), CONSTRAINT `proceeding_issued_has_number` CHECK (status NOT IN ('issued', 'signed') OR (number <> '' AND issued_at IS NOT NULL)));
-- create index "proceeding_authority_id_status_id" to table: "proceedings"
CREATE INDEX `proceeding_authority_id_status_id` ON `proceedings` (`authority_id`, `status`);
-- create index "proceeding_unit_id_id" to table: "proceedings"
CREATE INDEX `proceeding_unit_id_id` ON `proceedings` (`unit_id`);
-- create index "proceeding_authority_id_kind_year_serial" to table: "proceedings"
CREATE INDEX `proceeding_authority_id_kind_year_serial` ON `proceedings` (`authority_id`, `kind`, `year`, `serial`);
-- create index "proceeding_authority_id_origin" to table: "proceedings"
CREATE INDEX `proceeding_authority_id_origin` ON `proceedings` (`authority_id`, `origin`);
-- create "questions" table
CREATE TABLE `questions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `assignment_id` integer NOT NULL, `kind` text NOT NULL, `phrase` text NOT NULL DEFAULT (''), `span_start` integer NOT NULL DEFAULT (0), `span_end` integer NOT NULL DEFAULT (0), `suggestions` json NULL, `answer` text NOT NULL DEFAULT (''), `answer_id` integer NOT NULL, `answered_by_id` integer NOT NULL, `answered_at` datetime NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "question_plan_id" to table: "questions"
CREATE INDEX `question_plan_id` ON `questions` (`plan_id`);
-- create "replies" table
CREATE TABLE `replies` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `stage` text NOT NULL DEFAULT ('report'), `round` integer NOT NULL, `status` text NOT NULL DEFAULT ('submitted'), `measures` text NOT NULL, `result` text NOT NULL DEFAULT (''), `finish_by` text NOT NULL, `responsible` text NOT NULL DEFAULT (''), `author_id` integer NOT NULL, `verified_by_id` integer NOT NULL, `verified_at` datetime NULL, `verdict` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `notice_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `replies_notices_notice` FOREIGN KEY (`notice_id`) REFERENCES `notices` (`id`) ON DELETE NO ACTION);
-- create index "reply_notice_id_stage_round" to table: "replies"
CREATE UNIQUE INDEX `reply_notice_id_stage_round` ON `replies` (`notice_id`, `stage`, `round`);
-- create "reports" table
CREATE TABLE `reports` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `kind` text NOT NULL, `period` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('draft'), `progress` integer NOT NULL DEFAULT (0), `narrative` text NOT NULL DEFAULT (''), `problems` text NOT NULL DEFAULT (''), `next_steps` text NOT NULL DEFAULT (''), `responsible` text NOT NULL DEFAULT (''), `measures` text NOT NULL DEFAULT (''), `figures` json NULL, `occurrence_id` integer NOT NULL, `due_date` text NOT NULL, `handed_in_on` text NOT NULL, `corrects_id` integer NOT NULL, `revision` integer NOT NULL DEFAULT (1), `author_id` integer NOT NULL, `submitted_by_id` integer NOT NULL, `submitted_at` datetime NULL, `reviewer_id` integer NOT NULL, `reviewed_at` datetime NULL, `confirmed_by_id` integer NOT NULL, `confirmed_at` datetime NULL, `send_back_reason` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `duty_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `reports_duties_duty` FOREIGN KEY (`duty_id`) REFERENCES `duties` (`id`) ON DELETE NO ACTION);
-- create index "report_duty_id_id" to table: "reports"
CREATE INDEX `report_duty_id_id` ON `reports` (`duty_id`);
-- create index "report_duty_id_occurrence_id" to table: "reports"
CREATE UNIQUE INDEX `report_duty_id_occurrence_id` ON `reports` (`duty_id`, `occurrence_id`) WHERE occurrence_id <> 0 AND corrects_id = 0;
-- create index "report_corrects_id" to table: "reports"
CREATE UNIQUE INDEX `report_corrects_id` ON `reports` (`corrects_id`) WHERE corrects_id <> 0;
-- create index "report_authority_id_status_id" to table: "reports"
CREATE INDEX `report_authority_id_status_id` ON `reports` (`authority_id`, `status`) WHERE status IN ('submitted', 'reviewed');
-- create "report_clocks" table
CREATE TABLE `report_clocks` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `duty_id` integer NOT NULL, `cycle` text NOT NULL DEFAULT (''), `recurrence` text NOT NULL DEFAULT (''), `assigned_on` text NOT NULL, `opened_through` text NOT NULL, `next_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "reportclock_task_id_duty_id" to table: "report_clocks"
CREATE UNIQUE INDEX `reportclock_task_id_duty_id` ON `report_clocks` (`task_id`, `duty_id`);
-- create index "reportclock_next_at" to table: "report_clocks"
CREATE INDEX `reportclock_next_at` ON `report_clocks` (`next_at`);
-- create "rosters" table
CREATE TABLE `rosters` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `name` text NOT NULL, `aliases` json NULL, `kinds` json NULL, `under_id` integer NOT NULL, `listed` bool NOT NULL DEFAULT (false), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "roster_authority_id_name" to table: "rosters"
CREATE UNIQUE INDEX `roster_authority_id_name` ON `rosters` (`authority_id`, `name`);
-- create "roster_members" table
CREATE TABLE `roster_members` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `roster_id` integer NOT NULL, `unit_id` integer NOT NULL, `valid_from` text NOT NULL, `valid_to` text NOT NULL, PRIMARY KEY (`id`));
-- create index "rostermember_roster_id_unit_id_valid_from" to table: "roster_members"
CREATE UNIQUE INDEX `rostermember_roster_id_unit_id_valid_from` ON `roster_members` (`roster_id`, `unit_id`, `valid_from`);
-- create "rule_versions" table
CREATE TABLE `rule_versions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `rule_set` text NOT NULL, `rule_version` integer NOT NULL, `subject` text NOT NULL, `content` text NOT NULL, `sha256` text NOT NULL, `status` text NOT NULL DEFAULT ('proposed'), `applies_from` text NOT NULL, `note` text NOT NULL DEFAULT (''), `proposed_by_id` integer NOT NULL, `proposed_at` datetime NOT NULL, `decided_by_id` integer NOT NULL, `decided_at` datetime NULL, `decision` text NOT NULL DEFAULT (''), `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `rule_version_decided_by_another` CHECK (status = 'proposed' OR decided_by_id <> proposed_by_id));
-- create index "ruleversion_authority_id_rule_set_rule_version" to table: "rule_versions"
CREATE UNIQUE INDEX `ruleversion_authority_id_rule_set_rule_version` ON `rule_versions` (`authority_id`, `rule_set`, `rule_version`) WHERE status <> 'rejected';
-- create index "ruleversion_status_decided_at" to table: "rule_versions"
CREATE INDEX `ruleversion_status_decided_at` ON `rule_versions` (`status`, `decided_at`);
-- create "saved_views" table
CREATE TABLE `saved_views` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `owner_id` integer NOT NULL, `share` text NOT NULL DEFAULT ('mine'), `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `role` text NOT NULL DEFAULT (''), `name` text NOT NULL, `query` text NOT NULL DEFAULT (''), `layout` text NOT NULL DEFAULT (''), `sort` text NOT NULL DEFAULT (''), `group` text NOT NULL DEFAULT (''), `columns` json NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "savedview_authority_id_owner_id_id" to table: "saved_views"
CREATE INDEX `savedview_authority_id_owner_id_id` ON `saved_views` (`authority_id`, `owner_id`);
-- create index "savedview_authority_id_share_id" to table: "saved_views"
CREATE INDEX `savedview_authority_id_share_id` ON `saved_views` (`authority_id`, `share`);
-- create "second_factors" table
CREATE TABLE `second_factors` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `secret` text NOT NULL, `confirmed_at` datetime NULL, `last_step` integer NOT NULL DEFAULT (0), `recovery` json NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `user_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `second_factors_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "secondfactor_user_id" to table: "second_factors"
CREATE UNIQUE INDEX `secondfactor_user_id` ON `second_factors` (`user_id`);
-- create "sessions" table
CREATE TABLE `sessions` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `hash` blob NOT NULL, `created_at` datetime NOT NULL, `seen_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `agent` text NOT NULL DEFAULT (''), `user_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sessions_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "session_hash" to table: "sessions"
CREATE UNIQUE INDEX `session_hash` ON `sessions` (`hash`);
-- create index "session_user_id" to table: "sessions"
CREATE INDEX `session_user_id` ON `sessions` (`user_id`);
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- create "setup_links" table
CREATE TABLE `setup_links` (`id` integer NOT NULL, `user_id` integer NOT NULL, `hash` blob NOT NULL, `purpose` text NOT NULL, `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `used_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "setuplink_hash" to table: "setup_links"
CREATE UNIQUE INDEX `setuplink_hash` ON `setup_links` (`hash`);
-- create "shares" table
CREATE TABLE `shares` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `duty_id` integer NOT NULL, `parent_id` integer NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('assigned'), `open` bool NOT NULL DEFAULT (true), `title` text NOT NULL, `content` text NOT NULL DEFAULT (''), `due_date` text NOT NULL, `weight` integer NOT NULL DEFAULT (1), `required` bool NOT NULL DEFAULT (true), `progress` integer NOT NULL DEFAULT (0), `narrative` text NOT NULL DEFAULT (''), `reason` text NOT NULL DEFAULT (''), `assigned_by_id` integer NOT NULL, `accepted_by_id` integer NOT NULL, `accepted_at` datetime NULL, `submitted_by_id` integer NOT NULL, `submitted_at` datetime NULL, `confirmed_by_id` integer NOT NULL, `closed_at` datetime NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `share_open_by_status` CHECK (open = (status NOT IN ('closed', 'cancelled'))), CONSTRAINT `share_progress_range` CHECK (progress BETWEEN 0 AND 10000), CONSTRAINT `share_weight_not_below_0` CHECK (weight >= 0));
-- create index "share_duty_id_parent_id_id" to table: "shares"
CREATE INDEX `share_duty_id_parent_id_id` ON `shares` (`duty_id`, `parent_id`);
-- create index "share_unit_id_open_due_date_id" to table: "shares"
CREATE INDEX `share_unit_id_open_due_date_id` ON `shares` (`unit_id`, `open`, `due_date`);
-- create "signatures" table
CREATE TABLE `signatures` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `closing_id` integer NOT NULL, `ordinal` integer NOT NULL, `step` text NOT NULL, `verdict` text NOT NULL, `signer_id` integer NOT NULL, `acting_for_id` integer NOT NULL, `note` text NOT NULL DEFAULT (''), `at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "signature_closing_id_ordinal" to table: "signatures"
CREATE UNIQUE INDEX `signature_closing_id_ordinal` ON `signatures` (`closing_id`, `ordinal`);
-- create "site_checks" table
CREATE TABLE `site_checks` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `notice_id` integer NOT NULL, `reply_id` integer NOT NULL, `checked_on` text NOT NULL, `place` text NOT NULL DEFAULT (''), `outcome` text NOT NULL, `note` text NOT NULL, `checked_by_id` integer NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "sitecheck_notice_id_id" to table: "site_checks"
CREATE INDEX `sitecheck_notice_id_id` ON `site_checks` (`notice_id`);
-- create index "sitecheck_reply_id" to table: "site_checks"
CREATE INDEX `sitecheck_reply_id` ON `site_checks` (`reply_id`);
-- create "splits" table
CREATE TABLE `splits` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `duty_id` integer NOT NULL, `share_id` integer NOT NULL, `roll_up` text NOT NULL DEFAULT ('all'), `roll_up_k` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "split_duty_id_share_id" to table: "splits"
CREATE UNIQUE INDEX `split_duty_id_share_id` ON `splits` (`duty_id`, `share_id`);
-- create "steps" table
CREATE TABLE `steps` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `rule_step` text NOT NULL, `due_revision` integer NOT NULL, `kind` text NOT NULL, `rule` text NOT NULL, `due_date` text NOT NULL, `calendar` text NOT NULL DEFAULT (''), `planned_at` datetime NOT NULL, `taken_at` datetime NOT NULL, `unit_id` integer NOT NULL, `recipients` integer NOT NULL DEFAULT (0), `inputs` json NULL, PRIMARY KEY (`id`));
-- create index "step_subject_subject_id_rule_step_due_revision" to table: "steps"
CREATE UNIQUE INDEX `step_subject_subject_id_rule_step_due_revision` ON `steps` (`subject`, `subject_id`, `rule_step`, `due_revision`);
-- create index "step_authority_id_id" to table: "steps"
CREATE INDEX `step_authority_id_id` ON `steps` (`authority_id`);
-- create "tasks" table
CREATE TABLE `tasks` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `parent_id` integer NOT NULL, `path` text NOT NULL DEFAULT (''), `kind` text NOT NULL, `number` text NOT NULL DEFAULT (''), `title` text NOT NULL DEFAULT (''), `content` text NOT NULL DEFAULT (''), `span_start` integer NOT NULL DEFAULT (0), `span_end` integer NOT NULL DEFAULT (0), `paragraph` integer NOT NULL DEFAULT (0), `deadline_kind` text NOT NULL DEFAULT ('none'), `deadline_phrase` text NOT NULL DEFAULT (''), `deadline_rule` text NOT NULL DEFAULT (''), `deadline_start` integer NOT NULL DEFAULT (0), `deadline_end` integer NOT NULL DEFAULT (0), `start_date` text NOT NULL, `due_date` text NOT NULL, `recurrence` text NOT NULL DEFAULT (''), `milestones` json NULL, `targets` json NULL, `contract` json NULL, `weight` integer NOT NULL DEFAULT (1), `roll_up` text NOT NULL DEFAULT ('all'), `roll_up_k` integer NOT NULL DEFAULT (0), `progress` integer NOT NULL DEFAULT (0), `parts` integer NOT NULL DEFAULT (0), `closed_parts` integer NOT NULL DEFAULT (0), `part_sum` integer NOT NULL DEFAULT (0), `part_weight` integer NOT NULL DEFAULT (0), `leader_id` integer NOT NULL, `mode` text NOT NULL DEFAULT (''), `version` integer NOT NULL DEFAULT (1), `plan_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `tasks_plans_plan` FOREIGN KEY (`plan_id`) REFERENCES `plans` (`id`) ON DELETE NO ACTION);
-- create index "task_plan_id_path" to table: "tasks"
CREATE INDEX `task_plan_id_path` ON `tasks` (`plan_id`, `path`);
-- create index "task_authority_id_leader_id" to table: "tasks"
CREATE INDEX `task_authority_id_leader_id` ON `tasks` (`authority_id`, `leader_id`);
-- create index "task_parent_id" to table: "tasks"
CREATE INDEX `task_parent_id` ON `tasks` (`parent_id`);
-- create "task_indicators" table
CREATE TABLE `task_indicators` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `plan_id` integer NOT NULL, `task_id` integer NOT NULL, `indicator_id` integer NOT NULL, PRIMARY KEY (`id`));
-- create index "taskindicator_task_id_indicator_id" to table: "task_indicators"
CREATE UNIQUE INDEX `taskindicator_task_id_indicator_id` ON `task_indicators` (`task_id`, `indicator_id`);
-- create index "taskindicator_indicator_id" to table: "task_indicators"
CREATE INDEX `taskindicator_indicator_id` ON `task_indicators` (`indicator_id`);
-- create index "taskindicator_plan_id" to table: "task_indicators"
CREATE INDEX `taskindicator_plan_id` ON `task_indicators` (`plan_id`);
-- create "tokens" table
CREATE TABLE `tokens` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `name` text NOT NULL, `hash` blob NOT NULL, `permissions` json NULL, `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `revoked_at` datetime NULL, `used_at` datetime NULL, `user_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `tokens_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "token_hash" to table: "tokens"
CREATE UNIQUE INDEX `token_hash` ON `tokens` (`hash`);
-- create index "token_user_id" to table: "tokens"
CREATE INDEX `token_user_id` ON `tokens` (`user_id`);
-- create "units" table
CREATE TABLE `units` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `parent_id` integer NOT NULL, `path` text NOT NULL DEFAULT (''), `kind` text NOT NULL, `name` text NOT NULL DEFAULT (''), `code` text NOT NULL DEFAULT (''), `sort` integer NOT NULL DEFAULT (0), `valid_from` text NOT NULL, `valid_to` text NOT NULL, `successor_id` integer NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "unit_path" to table: "units"
CREATE UNIQUE INDEX `unit_path` ON `units` (`path`);
-- create index "unit_authority_id_code" to table: "units"
CREATE UNIQUE INDEX `unit_authority_id_code` ON `units` (`authority_id`, `code`);
-- create index "unit_authority_id_name" to table: "units"
CREATE INDEX `unit_authority_id_name` ON `units` (`authority_id`, `name`);
-- create index "unit_parent_id_sort" to table: "units"
CREATE INDEX `unit_parent_id_sort` ON `units` (`parent_id`, `sort`);
-- create "unit_alias" table
CREATE TABLE `unit_alias` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `unit_id` integer NOT NULL, `name` text NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "unitalias_authority_id_name" to table: "unit_alias"
CREATE INDEX `unitalias_authority_id_name` ON `unit_alias` (`authority_id`, `name`);
-- create index "unitalias_unit_id" to table: "unit_alias"
CREATE INDEX `unitalias_unit_id` ON `unit_alias` (`unit_id`);
-- create "unit_lineages" table
CREATE TABLE `unit_lineages` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `unit_id` integer NOT NULL, `other_id` integer NOT NULL, `kind` text NOT NULL, `old_name` text NOT NULL DEFAULT (''), `new_name` text NOT NULL DEFAULT (''), `on_date` text NOT NULL, `reason` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "unitlineage_unit_id" to table: "unit_lineages"
CREATE INDEX `unitlineage_unit_id` ON `unit_lineages` (`unit_id`);
-- create "urges" table
CREATE TABLE `urges` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `subject_id` integer NOT NULL, `unit_id` integer NOT NULL, `content` text NOT NULL DEFAULT (''), `reason` text NOT NULL DEFAULT (''), `event_id` integer NOT NULL, `urged_by_id` integer NOT NULL, `step_id` integer NOT NULL, `reply_due_date` text NOT NULL, `reply_origin` text NOT NULL DEFAULT (''), `replied_at` datetime NULL, `replied_by_id` integer NOT NULL, `reply` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "urge_subject_subject_id_id" to table: "urges"
CREATE INDEX `urge_subject_subject_id_id` ON `urges` (`subject`, `subject_id`);
-- create index "urge_unit_id_id" to table: "urges"
CREATE INDEX `urge_unit_id_id` ON `urges` (`unit_id`);
-- create index "urge_urged_by_id_id" to table: "urges"
CREATE INDEX `urge_urged_by_id_id` ON `urges` (`urged_by_id`);
-- create index "urge_authority_id_id" to table: "urges"
CREATE INDEX `urge_authority_id_id` ON `urges` (`authority_id`);
-- create "users" table
CREATE TABLE `users` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `login` text NOT NULL, `name` text NOT NULL, `password_hash` text NOT NULL DEFAULT (''), `email` text NOT NULL DEFAULT (''), `language` text NOT NULL DEFAULT ('zh-CN'), `digest_hour` integer NOT NULL DEFAULT (8), `disabled_at` datetime NULL, `last_login_at` datetime NULL, `password_set_at` datetime NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "user_login" to table: "users"
CREATE UNIQUE INDEX `user_login` ON `users` (`login`);
-- create index "user_authority_id_name" to table: "users"
CREATE INDEX `user_authority_id_name` ON `users` (`authority_id`, `name`);
-- create "watches" table
CREATE TABLE `watches` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `subject` text NOT NULL, `unit_id` integer NOT NULL, `unit_path` text NOT NULL DEFAULT (''), `leader_id` integer NOT NULL, `start_date` text NOT NULL, `due_date` text NOT NULL, `due_revision` integer NOT NULL DEFAULT (1), `sign_due_date` text NOT NULL, `due_origin` text NOT NULL DEFAULT (''), `sign_origin` text NOT NULL DEFAULT (''), `light` text NOT NULL DEFAULT ('grey'), `light_rule` text NOT NULL DEFAULT (''), `light_since` datetime NULL, `next_check_at` datetime NULL, `progress` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- create index "watch_next_check_at" to table: "watches"
CREATE INDEX `watch_next_check_at` ON `watches` (`next_check_at`);
-- create index "watch_unit_id_light" to table: "watches"
CREATE INDEX `watch_unit_id_light` ON `watches` (`unit_id`, `light`);
-- create "webhooks" table
CREATE TABLE `webhooks` (`id` integer NOT NULL, `authority_id` integer NOT NULL, `url` text NOT NULL, `secret` text NOT NULL, `topics` json NULL, `enabled` bool NOT NULL DEFAULT (true), `created_by_id` integer NOT NULL, `created_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- create index "webhook_authority_id" to table: "webhooks"
CREATE INDEX `webhook_authority_id` ON `webhooks` (`authority_id`);
