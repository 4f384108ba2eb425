-- +goose Up
-- drop index "duty_authority_id_status_id" from table: "duties"
DROP INDEX "duty_authority_id_status_id";
-- create index "duty_authority_id_status_id" to table: "duties"
CREATE INDEX "duty_authority_id_status_id" ON "duties" ("authority_id", "status", "id") WHERE ((status)::text = ANY ((ARRAY['returned'::character varying, 'review'::character varying])::text[]));
-- drop index "report_authority_id_status_id" from table: "reports"
DROP INDEX "report_authority_id_status_id";
-- create index "report_authority_id_status_id" to table: "reports"
CREATE INDEX "report_authority_id_status_id" ON "reports" ("authority_id", "status", "id") WHERE ((status)::text = ANY ((ARRAY['submitted'::character varying, 'reviewed'::character varying])::text[]));
