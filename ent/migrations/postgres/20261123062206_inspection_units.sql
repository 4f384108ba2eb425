-- +goose Up
-- modify "messages" table
ALTER TABLE "messages" ADD COLUMN "digest_id" bigint NOT NULL;
-- create index "message_digest_id" to table: "messages"
CREATE INDEX "message_digest_id" ON "messages" ("digest_id");
-- create "inspection_units" table
CREATE TABLE "inspection_units" ("id" bigint NOT NULL, "authority_id" bigint NOT NULL, "inspection_id" bigint NOT NULL, "unit_id" bigint NOT NULL, PRIMARY KEY ("id"));
-- create index "inspectionunit_inspection_id_unit_id" to table: "inspection_units"
CREATE UNIQUE INDEX "inspectionunit_inspection_id_unit_id" ON "inspection_units" ("inspection_id", "unit_id");
-- create index "inspectionunit_unit_id" to table: "inspection_units"
CREATE INDEX "inspectionunit_unit_id" ON "inspection_units" ("unit_id");
