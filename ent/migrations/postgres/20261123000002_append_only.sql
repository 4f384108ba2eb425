-- +goose Up
-- The history, the deadline ledger, the steps taken, the voided numbers, and the rows of and signatures under
-- hand-over lists are only ever added to.
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END; $$;
-- +goose StatementEnd
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER due_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON due_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER steps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER number_voids_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON number_voids FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hand_over_items_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hand_over_items FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hand_over_signatures_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hand_over_signatures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
