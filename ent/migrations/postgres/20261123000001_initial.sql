-- +goose Up
-- create "login_tries" table
CREATE TABLE "login_tries" ("id" bigint NOT NULL, "subject" character varying NOT NULL, "failures" bigint NOT NULL DEFAULT 0, "since" timestamptz NOT NULL, "blocked_until" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "logintry_subject" to table: "login_tries"
CREATE UNIQUE INDEX "logintry_subject" ON "login_tries" ("subject");
-- create "look_items" table
CREATE TABLE "look_items" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "title" character varying NOT NULL, "number" character varying NOT NULL DEFAULT '', "due_date" character varying(10) NOT NULL, "status" character varying NOT NULL DEFAULT 'pending', "note" text NOT NULL DEFAULT '', "checked_by_id" bigint NOT NULL, "checked_at" timestamptz NULL, "notice_id" bigint NOT NULL, "finding_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "lookitem_inspection_id_subject_subject_id" to table: "look_items"
CREATE UNIQUE INDEX "lookitem_inspection_id_subject_subject_id" ON "look_items" ("inspection_id", "subject", "subject_id");
-- create "calendar_feeds" table
CREATE TABLE "calendar_feeds" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "user_id" bigint NOT NULL, "hash" bytea NOT NULL, "language" character varying NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "revoked_at" timestamptz NULL, "read_at" timestamptz NULL, "counted_since" timestamptz NULL, "reads" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- create index "calendarfeed_hash" to table: "calendar_feeds"
CREATE UNIQUE INDEX "calendarfeed_hash" ON "calendar_feeds" ("hash");
-- create index "calendarfeed_user_id_id" to table: "calendar_feeds"
CREATE INDEX "calendarfeed_user_id_id" ON "calendar_feeds" ("user_id", "id");
-- create "calendar_versions" table
CREATE TABLE "calendar_versions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'proposed', "title" character varying NOT NULL, "notice" text NOT NULL, "base" character varying NOT NULL, "name" character varying NOT NULL, "proposed_by_id" bigint NOT NULL, "proposed_at" timestamptz NOT NULL, "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "reason" text NOT NULL DEFAULT '', "moved" bigint NOT NULL DEFAULT 0, "applied_at" timestamptz NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "calendarversion_authority_id_decided_at_id" to table: "calendar_versions"
CREATE INDEX "calendarversion_authority_id_decided_at_id" ON "calendar_versions" ("authority_id", "decided_at", "id");
-- create "clock_pasts" table
CREATE TABLE "clock_pasts" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "until" timestamptz NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "due_date" character varying(10) NOT NULL, "due_revision" bigint NOT NULL, "sign_due_date" character varying(10) NOT NULL, "progress" bigint NOT NULL, "running" boolean NOT NULL, "light" character varying NOT NULL, PRIMARY KEY ("id"));
-- create index "clockpast_subject_subject_id_id" to table: "clock_pasts"
CREATE INDEX "clockpast_subject_subject_id_id" ON "clock_pasts" ("subject", "subject_id", "id");
-- create "closings" table
CREATE TABLE "closings" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "report_id" bigint NOT NULL, "rule" character varying NOT NULL, "steps" jsonb NOT NULL, "status" character varying NOT NULL DEFAULT 'running', "signed" bigint NOT NULL DEFAULT 0, "turn" character varying NOT NULL DEFAULT '', "last" boolean NOT NULL DEFAULT false, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "closing_authority_id_last_id" to table: "closings"
CREATE INDEX "closing_authority_id_last_id" ON "closings" ("authority_id", "last", "id") WHERE ((status)::text = 'running'::text);
-- create index "closing_duty_id_id" to table: "closings"
CREATE INDEX "closing_duty_id_id" ON "closings" ("duty_id", "id");
-- create index "closing_report_id" to table: "closings"
CREATE INDEX "closing_report_id" ON "closings" ("report_id");
-- create "conclusions" table
CREATE TABLE "conclusions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "number" character varying NOT NULL, "year" bigint NOT NULL, "serial" bigint NOT NULL, "content" text NOT NULL, "status" character varying NOT NULL DEFAULT 'delivered', "delivered_by_id" bigint NOT NULL, "delivered_at" timestamptz NOT NULL, "received_at" timestamptz NULL, "received_by_id" bigint NOT NULL, "object_until" character varying(10) NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "conclusion_authority_id_id" to table: "conclusions"
CREATE INDEX "conclusion_authority_id_id" ON "conclusions" ("authority_id", "id");
-- create index "conclusion_inspection_id_unit_id" to table: "conclusions"
CREATE UNIQUE INDEX "conclusion_inspection_id_unit_id" ON "conclusions" ("inspection_id", "unit_id");
-- create index "conclusion_unit_id_id" to table: "conclusions"
CREATE INDEX "conclusion_unit_id_id" ON "conclusions" ("unit_id", "id");
-- create "cycle_choices" table
CREATE TABLE "cycle_choices" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "cycle" character varying NOT NULL, PRIMARY KEY ("id"));
-- create index "cyclechoice_plan_id_task_id" to table: "cycle_choices"
CREATE UNIQUE INDEX "cyclechoice_plan_id_task_id" ON "cycle_choices" ("plan_id", "task_id");
-- create "dependencies" table
CREATE TABLE "dependencies" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "before_id" bigint NOT NULL, "after_id" bigint NOT NULL, "lag" bigint NOT NULL DEFAULT 0, "working_days" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"));
-- create index "dependency_before_id_after_id" to table: "dependencies"
CREATE UNIQUE INDEX "dependency_before_id_after_id" ON "dependencies" ("before_id", "after_id");
-- create index "dependency_plan_id" to table: "dependencies"
CREATE INDEX "dependency_plan_id" ON "dependencies" ("plan_id");
-- create "designations" table
CREATE TABLE "designations" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "government" character varying NOT NULL, "number" character varying NOT NULL, "scope" text NOT NULL, "valid_from" character varying(10) NOT NULL, "valid_to" character varying(10) NOT NULL, "created_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "designation_authority_id_id" to table: "designations"
CREATE INDEX "designation_authority_id_id" ON "designations" ("authority_id", "id");
-- create "digest_days" table
CREATE TABLE "digest_days" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "user_id" bigint NOT NULL, "day" character varying(10) NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "digestday_user_id_day" to table: "digest_days"
CREATE UNIQUE INDEX "digestday_user_id_day" ON "digest_days" ("user_id", "day");
-- create "documents" table
CREATE TABLE "documents" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "name" character varying NOT NULL, "media_type" character varying NOT NULL, "sha256" character varying NOT NULL, "size" bigint NOT NULL, "blob_key" character varying NOT NULL, "content" text NOT NULL, "uploaded_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "document_authority_id_sha256" to table: "documents"
CREATE INDEX "document_authority_id_sha256" ON "documents" ("authority_id", "sha256");
-- create "due_changes" table
CREATE TABLE "due_changes" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "revision" bigint NOT NULL, "old_date" character varying(10) NOT NULL, "new_date" character varying(10) NOT NULL, "changed_by_id" bigint NOT NULL, "reason" text NOT NULL DEFAULT '', "origin" character varying NOT NULL DEFAULT '', "extension_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "duechange_subject_subject_id_revision" to table: "due_changes"
CREATE UNIQUE INDEX "duechange_subject_subject_id_revision" ON "due_changes" ("subject", "subject_id", "revision");
-- create "webhooks" table
CREATE TABLE "webhooks" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "url" character varying NOT NULL, "secret" character varying NOT NULL, "topics" jsonb NULL, "enabled" boolean NOT NULL DEFAULT true, "created_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "webhook_authority_id" to table: "webhooks"
CREATE INDEX "webhook_authority_id" ON "webhooks" ("authority_id");
-- create "duty_counts" table
CREATE TABLE "duty_counts" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL, "n" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- create index "dutycount_authority_id_status" to table: "duty_counts"
CREATE INDEX "dutycount_authority_id_status" ON "duty_counts" ("authority_id", "status");
-- create index "dutycount_unit_id_plan_id_status" to table: "duty_counts"
CREATE UNIQUE INDEX "dutycount_unit_id_plan_id_status" ON "duty_counts" ("unit_id", "plan_id", "status");
-- create "duty_pasts" table
CREATE TABLE "duty_pasts" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "until" timestamptz NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL, "status" character varying NOT NULL, "open" boolean NOT NULL, "progress" bigint NOT NULL, "due_date" character varying(10) NOT NULL, "due_revision" bigint NOT NULL, "accept_due_date" character varying(10) NOT NULL, "leader_id" bigint NOT NULL, "accepted_at" timestamptz NULL, "closed_at" timestamptz NULL, "close_reason" character varying NOT NULL, "reported_at" timestamptz NULL, "completion_id" bigint NOT NULL, "updated_at" timestamptz NOT NULL, "version" bigint NOT NULL, PRIMARY KEY ("id"));
-- create index "dutypast_duty_id_version" to table: "duty_pasts"
CREATE UNIQUE INDEX "dutypast_duty_id_version" ON "duty_pasts" ("duty_id", "version");
-- create "letters" table
CREATE TABLE "letters" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "colour" character varying NOT NULL, "year" bigint NOT NULL, "serial" bigint NOT NULL, "number" character varying NOT NULL, "title" character varying NOT NULL, "step_id" bigint NOT NULL, "rule" character varying NOT NULL, "due_date" character varying(10) NOT NULL, "reply_due_date" character varying(10) NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "letter_authority_id_year_serial" to table: "letters"
CREATE UNIQUE INDEX "letter_authority_id_year_serial" ON "letters" ("authority_id", "year", "serial");
-- create index "letter_step_id" to table: "letters"
CREATE UNIQUE INDEX "letter_step_id" ON "letters" ("step_id");
-- create index "letter_subject_subject_id_id" to table: "letters"
CREATE INDEX "letter_subject_subject_id_id" ON "letters" ("subject", "subject_id", "id");
-- create "evidences" table
CREATE TABLE "evidences" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "name" character varying NOT NULL, "kind" character varying NOT NULL DEFAULT '', "media_type" character varying NOT NULL, "size" bigint NOT NULL, "sha256" character varying NOT NULL, "blob_key" character varying NOT NULL, "url" character varying NOT NULL DEFAULT '', "expires_on" character varying(10) NOT NULL, "supersedes_id" bigint NOT NULL, "uploaded_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "evidence_authority_id_sha256" to table: "evidences"
CREATE INDEX "evidence_authority_id_sha256" ON "evidences" ("authority_id", "sha256");
-- create index "evidence_subject_subject_id_id" to table: "evidences"
CREATE INDEX "evidence_subject_subject_id_id" ON "evidences" ("subject", "subject_id", "id");
-- create "watches" table
CREATE TABLE "watches" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "leader_id" bigint NOT NULL, "start_date" character varying(10) NOT NULL, "due_date" character varying(10) NOT NULL, "due_revision" bigint NOT NULL DEFAULT 1, "sign_due_date" character varying(10) NOT NULL, "due_origin" character varying NOT NULL DEFAULT '', "sign_origin" character varying NOT NULL DEFAULT '', "light" character varying NOT NULL DEFAULT 'grey', "light_rule" character varying NOT NULL DEFAULT '', "light_since" timestamptz NULL, "next_check_at" timestamptz NULL, "progress" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- create index "watch_next_check_at" to table: "watches"
CREATE INDEX "watch_next_check_at" ON "watches" ("next_check_at");
-- create index "watch_unit_id_light" to table: "watches"
CREATE INDEX "watch_unit_id_light" ON "watches" ("unit_id", "light");
-- create "figures" table
CREATE TABLE "figures" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "indicator_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "period" character varying NOT NULL, "period_from" character varying(10) NOT NULL, "period_to" character varying(10) NOT NULL, "value" bigint NOT NULL, "report_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "confirmed_by_id" bigint NOT NULL, "confirmed_at" timestamptz NOT NULL, "reason" text NOT NULL DEFAULT '', "replaced_by_id" bigint NOT NULL, PRIMARY KEY ("id"));
-- create index "figure_indicator_id_unit_id_period" to table: "figures"
CREATE UNIQUE INDEX "figure_indicator_id_unit_id_period" ON "figures" ("indicator_id", "unit_id", "period") WHERE (replaced_by_id = 0);
-- create index "figure_indicator_id_unit_path_period_to" to table: "figures"
CREATE INDEX "figure_indicator_id_unit_path_period_to" ON "figures" ("indicator_id", "unit_path", "period_to");
-- create index "figure_report_id" to table: "figures"
CREATE INDEX "figure_report_id" ON "figures" ("report_id");
-- create "urges" table
CREATE TABLE "urges" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "content" text NOT NULL DEFAULT '', "reason" text NOT NULL DEFAULT '', "event_id" bigint NOT NULL, "urged_by_id" bigint NOT NULL, "step_id" bigint NOT NULL, "reply_due_date" character varying(10) NOT NULL, "reply_origin" character varying NOT NULL DEFAULT '', "replied_at" timestamptz NULL, "replied_by_id" bigint NOT NULL, "reply" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "urge_authority_id_id" to table: "urges"
CREATE INDEX "urge_authority_id_id" ON "urges" ("authority_id", "id");
-- create index "urge_subject_subject_id_id" to table: "urges"
CREATE INDEX "urge_subject_subject_id_id" ON "urges" ("subject", "subject_id", "id");
-- create index "urge_unit_id_id" to table: "urges"
CREATE INDEX "urge_unit_id_id" ON "urges" ("unit_id", "id");
-- create index "urge_urged_by_id_id" to table: "urges"
CREATE INDEX "urge_urged_by_id_id" ON "urges" ("urged_by_id", "id");
-- create "finding_links" table
CREATE TABLE "finding_links" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "finding_id" bigint NOT NULL, "earlier_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "similarity" bigint NOT NULL DEFAULT 0, "status" character varying NOT NULL DEFAULT 'proposed', "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "note" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "findinglink_earlier_id" to table: "finding_links"
CREATE INDEX "findinglink_earlier_id" ON "finding_links" ("earlier_id");
-- create index "findinglink_finding_id_earlier_id" to table: "finding_links"
CREATE UNIQUE INDEX "findinglink_finding_id_earlier_id" ON "finding_links" ("finding_id", "earlier_id");
-- create "follows" table
CREATE TABLE "follows" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "user_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "follow_user_id_subject_subject_id" to table: "follows"
CREATE UNIQUE INDEX "follow_user_id_subject_subject_id" ON "follows" ("user_id", "subject", "subject_id");
-- create "hand_overs" table
CREATE TABLE "hand_overs" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "role" character varying NOT NULL, "status" character varying NOT NULL, "giver_id" bigint NOT NULL, "taker_id" bigint NOT NULL, "witness_id" bigint NOT NULL, "drawn_by_id" bigint NOT NULL, "occasion" text NOT NULL, "hash" character varying NOT NULL, "rows" bigint NOT NULL, "replaces_id" bigint NOT NULL, "reason" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "hand_over_hash_length" CHECK (length((hash)::text) = 64), CONSTRAINT "hand_over_of_different_people" CHECK ((giver_id <> taker_id) AND (giver_id <> witness_id) AND (taker_id <> witness_id)));
-- create index "handover_authority_id_id" to table: "hand_overs"
CREATE INDEX "handover_authority_id_id" ON "hand_overs" ("authority_id", "id");
-- create index "handover_giver_id_status" to table: "hand_overs"
CREATE INDEX "handover_giver_id_status" ON "hand_overs" ("giver_id", "status");
-- create index "handover_taker_id_status" to table: "hand_overs"
CREATE INDEX "handover_taker_id_status" ON "hand_overs" ("taker_id", "status");
-- create index "handover_unit_id_id" to table: "hand_overs"
CREATE INDEX "handover_unit_id_id" ON "hand_overs" ("unit_id", "id");
-- create index "handover_witness_id_status" to table: "hand_overs"
CREATE INDEX "handover_witness_id_status" ON "hand_overs" ("witness_id", "status");
-- create "unit_lineages" table
CREATE TABLE "unit_lineages" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "other_id" bigint NOT NULL, "kind" character varying NOT NULL, "old_name" character varying NOT NULL DEFAULT '', "new_name" character varying NOT NULL DEFAULT '', "on_date" character varying(10) NOT NULL, "reason" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "unitlineage_unit_id" to table: "unit_lineages"
CREATE INDEX "unitlineage_unit_id" ON "unit_lineages" ("unit_id");
-- create "hand_over_signatures" table
CREATE TABLE "hand_over_signatures" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "hand_over_id" bigint NOT NULL, "part" character varying NOT NULL, "signer_id" bigint NOT NULL, "hash" character varying NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "handoversignature_hand_over_id_part" to table: "hand_over_signatures"
CREATE UNIQUE INDEX "handoversignature_hand_over_id_part" ON "hand_over_signatures" ("hand_over_id", "part");
-- create "idempotencies" table
CREATE TABLE "idempotencies" ("id" bigint NOT NULL, "user_id" bigint NOT NULL, "key" character varying NOT NULL, "operation" character varying NOT NULL, "request_hash" bytea NOT NULL, "answer" bytea NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "idempotency_created_at" to table: "idempotencies"
CREATE INDEX "idempotency_created_at" ON "idempotencies" ("created_at");
-- create index "idempotency_user_id_key" to table: "idempotencies"
CREATE UNIQUE INDEX "idempotency_user_id_key" ON "idempotencies" ("user_id", "key");
-- create "indicators" table
CREATE TABLE "indicators" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "name" character varying NOT NULL, "measure" character varying NOT NULL DEFAULT '', "every" character varying NOT NULL, "gather" character varying NOT NULL, "definition" text NOT NULL DEFAULT '', "retired_at" timestamptz NULL, "created_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "indicator_authority_id_name" to table: "indicators"
CREATE UNIQUE INDEX "indicator_authority_id_name" ON "indicators" ("authority_id", "name");
-- create "unit_alias" table
CREATE TABLE "unit_alias" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "name" character varying NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "unitalias_authority_id_name" to table: "unit_alias"
CREATE INDEX "unitalias_authority_id_name" ON "unit_alias" ("authority_id", "name");
-- create index "unitalias_unit_id" to table: "unit_alias"
CREATE INDEX "unitalias_unit_id" ON "unit_alias" ("unit_id");
-- create "inspection_checks" table
CREATE TABLE "inspection_checks" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "item" bigint NOT NULL, "outcome" character varying NOT NULL, "note" text NOT NULL DEFAULT '', "checked_by_id" bigint NOT NULL, "checked_at" timestamptz NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "inspectioncheck_inspection_id_unit_id_item" to table: "inspection_checks"
CREATE UNIQUE INDEX "inspectioncheck_inspection_id_unit_id_item" ON "inspection_checks" ("inspection_id", "unit_id", "item");
-- create "inspection_duplicates" table
CREATE TABLE "inspection_duplicates" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "other_id" bigint NOT NULL, "reason" text NOT NULL, "answered_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "inspectionduplicate_inspection_id_other_id" to table: "inspection_duplicates"
CREATE UNIQUE INDEX "inspectionduplicate_inspection_id_other_id" ON "inspection_duplicates" ("inspection_id", "other_id");
-- create index "inspectionduplicate_other_id" to table: "inspection_duplicates"
CREATE INDEX "inspectionduplicate_other_id" ON "inspection_duplicates" ("other_id");
-- create "inspection_members" table
CREATE TABLE "inspection_members" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "user_id" bigint NOT NULL, "leads" boolean NOT NULL DEFAULT false, PRIMARY KEY ("id"));
-- create index "inspectionmember_inspection_id_user_id" to table: "inspection_members"
CREATE UNIQUE INDEX "inspectionmember_inspection_id_user_id" ON "inspection_members" ("inspection_id", "user_id");
-- create index "inspectionmember_user_id" to table: "inspection_members"
CREATE INDEX "inspectionmember_user_id" ON "inspection_members" ("user_id");
-- create "inspection_revisions" table
CREATE TABLE "inspection_revisions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "number" bigint NOT NULL, "scheme" jsonb NOT NULL, "reason" text NOT NULL, "made_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "inspectionrevision_inspection_id_number" to table: "inspection_revisions"
CREATE UNIQUE INDEX "inspectionrevision_inspection_id_number" ON "inspection_revisions" ("inspection_id", "number");
-- create "inspection_units" table
CREATE TABLE "inspection_units" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "unit_id" bigint NOT NULL, PRIMARY KEY ("id"));
-- create index "inspectionunit_inspection_id_unit_id" to table: "inspection_units"
CREATE UNIQUE INDEX "inspectionunit_inspection_id_unit_id" ON "inspection_units" ("inspection_id", "unit_id");
-- create index "inspectionunit_unit_id" to table: "inspection_units"
CREATE INDEX "inspectionunit_unit_id" ON "inspection_units" ("unit_id");
-- create "instructions" table
CREATE TABLE "instructions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "subject_title" character varying NOT NULL, "content" text NOT NULL, "urgency" character varying NOT NULL, "informs" boolean NOT NULL DEFAULT false, "status" character varying NOT NULL, "due_date" character varying(10) NOT NULL, "due_rule" character varying NOT NULL DEFAULT '', "author_id" bigint NOT NULL, "post_id" bigint NOT NULL, "matter_id" bigint NOT NULL, "finished_by_id" bigint NOT NULL, "finished_at" timestamptz NULL, "note" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "instruction_author_id_id" to table: "instructions"
CREATE INDEX "instruction_author_id_id" ON "instructions" ("author_id", "id");
-- create index "instruction_authority_id_status_id" to table: "instructions"
CREATE INDEX "instruction_authority_id_status_id" ON "instructions" ("authority_id", "status", "id");
-- create index "instruction_subject_subject_id_id" to table: "instructions"
CREATE INDEX "instruction_subject_subject_id_id" ON "instructions" ("subject", "subject_id", "id");
-- create "instruction_units" table
CREATE TABLE "instruction_units" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "instruction_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "reply" text NOT NULL DEFAULT '', "replied_by_id" bigint NOT NULL, "replied_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "instructionunit_instruction_id_unit_id" to table: "instruction_units"
CREATE UNIQUE INDEX "instructionunit_instruction_id_unit_id" ON "instruction_units" ("instruction_id", "unit_id");
-- create index "instructionunit_unit_id_instruction_id" to table: "instruction_units"
CREATE INDEX "instructionunit_unit_id_instruction_id" ON "instruction_units" ("unit_id", "instruction_id");
-- create "lapses" table
CREATE TABLE "lapses" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "occurrence_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "leader_id" bigint NOT NULL, "part" character varying NOT NULL DEFAULT '', "period" character varying NOT NULL, "due_date" character varying(10) NOT NULL, "handed_in_on" character varying(10) NOT NULL, PRIMARY KEY ("id"));
-- create index "lapse_authority_id_handed_in_on_id" to table: "lapses"
CREATE INDEX "lapse_authority_id_handed_in_on_id" ON "lapses" ("authority_id", "handed_in_on", "id");
-- create index "lapse_duty_id_occurrence_id" to table: "lapses"
CREATE UNIQUE INDEX "lapse_duty_id_occurrence_id" ON "lapses" ("duty_id", "occurrence_id");
-- create index "lapse_plan_id_handed_in_on_id" to table: "lapses"
CREATE INDEX "lapse_plan_id_handed_in_on_id" ON "lapses" ("plan_id", "handed_in_on", "id");
-- create index "lapse_unit_id_handed_in_on_id" to table: "lapses"
CREATE INDEX "lapse_unit_id_handed_in_on_id" ON "lapses" ("unit_id", "handed_in_on", "id");
-- create "leases" table
CREATE TABLE "leases" ("id" bigint NOT NULL, "name" character varying NOT NULL, "holder" character varying NOT NULL DEFAULT '', "until" timestamptz NOT NULL, "mark" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "lease_name" to table: "leases"
CREATE UNIQUE INDEX "lease_name" ON "leases" ("name");
-- create "events" table
CREATE TABLE "events" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "at" timestamptz NOT NULL, "actor_id" bigint NOT NULL, "post_id" bigint NOT NULL, "actor_name" character varying NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "action" character varying NOT NULL, "before" jsonb NULL, "after" jsonb NULL, "reason" text NOT NULL DEFAULT '', "request_id" character varying NOT NULL DEFAULT '', PRIMARY KEY ("id"));
-- create index "event_actor_id_id" to table: "events"
CREATE INDEX "event_actor_id_id" ON "events" ("actor_id", "id") WHERE ((actor_id <> 0) AND ((subject)::text <> ALL ((ARRAY['task'::character varying, 'user'::character varying])::text[])) AND ((action)::text <> ALL ((ARRAY['calendar.move'::character varying, 'plan.amend'::character varying])::text[])));
-- create index "event_authority_id_id" to table: "events"
CREATE INDEX "event_authority_id_id" ON "events" ("authority_id", "id");
-- create index "event_subject_subject_id_id" to table: "events"
CREATE INDEX "event_subject_subject_id_id" ON "events" ("subject", "subject_id", "id");
-- create index "event_unit_id_id" to table: "events"
CREATE INDEX "event_unit_id_id" ON "events" ("unit_id", "id");
-- create "authorities" table
CREATE TABLE "authorities" ("id" bigint NOT NULL, "name" character varying NOT NULL DEFAULT '', "short_name" character varying NOT NULL DEFAULT '', "doc_prefix" character varying NOT NULL DEFAULT '', "zone" character varying NOT NULL DEFAULT 'Asia/Shanghai', "root_unit_id" bigint NOT NULL, "calendar" character varying NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create "hand_over_items" table
CREATE TABLE "hand_over_items" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "hand_over_id" bigint NOT NULL, "ordinal" bigint NOT NULL, "kind" character varying NOT NULL, "object_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "number" character varying NOT NULL, "title" text NOT NULL, "original_due_date" character varying(10) NOT NULL, "due_date" character varying(10) NOT NULL, "light" character varying NOT NULL, "status" character varying NOT NULL, PRIMARY KEY ("id"));
-- create index "handoveritem_hand_over_id_ordinal" to table: "hand_over_items"
CREATE UNIQUE INDEX "handoveritem_hand_over_id_ordinal" ON "hand_over_items" ("hand_over_id", "ordinal");
-- create "light_changes" table
CREATE TABLE "light_changes" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "was" character varying NOT NULL, "light" character varying NOT NULL, "rule" character varying NOT NULL, "since" timestamptz NOT NULL, "noted_at" timestamptz NOT NULL, "inputs" jsonb NULL, PRIMARY KEY ("id"));
-- create index "lightchange_subject_subject_id_id" to table: "light_changes"
CREATE INDEX "lightchange_subject_subject_id_id" ON "light_changes" ("subject", "subject_id", "id");
-- create "matters" table
CREATE TABLE "matters" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "year" bigint NOT NULL DEFAULT 0, "serial" bigint NOT NULL DEFAULT 0, "number" character varying NOT NULL DEFAULT '', "title" character varying NOT NULL, "content" text NOT NULL DEFAULT '', "source" character varying NOT NULL, "basis" character varying NOT NULL DEFAULT '', "received_on" character varying(10) NOT NULL, "urgency" character varying NOT NULL DEFAULT 'ordinary', "supervision" character varying NOT NULL DEFAULT 'daily', "designation_id" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'draft', "open" boolean NOT NULL DEFAULT true, "due_date" character varying(10) NOT NULL, "due_rule" character varying NOT NULL DEFAULT '', "leader_id" bigint NOT NULL, "instruction_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "created_by_id" bigint NOT NULL, "proposed_by_id" bigint NOT NULL, "proposed_at" timestamptz NULL, "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "closed_by_id" bigint NOT NULL, "closed_at" timestamptz NULL, "conclusion" text NOT NULL DEFAULT '', "reason" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "matter_active_has_number" CHECK (((status)::text <> ALL ((ARRAY['active'::character varying, 'closed'::character varying])::text[])) OR (((number)::text <> ''::text) AND (task_id <> 0))), CONSTRAINT "matter_active_was_decided" CHECK (((status)::text <> ALL ((ARRAY['active'::character varying, 'closed'::character varying])::text[])) OR ((decided_by_id <> 0) AND (decided_by_id <> proposed_by_id))), CONSTRAINT "matter_closed_has_instant" CHECK (((status)::text <> 'closed'::text) OR (closed_at IS NOT NULL)));
-- create index "matter_authority_id_status_id" to table: "matters"
CREATE INDEX "matter_authority_id_status_id" ON "matters" ("authority_id", "status", "id");
-- create index "matter_authority_id_year_serial" to table: "matters"
CREATE INDEX "matter_authority_id_year_serial" ON "matters" ("authority_id", "year", "serial");
-- create index "matter_task_id" to table: "matters"
CREATE INDEX "matter_task_id" ON "matters" ("task_id");
-- create "matter_plans" table
CREATE TABLE "matter_plans" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "year" bigint NOT NULL, "plan_id" bigint NOT NULL, PRIMARY KEY ("id"));
-- create index "matterplan_authority_id_year" to table: "matter_plans"
CREATE UNIQUE INDEX "matterplan_authority_id_year" ON "matter_plans" ("authority_id", "year");
-- create "matter_units" table
CREATE TABLE "matter_units" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "matter_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "part" character varying NOT NULL, "sort" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- create index "matterunit_matter_id_unit_id" to table: "matter_units"
CREATE UNIQUE INDEX "matterunit_matter_id_unit_id" ON "matter_units" ("matter_id", "unit_id");
-- create index "matterunit_unit_id" to table: "matter_units"
CREATE INDEX "matterunit_unit_id" ON "matter_units" ("unit_id");
-- create "messages" table
CREATE TABLE "messages" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "event_id" bigint NOT NULL, "recipient_id" bigint NOT NULL, "channel" character varying NOT NULL, "template" character varying NOT NULL, "params" jsonb NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'pending', "attempts" bigint NOT NULL DEFAULT 0, "next_try_at" timestamptz NULL, "lease_until" timestamptz NULL, "sent_at" timestamptz NULL, "read_at" timestamptz NULL, "last_error" text NOT NULL DEFAULT '', "webhook_id" bigint NOT NULL, "digest_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "message_sending_has_lease" CHECK (((status)::text <> 'sending'::text) OR (lease_until IS NOT NULL)), CONSTRAINT "message_sent_has_instant" CHECK (((status)::text <> 'sent'::text) OR (sent_at IS NOT NULL)));
-- create index "message_digest_id" to table: "messages"
CREATE INDEX "message_digest_id" ON "messages" ("digest_id");
-- create index "message_event_id" to table: "messages"
CREATE INDEX "message_event_id" ON "messages" ("event_id");
-- create index "message_recipient_id_channel_id" to table: "messages"
CREATE INDEX "message_recipient_id_channel_id" ON "messages" ("recipient_id", "channel", "id");
-- create index "message_status_next_try_at" to table: "messages"
CREATE INDEX "message_status_next_try_at" ON "messages" ("status", "next_try_at");
-- create "task_indicators" table
CREATE TABLE "task_indicators" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "indicator_id" bigint NOT NULL, PRIMARY KEY ("id"));
-- create index "taskindicator_indicator_id" to table: "task_indicators"
CREATE INDEX "taskindicator_indicator_id" ON "task_indicators" ("indicator_id");
-- create index "taskindicator_plan_id" to table: "task_indicators"
CREATE INDEX "taskindicator_plan_id" ON "task_indicators" ("plan_id");
-- create index "taskindicator_task_id_indicator_id" to table: "task_indicators"
CREATE UNIQUE INDEX "taskindicator_task_id_indicator_id" ON "task_indicators" ("task_id", "indicator_id");
-- create "number_series" table
CREATE TABLE "number_series" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "kind" character varying NOT NULL, "year" bigint NOT NULL, "last" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- create index "numberseries_authority_id_kind_year" to table: "number_series"
CREATE UNIQUE INDEX "numberseries_authority_id_kind_year" ON "number_series" ("authority_id", "kind", "year");
-- create "number_voids" table
CREATE TABLE "number_voids" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "kind" character varying NOT NULL, "year" bigint NOT NULL, "serial" bigint NOT NULL, "reason" text NOT NULL, "voided_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "numbervoid_authority_id_kind_year_serial" to table: "number_voids"
CREATE UNIQUE INDEX "numbervoid_authority_id_kind_year_serial" ON "number_voids" ("authority_id", "kind", "year", "serial");
-- create "objections" table
CREATE TABLE "objections" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "leader_id" bigint NOT NULL, "title" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL DEFAULT 'filed', "open" boolean NOT NULL DEFAULT true, "grounds" text NOT NULL, "demand" text NOT NULL DEFAULT '', "received_on" character varying(10) NOT NULL, "until" character varying(10) NOT NULL, "decide_by" character varying(10) NOT NULL, "rule" character varying NOT NULL DEFAULT '', "filed_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, "decider_ids" jsonb NULL, "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "opinion" text NOT NULL DEFAULT '', "effect" text NOT NULL DEFAULT '', "year" bigint NOT NULL DEFAULT 0, "serial" bigint NOT NULL DEFAULT 0, "number" character varying NOT NULL DEFAULT '', "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "objection_authority_id_id" to table: "objections"
CREATE INDEX "objection_authority_id_id" ON "objections" ("authority_id", "id");
-- create index "objection_subject_subject_id" to table: "objections"
CREATE INDEX "objection_subject_subject_id" ON "objections" ("subject", "subject_id");
-- create index "objection_unit_id_id" to table: "objections"
CREATE INDEX "objection_unit_id_id" ON "objections" ("unit_id", "id");
-- create "occurrences" table
CREATE TABLE "occurrences" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "clock_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "cycle" character varying NOT NULL, "rule" character varying NOT NULL, "relative" boolean NOT NULL DEFAULT false, "period" character varying NOT NULL, "period_from" character varying(10) NOT NULL, "period_to" character varying(10) NOT NULL, "opens_on" character varying(10) NOT NULL, "due_date" character varying(10) NOT NULL, "due_at" timestamptz NOT NULL, "ask" character varying NOT NULL DEFAULT '', "reminded_at" timestamptz NULL, "closed_at" timestamptz NULL, "next_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "occurrence_authority_id_due_date_id" to table: "occurrences"
CREATE INDEX "occurrence_authority_id_due_date_id" ON "occurrences" ("authority_id", "due_date", "id");
-- create index "occurrence_next_at" to table: "occurrences"
CREATE INDEX "occurrence_next_at" ON "occurrences" ("next_at");
-- create index "occurrence_task_id_duty_id_period_due_date" to table: "occurrences"
CREATE UNIQUE INDEX "occurrence_task_id_duty_id_period_due_date" ON "occurrences" ("task_id", "duty_id", "period", "due_date");
-- create "plans" table
CREATE TABLE "plans" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "year" bigint NOT NULL DEFAULT 0, "title" character varying NOT NULL, "number" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL DEFAULT 'draft', "document_id" bigint NOT NULL, "unplaced" jsonb NULL, "declarations" jsonb NULL, "issued_on" character varying(10) NOT NULL, "issued_at" timestamptz NULL, "issued_by_id" bigint NOT NULL, "created_by_id" bigint NOT NULL, "duties" bigint NOT NULL DEFAULT 0, "closed_duties" bigint NOT NULL DEFAULT 0, "progress" bigint NOT NULL DEFAULT 0, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "plan_issued_has_instant" CHECK (((status)::text = 'draft'::text) OR (issued_at IS NOT NULL)));
-- create index "plan_authority_id_year_id" to table: "plans"
CREATE INDEX "plan_authority_id_year_id" ON "plans" ("authority_id", "year", "id");
-- create "steps" table
CREATE TABLE "steps" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "subject" character varying NOT NULL, "subject_id" bigint NOT NULL, "rule_step" character varying NOT NULL, "due_revision" bigint NOT NULL, "kind" character varying NOT NULL, "rule" character varying NOT NULL, "due_date" character varying(10) NOT NULL, "calendar" character varying NOT NULL DEFAULT '', "planned_at" timestamptz NOT NULL, "taken_at" timestamptz NOT NULL, "unit_id" bigint NOT NULL, "recipients" bigint NOT NULL DEFAULT 0, "inputs" jsonb NULL, PRIMARY KEY ("id"));
-- create index "step_authority_id_id" to table: "steps"
CREATE INDEX "step_authority_id_id" ON "steps" ("authority_id", "id");
-- create index "step_subject_subject_id_rule_step_due_revision" to table: "steps"
CREATE UNIQUE INDEX "step_subject_subject_id_rule_step_due_revision" ON "steps" ("subject", "subject_id", "rule_step", "due_revision");
-- create "proceedings" table
CREATE TABLE "proceedings" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "kind" character varying NOT NULL, "year" bigint NOT NULL DEFAULT 0, "serial" bigint NOT NULL DEFAULT 0, "number" character varying NOT NULL DEFAULT '', "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL, "audience" character varying NOT NULL DEFAULT 'unit', "title" character varying NOT NULL, "grounds" text NOT NULL DEFAULT '', "basis" jsonb NULL, "origin" character varying NOT NULL DEFAULT '', "proposed_by_id" bigint NOT NULL, "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "held_on" character varying(10) NOT NULL, "place" character varying NOT NULL DEFAULT '', "participants" text NOT NULL DEFAULT '', "record" text NOT NULL DEFAULT '', "issued_by_id" bigint NOT NULL, "issued_at" timestamptz NULL, "signed_by_id" bigint NOT NULL, "signed_at" timestamptz NULL, "reason" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "proceeding_decided_by_somebody" CHECK (((status)::text <> ALL ((ARRAY['approved'::character varying, 'issued'::character varying, 'signed'::character varying])::text[])) OR ((decided_by_id <> 0) AND (decided_by_id <> proposed_by_id))), CONSTRAINT "proceeding_issued_has_number" CHECK (((status)::text <> ALL ((ARRAY['issued'::character varying, 'signed'::character varying])::text[])) OR (((number)::text <> ''::text) AND (issued_at IS NOT NULL))));
-- create index "proceeding_authority_id_kind_year_serial" to table: "proceedings"
CREATE INDEX "proceeding_authority_id_kind_year_serial" ON "proceedings" ("authority_id", "kind", "year", "serial");
-- create index "proceeding_authority_id_origin" to table: "proceedings"
CREATE INDEX "proceeding_authority_id_origin" ON "proceedings" ("authority_id", "origin");
-- create index "proceeding_authority_id_status_id" to table: "proceedings"
CREATE INDEX "proceeding_authority_id_status_id" ON "proceedings" ("authority_id", "status", "id");
-- create index "proceeding_unit_id_id" to table: "proceedings"
CREATE INDEX "proceeding_unit_id_id" ON "proceedings" ("unit_id", "id");
-- create "questions" table
CREATE TABLE "questions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "assignment_id" bigint NOT NULL, "kind" character varying NOT NULL, "phrase" character varying NOT NULL DEFAULT '', "span_start" bigint NOT NULL DEFAULT 0, "span_end" bigint NOT NULL DEFAULT 0, "suggestions" jsonb NULL, "answer" character varying NOT NULL DEFAULT '', "answer_id" bigint NOT NULL, "answered_by_id" bigint NOT NULL, "answered_at" timestamptz NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "question_plan_id" to table: "questions"
CREATE INDEX "question_plan_id" ON "questions" ("plan_id");
-- create "splits" table
CREATE TABLE "splits" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "share_id" bigint NOT NULL, "roll_up" character varying NOT NULL DEFAULT 'all', "roll_up_k" bigint NOT NULL DEFAULT 0, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "split_duty_id_share_id" to table: "splits"
CREATE UNIQUE INDEX "split_duty_id_share_id" ON "splits" ("duty_id", "share_id");
-- create "site_checks" table
CREATE TABLE "site_checks" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "notice_id" bigint NOT NULL, "reply_id" bigint NOT NULL, "checked_on" character varying(10) NOT NULL, "place" character varying NOT NULL DEFAULT '', "outcome" character varying NOT NULL, "note" text NOT NULL, "checked_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "sitecheck_notice_id_id" to table: "site_checks"
CREATE INDEX "sitecheck_notice_id_id" ON "site_checks" ("notice_id", "id");
-- create index "sitecheck_reply_id" to table: "site_checks"
CREATE INDEX "sitecheck_reply_id" ON "site_checks" ("reply_id");
-- create "report_clocks" table
CREATE TABLE "report_clocks" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "task_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "cycle" character varying NOT NULL DEFAULT '', "recurrence" character varying NOT NULL DEFAULT '', "assigned_on" character varying(10) NOT NULL, "opened_through" character varying(10) NOT NULL, "next_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "reportclock_next_at" to table: "report_clocks"
CREATE INDEX "reportclock_next_at" ON "report_clocks" ("next_at");
-- create index "reportclock_task_id_duty_id" to table: "report_clocks"
CREATE UNIQUE INDEX "reportclock_task_id_duty_id" ON "report_clocks" ("task_id", "duty_id");
-- create "rosters" table
CREATE TABLE "rosters" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "name" character varying NOT NULL, "aliases" jsonb NULL, "kinds" jsonb NULL, "under_id" bigint NOT NULL, "listed" boolean NOT NULL DEFAULT false, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "roster_authority_id_name" to table: "rosters"
CREATE UNIQUE INDEX "roster_authority_id_name" ON "rosters" ("authority_id", "name");
-- create "roster_members" table
CREATE TABLE "roster_members" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "roster_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "valid_from" character varying(10) NOT NULL, "valid_to" character varying(10) NOT NULL, PRIMARY KEY ("id"));
-- create index "rostermember_roster_id_unit_id_valid_from" to table: "roster_members"
CREATE UNIQUE INDEX "rostermember_roster_id_unit_id_valid_from" ON "roster_members" ("roster_id", "unit_id", "valid_from");
-- create "rule_versions" table
CREATE TABLE "rule_versions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "rule_set" character varying NOT NULL, "rule_version" bigint NOT NULL, "subject" character varying NOT NULL, "content" text NOT NULL, "sha256" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'proposed', "applies_from" character varying(10) NOT NULL, "note" text NOT NULL DEFAULT '', "proposed_by_id" bigint NOT NULL, "proposed_at" timestamptz NOT NULL, "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "decision" text NOT NULL DEFAULT '', "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "rule_version_decided_by_another" CHECK (((status)::text = 'proposed'::text) OR (decided_by_id <> proposed_by_id)));
-- create index "ruleversion_authority_id_rule_set_rule_version" to table: "rule_versions"
CREATE UNIQUE INDEX "ruleversion_authority_id_rule_set_rule_version" ON "rule_versions" ("authority_id", "rule_set", "rule_version") WHERE ((status)::text <> 'rejected'::text);
-- create index "ruleversion_status_decided_at" to table: "rule_versions"
CREATE INDEX "ruleversion_status_decided_at" ON "rule_versions" ("status", "decided_at");
-- create "saved_views" table
CREATE TABLE "saved_views" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "owner_id" bigint NOT NULL, "share" character varying NOT NULL DEFAULT 'mine', "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "role" character varying NOT NULL DEFAULT '', "name" character varying NOT NULL, "query" text NOT NULL DEFAULT '', "layout" character varying NOT NULL DEFAULT '', "sort" character varying NOT NULL DEFAULT '', "group" character varying NOT NULL DEFAULT '', "columns" jsonb NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "savedview_authority_id_owner_id_id" to table: "saved_views"
CREATE INDEX "savedview_authority_id_owner_id_id" ON "saved_views" ("authority_id", "owner_id", "id");
-- create index "savedview_authority_id_share_id" to table: "saved_views"
CREATE INDEX "savedview_authority_id_share_id" ON "saved_views" ("authority_id", "share", "id");
-- create "signatures" table
CREATE TABLE "signatures" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "closing_id" bigint NOT NULL, "ordinal" bigint NOT NULL, "step" character varying NOT NULL, "verdict" character varying NOT NULL, "signer_id" bigint NOT NULL, "acting_for_id" bigint NOT NULL, "note" text NOT NULL DEFAULT '', "at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "signature_closing_id_ordinal" to table: "signatures"
CREATE UNIQUE INDEX "signature_closing_id_ordinal" ON "signatures" ("closing_id", "ordinal");
-- create "shares" table
CREATE TABLE "shares" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "parent_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL DEFAULT 'assigned', "open" boolean NOT NULL DEFAULT true, "title" character varying NOT NULL, "content" text NOT NULL DEFAULT '', "due_date" character varying(10) NOT NULL, "weight" bigint NOT NULL DEFAULT 1, "required" boolean NOT NULL DEFAULT true, "progress" bigint NOT NULL DEFAULT 0, "narrative" text NOT NULL DEFAULT '', "reason" text NOT NULL DEFAULT '', "assigned_by_id" bigint NOT NULL, "accepted_by_id" bigint NOT NULL, "accepted_at" timestamptz NULL, "submitted_by_id" bigint NOT NULL, "submitted_at" timestamptz NULL, "confirmed_by_id" bigint NOT NULL, "closed_at" timestamptz NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "share_open_by_status" CHECK (open = ((status)::text <> ALL ((ARRAY['closed'::character varying, 'cancelled'::character varying])::text[]))), CONSTRAINT "share_progress_range" CHECK ((progress >= 0) AND (progress <= 10000)), CONSTRAINT "share_weight_not_below_0" CHECK (weight >= 0));
-- create index "share_duty_id_parent_id_id" to table: "shares"
CREATE INDEX "share_duty_id_parent_id_id" ON "shares" ("duty_id", "parent_id", "id");
-- create index "share_unit_id_open_due_date_id" to table: "shares"
CREATE INDEX "share_unit_id_open_due_date_id" ON "shares" ("unit_id", "open", "due_date", "id");
-- create "setup_links" table
CREATE TABLE "setup_links" ("id" bigint NOT NULL, "user_id" bigint NOT NULL, "hash" bytea NOT NULL, "purpose" character varying NOT NULL, "created_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "used_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "setuplink_hash" to table: "setup_links"
CREATE UNIQUE INDEX "setuplink_hash" ON "setup_links" ("hash");
-- create "tasks" table
CREATE TABLE "tasks" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "parent_id" bigint NOT NULL, "path" character varying NOT NULL DEFAULT '', "kind" character varying NOT NULL, "number" character varying NOT NULL DEFAULT '', "title" character varying NOT NULL DEFAULT '', "content" text NOT NULL DEFAULT '', "span_start" bigint NOT NULL DEFAULT 0, "span_end" bigint NOT NULL DEFAULT 0, "paragraph" bigint NOT NULL DEFAULT 0, "deadline_kind" character varying NOT NULL DEFAULT 'none', "deadline_phrase" character varying NOT NULL DEFAULT '', "deadline_rule" character varying NOT NULL DEFAULT '', "deadline_start" bigint NOT NULL DEFAULT 0, "deadline_end" bigint NOT NULL DEFAULT 0, "start_date" character varying(10) NOT NULL, "due_date" character varying(10) NOT NULL, "recurrence" character varying NOT NULL DEFAULT '', "milestones" jsonb NULL, "targets" jsonb NULL, "contract" jsonb NULL, "weight" bigint NOT NULL DEFAULT 1, "roll_up" character varying NOT NULL DEFAULT 'all', "roll_up_k" bigint NOT NULL DEFAULT 0, "progress" bigint NOT NULL DEFAULT 0, "parts" bigint NOT NULL DEFAULT 0, "closed_parts" bigint NOT NULL DEFAULT 0, "part_sum" bigint NOT NULL DEFAULT 0, "part_weight" bigint NOT NULL DEFAULT 0, "leader_id" bigint NOT NULL, "mode" character varying NOT NULL DEFAULT '', "version" bigint NOT NULL DEFAULT 1, "plan_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "tasks_plans_plan" FOREIGN KEY ("plan_id") REFERENCES "plans" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "task_authority_id_leader_id" to table: "tasks"
CREATE INDEX "task_authority_id_leader_id" ON "tasks" ("authority_id", "leader_id");
-- create index "task_parent_id" to table: "tasks"
CREATE INDEX "task_parent_id" ON "tasks" ("parent_id");
-- create index "task_plan_id_path" to table: "tasks"
CREATE INDEX "task_plan_id_path" ON "tasks" ("plan_id", "path");
-- create "assignments" table
CREATE TABLE "assignments" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "part" character varying NOT NULL, "name" character varying NOT NULL, "norm" character varying NOT NULL DEFAULT '', "span_start" bigint NOT NULL DEFAULT 0, "span_end" bigint NOT NULL DEFAULT 0, "unit_id" bigint NOT NULL, "roster_id" bigint NOT NULL, "open_list" boolean NOT NULL DEFAULT false, "sort" bigint NOT NULL DEFAULT 0, "version" bigint NOT NULL DEFAULT 1, "task_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "assignments_tasks_task" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "assignment_plan_id" to table: "assignments"
CREATE INDEX "assignment_plan_id" ON "assignments" ("plan_id");
-- create index "assignment_task_id_sort" to table: "assignments"
CREATE INDEX "assignment_task_id_sort" ON "assignments" ("task_id", "sort");
-- create "duties" table
CREATE TABLE "duties" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "plan_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "part" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'assigned', "open" boolean NOT NULL DEFAULT true, "progress" bigint NOT NULL DEFAULT 0, "due_date" character varying(10) NOT NULL, "original_due_date" character varying(10) NOT NULL, "due_revision" bigint NOT NULL DEFAULT 1, "accept_due_date" character varying(10) NOT NULL, "leader_id" bigint NOT NULL, "accepted_at" timestamptz NULL, "accepted_by_id" bigint NOT NULL, "closed_at" timestamptz NULL, "closed_by_id" bigint NOT NULL, "close_reason" character varying NOT NULL DEFAULT '', "note" text NOT NULL DEFAULT '', "completion_id" bigint NOT NULL, "reported_at" timestamptz NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "task_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "duties_tasks_task" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "duty_closed_has_instant" CHECK (((status)::text <> 'closed'::text) OR (closed_at IS NOT NULL)), CONSTRAINT "duty_open_by_status" CHECK (open = ((status)::text <> ALL ((ARRAY['closed'::character varying, 'cancelled'::character varying])::text[]))), CONSTRAINT "duty_progress_range" CHECK ((progress >= 0) AND (progress <= 10000)));
-- create index "duty_authority_id_open_due_date_id" to table: "duties"
CREATE INDEX "duty_authority_id_open_due_date_id" ON "duties" ("authority_id", "open", "due_date", "id");
-- create index "duty_authority_id_open_original_due_date_id" to table: "duties"
CREATE INDEX "duty_authority_id_open_original_due_date_id" ON "duties" ("authority_id", "open", "original_due_date", "id");
-- create index "duty_authority_id_status_id" to table: "duties"
CREATE INDEX "duty_authority_id_status_id" ON "duties" ("authority_id", "status", "id") WHERE ((status)::text = ANY ((ARRAY['returned'::character varying, 'review'::character varying])::text[]));
-- create index "duty_leader_id_open_due_date_id" to table: "duties"
CREATE INDEX "duty_leader_id_open_due_date_id" ON "duties" ("leader_id", "open", "due_date", "id");
-- create index "duty_task_id_unit_id" to table: "duties"
CREATE UNIQUE INDEX "duty_task_id_unit_id" ON "duties" ("task_id", "unit_id");
-- create index "duty_unit_id_open_due_date_id" to table: "duties"
CREATE INDEX "duty_unit_id_open_due_date_id" ON "duties" ("unit_id", "open", "due_date", "id");
-- create index "duty_unit_id_open_original_due_date_id" to table: "duties"
CREATE INDEX "duty_unit_id_open_original_due_date_id" ON "duties" ("unit_id", "open", "original_due_date", "id");
-- create "extensions" table
CREATE TABLE "extensions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'requested', "from_date" character varying(10) NOT NULL, "wanted_date" character varying(10) NOT NULL, "granted_date" character varying(10) NOT NULL, "reason" text NOT NULL DEFAULT '', "progress" bigint NOT NULL DEFAULT 0, "requested_by_id" bigint NOT NULL, "opinion" text NOT NULL DEFAULT '', "opined_by_id" bigint NOT NULL, "opined_at" timestamptz NULL, "decision" text NOT NULL DEFAULT '', "decided_by_id" bigint NOT NULL, "decided_at" timestamptz NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "duty_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "extensions_duties_duty" FOREIGN KEY ("duty_id") REFERENCES "duties" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "extension_authority_id_status_id" to table: "extensions"
CREATE INDEX "extension_authority_id_status_id" ON "extensions" ("authority_id", "status", "id");
-- create index "extension_duty_id_id" to table: "extensions"
CREATE INDEX "extension_duty_id_id" ON "extensions" ("duty_id", "id");
-- create "inspections" table
CREATE TABLE "inspections" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "title" character varying NOT NULL, "kind" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'draft', "supervision" character varying NOT NULL DEFAULT 'department', "designation" character varying NOT NULL DEFAULT '', "basis" text NOT NULL DEFAULT '', "scope" text NOT NULL DEFAULT '', "matters" jsonb NULL, "methods" jsonb NULL, "method" character varying NOT NULL DEFAULT '', "items" jsonb NULL, "starts_on" character varying(10) NOT NULL, "ends_on" character varying(10) NOT NULL, "conclusion" text NOT NULL DEFAULT '', "reason" text NOT NULL DEFAULT '', "plan_id" bigint NOT NULL, "year" bigint NOT NULL DEFAULT 0, "serial" bigint NOT NULL DEFAULT 0, "number" character varying NOT NULL DEFAULT '', "revision" bigint NOT NULL DEFAULT 0, "look_year" bigint NOT NULL DEFAULT 0, "seed" character varying NOT NULL DEFAULT '', "population" bigint NOT NULL DEFAULT 0, "proposed_by_id" bigint NOT NULL, "approved_by_id" bigint NOT NULL, "approved_at" timestamptz NULL, "created_by_id" bigint NOT NULL, "opened_at" timestamptz NULL, "finished_at" timestamptz NULL, "concluded_at" timestamptz NULL, "concluded_by_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "inspection_authority_id_ends_on_starts_on" to table: "inspections"
CREATE INDEX "inspection_authority_id_ends_on_starts_on" ON "inspections" ("authority_id", "ends_on", "starts_on");
-- create index "inspection_authority_id_id" to table: "inspections"
CREATE INDEX "inspection_authority_id_id" ON "inspections" ("authority_id", "id");
-- create "findings" table
CREATE TABLE "findings" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "notice_id" bigint NOT NULL, "duty_id" bigint NOT NULL, "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "severity" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'open', "description" text NOT NULL, "basis" text NOT NULL DEFAULT '', "requirement" text NOT NULL DEFAULT '', "found_by_id" bigint NOT NULL, "closed_at" timestamptz NULL, "reason" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "inspection_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "findings_inspections_inspection" FOREIGN KEY ("inspection_id") REFERENCES "inspections" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "finding_authority_id_status_id" to table: "findings"
CREATE INDEX "finding_authority_id_status_id" ON "findings" ("authority_id", "status", "id");
-- create index "finding_inspection_id_id" to table: "findings"
CREATE INDEX "finding_inspection_id_id" ON "findings" ("inspection_id", "id");
-- create index "finding_notice_id" to table: "findings"
CREATE INDEX "finding_notice_id" ON "findings" ("notice_id");
-- create index "finding_unit_id_status_id" to table: "findings"
CREATE INDEX "finding_unit_id_status_id" ON "findings" ("unit_id", "status", "id");
-- create "units" table
CREATE TABLE "units" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "parent_id" bigint NOT NULL, "path" character varying NOT NULL DEFAULT '', "kind" character varying NOT NULL, "name" character varying NOT NULL DEFAULT '', "code" character varying NOT NULL DEFAULT '', "sort" bigint NOT NULL DEFAULT 0, "valid_from" character varying(10) NOT NULL, "valid_to" character varying(10) NOT NULL, "successor_id" bigint NOT NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "unit_authority_id_code" to table: "units"
CREATE UNIQUE INDEX "unit_authority_id_code" ON "units" ("authority_id", "code");
-- create index "unit_authority_id_name" to table: "units"
CREATE INDEX "unit_authority_id_name" ON "units" ("authority_id", "name");
-- create index "unit_parent_id_sort" to table: "units"
CREATE INDEX "unit_parent_id_sort" ON "units" ("parent_id", "sort");
-- create index "unit_path" to table: "units"
CREATE UNIQUE INDEX "unit_path" ON "units" ("path");
-- create "users" table
CREATE TABLE "users" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "login" character varying NOT NULL, "name" character varying NOT NULL, "password_hash" character varying NOT NULL DEFAULT '', "email" character varying NOT NULL DEFAULT '', "language" character varying NOT NULL DEFAULT 'zh-CN', "digest_hour" bigint NOT NULL DEFAULT 8, "disabled_at" timestamptz NULL, "last_login_at" timestamptz NULL, "password_set_at" timestamptz NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "user_authority_id_name" to table: "users"
CREATE INDEX "user_authority_id_name" ON "users" ("authority_id", "name");
-- create index "user_login" to table: "users"
CREATE UNIQUE INDEX "user_login" ON "users" ("login");
-- create "posts" table
CREATE TABLE "posts" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "role" character varying NOT NULL, "valid_from" character varying(10) NOT NULL, "valid_to" character varying(10) NOT NULL, "acting_for_id" bigint NOT NULL, "granted_by_id" bigint NOT NULL, "delegated" boolean NOT NULL DEFAULT false, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "user_id" bigint NOT NULL, "unit_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "posts_units_unit" FOREIGN KEY ("unit_id") REFERENCES "units" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "posts_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "post_delegated_by_its_holder" CHECK ((NOT delegated) OR ((acting_for_id <> 0) AND (acting_for_id = granted_by_id) AND (user_id <> acting_for_id) AND ((role)::text = ANY ((ARRAY['unit_head'::character varying, 'unit_clerk'::character varying])::text[])))));
-- create index "post_acting_for_id" to table: "posts"
CREATE INDEX "post_acting_for_id" ON "posts" ("acting_for_id");
-- create index "post_unit_id_role" to table: "posts"
CREATE INDEX "post_unit_id_role" ON "posts" ("unit_id", "role");
-- create index "post_user_id" to table: "posts"
CREATE INDEX "post_user_id" ON "posts" ("user_id");
-- create "notices" table
CREATE TABLE "notices" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "year" bigint NOT NULL DEFAULT 0, "serial" bigint NOT NULL DEFAULT 0, "number" character varying NOT NULL DEFAULT '', "unit_id" bigint NOT NULL, "unit_path" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL DEFAULT 'draft', "open" boolean NOT NULL DEFAULT true, "title" character varying NOT NULL, "requirement" text NOT NULL DEFAULT '', "due_date" character varying(10) NOT NULL, "original_due_date" character varying(10) NOT NULL, "due_revision" bigint NOT NULL DEFAULT 1, "sign_due_date" character varying(10) NOT NULL, "leader_id" bigint NOT NULL, "created_by_id" bigint NOT NULL, "served_at" timestamptz NULL, "served_by_id" bigint NOT NULL, "signed_at" timestamptz NULL, "signed_by_id" bigint NOT NULL, "closed_at" timestamptz NULL, "closed_by_id" bigint NOT NULL, "reply_id" bigint NOT NULL, "previous_id" bigint NOT NULL, "repeats" boolean NOT NULL DEFAULT false, "plan_wanted" boolean NOT NULL DEFAULT false, "site_check_wanted" boolean NOT NULL DEFAULT false, "plan_due_date" character varying(10) NOT NULL, "plan_reply_id" bigint NOT NULL, "plan_status" character varying NULL, "object_until" character varying(10) NOT NULL, "reason" text NOT NULL DEFAULT '', "reopened" bigint NOT NULL DEFAULT 0, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "notice_closed_has_instant" CHECK (((status)::text <> 'closed'::text) OR (closed_at IS NOT NULL)), CONSTRAINT "notice_failed_has_number" CHECK (((status)::text <> 'failed'::text) OR ((number)::text <> ''::text)), CONSTRAINT "notice_served_has_number" CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'voided'::character varying])::text[])) OR ((number)::text <> ''::text)));
-- create index "notice_authority_id_open_due_date_id" to table: "notices"
CREATE INDEX "notice_authority_id_open_due_date_id" ON "notices" ("authority_id", "open", "due_date", "id");
-- create index "notice_authority_id_year_serial" to table: "notices"
CREATE INDEX "notice_authority_id_year_serial" ON "notices" ("authority_id", "year", "serial");
-- create index "notice_previous_id" to table: "notices"
CREATE INDEX "notice_previous_id" ON "notices" ("previous_id");
-- create index "notice_unit_id_open_due_date_id" to table: "notices"
CREATE INDEX "notice_unit_id_open_due_date_id" ON "notices" ("unit_id", "open", "due_date", "id");
-- create "replies" table
CREATE TABLE "replies" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "stage" character varying NOT NULL DEFAULT 'report', "round" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'submitted', "measures" text NOT NULL, "result" text NOT NULL DEFAULT '', "finish_by" character varying(10) NOT NULL, "responsible" text NOT NULL DEFAULT '', "author_id" bigint NOT NULL, "verified_by_id" bigint NOT NULL, "verified_at" timestamptz NULL, "verdict" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "notice_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "replies_notices_notice" FOREIGN KEY ("notice_id") REFERENCES "notices" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "reply_notice_id_stage_round" to table: "replies"
CREATE UNIQUE INDEX "reply_notice_id_stage_round" ON "replies" ("notice_id", "stage", "round");
-- create "reports" table
CREATE TABLE "reports" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "kind" character varying NOT NULL, "period" character varying NOT NULL DEFAULT '', "status" character varying NOT NULL DEFAULT 'draft', "progress" bigint NOT NULL DEFAULT 0, "narrative" text NOT NULL DEFAULT '', "problems" text NOT NULL DEFAULT '', "next_steps" text NOT NULL DEFAULT '', "responsible" character varying NOT NULL DEFAULT '', "measures" text NOT NULL DEFAULT '', "figures" jsonb NULL, "occurrence_id" bigint NOT NULL, "due_date" character varying(10) NOT NULL, "handed_in_on" character varying(10) NOT NULL, "corrects_id" bigint NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "author_id" bigint NOT NULL, "submitted_by_id" bigint NOT NULL, "submitted_at" timestamptz NULL, "reviewer_id" bigint NOT NULL, "reviewed_at" timestamptz NULL, "confirmed_by_id" bigint NOT NULL, "confirmed_at" timestamptz NULL, "send_back_reason" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "duty_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "reports_duties_duty" FOREIGN KEY ("duty_id") REFERENCES "duties" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "report_authority_id_status_id" to table: "reports"
CREATE INDEX "report_authority_id_status_id" ON "reports" ("authority_id", "status", "id") WHERE ((status)::text = ANY ((ARRAY['submitted'::character varying, 'reviewed'::character varying])::text[]));
-- create index "report_corrects_id" to table: "reports"
CREATE UNIQUE INDEX "report_corrects_id" ON "reports" ("corrects_id") WHERE (corrects_id <> 0);
-- create index "report_duty_id_id" to table: "reports"
CREATE INDEX "report_duty_id_id" ON "reports" ("duty_id", "id");
-- create index "report_duty_id_occurrence_id" to table: "reports"
CREATE UNIQUE INDEX "report_duty_id_occurrence_id" ON "reports" ("duty_id", "occurrence_id") WHERE ((occurrence_id <> 0) AND (corrects_id = 0));
-- create "second_factors" table
CREATE TABLE "second_factors" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "secret" character varying NOT NULL, "confirmed_at" timestamptz NULL, "last_step" bigint NOT NULL DEFAULT 0, "recovery" jsonb NULL, "created_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "user_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "second_factors_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "secondfactor_user_id" to table: "second_factors"
CREATE UNIQUE INDEX "secondfactor_user_id" ON "second_factors" ("user_id");
-- create "sessions" table
CREATE TABLE "sessions" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "hash" bytea NOT NULL, "created_at" timestamptz NOT NULL, "seen_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "agent" character varying NOT NULL DEFAULT '', "user_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sessions_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX "session_expires_at" ON "sessions" ("expires_at");
-- create index "session_hash" to table: "sessions"
CREATE UNIQUE INDEX "session_hash" ON "sessions" ("hash");
-- create index "session_user_id" to table: "sessions"
CREATE INDEX "session_user_id" ON "sessions" ("user_id");
-- create "tokens" table
CREATE TABLE "tokens" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "name" character varying NOT NULL, "hash" bytea NOT NULL, "permissions" jsonb NULL, "created_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "revoked_at" timestamptz NULL, "used_at" timestamptz NULL, "user_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "tokens_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "token_hash" to table: "tokens"
CREATE UNIQUE INDEX "token_hash" ON "tokens" ("hash");
-- create index "token_user_id" to table: "tokens"
CREATE INDEX "token_user_id" ON "tokens" ("user_id");
