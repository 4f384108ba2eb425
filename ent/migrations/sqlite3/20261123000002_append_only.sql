-- +goose Up
-- The history, the deadline ledger, the steps taken, the voided numbers, and the rows of and signatures under
-- hand-over lists are only ever added to.
-- +goose StatementBegin
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER due_changes_no_update BEFORE UPDATE ON due_changes BEGIN SELECT RAISE(ABORT, 'due_changes are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER due_changes_no_delete BEFORE DELETE ON due_changes BEGIN SELECT RAISE(ABORT, 'due_changes are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER steps_no_update BEFORE UPDATE ON steps BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER steps_no_delete BEFORE DELETE ON steps BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_voids_no_update BEFORE UPDATE ON number_voids BEGIN SELECT RAISE(ABORT, 'number_voids are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_voids_no_delete BEFORE DELETE ON number_voids BEGIN SELECT RAISE(ABORT, 'number_voids are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hand_over_items_no_update BEFORE UPDATE ON hand_over_items BEGIN SELECT RAISE(ABORT, 'hand_over_items are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hand_over_items_no_delete BEFORE DELETE ON hand_over_items BEGIN SELECT RAISE(ABORT, 'hand_over_items are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hand_over_signatures_no_update BEFORE UPDATE ON hand_over_signatures BEGIN SELECT RAISE(ABORT, 'hand_over_signatures are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hand_over_signatures_no_delete BEFORE DELETE ON hand_over_signatures BEGIN SELECT RAISE(ABORT, 'hand_over_signatures are append-only'); END;
-- +goose StatementEnd
