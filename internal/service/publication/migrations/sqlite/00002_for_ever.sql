-- +goose Up
-- What the public was told, it was told: an edition is followed by another one and never altered.
-- +goose StatementBegin
CREATE TRIGGER publication_editions_kept BEFORE UPDATE ON publication_editions
BEGIN SELECT RAISE(ABORT, 'every row of publication_editions is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_editions_stay BEFORE DELETE ON publication_editions
BEGIN SELECT RAISE(ABORT, 'every row of publication_editions is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_records_said BEFORE UPDATE ON publication_records
WHEN OLD.body <> NEW.body OR OLD.digest <> NEW.digest OR OLD.until > 0
BEGIN SELECT RAISE(ABORT, 'what was said of publication_records is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_records_stay BEFORE DELETE ON publication_records
BEGIN SELECT RAISE(ABORT, 'every row of publication_records is kept for ever'); END;
-- +goose StatementEnd
