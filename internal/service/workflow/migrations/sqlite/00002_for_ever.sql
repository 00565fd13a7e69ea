-- +goose Up
-- Who decided what stays as it was.
-- +goose StatementBegin
CREATE TRIGGER IF NOT EXISTS flow_steps_stay BEFORE DELETE ON flow_steps
BEGIN SELECT RAISE(ABORT, 'every row of flow_steps is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER IF NOT EXISTS flow_steps_unaltered BEFORE UPDATE ON flow_steps
BEGIN SELECT RAISE(ABORT, 'the wording of flow_steps is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER IF NOT EXISTS flow_cases_stay BEFORE DELETE ON flow_cases
BEGIN SELECT RAISE(ABORT, 'every row of flow_cases is kept for ever'); END;
-- +goose StatementEnd
