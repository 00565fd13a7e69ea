-- +goose Up
-- What was published stays as it was: it is corrected by another bulletin. Who has confirmed, has.
-- +goose StatementBegin
CREATE TRIGGER bulletins_published BEFORE UPDATE ON bulletins WHEN OLD.state = 'published'
BEGIN SELECT RAISE(ABORT, 'what was published of bulletins is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bulletins_stay BEFORE DELETE ON bulletins
BEGIN SELECT RAISE(ABORT, 'every row of bulletins is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bulletin_receipts_confirmed BEFORE UPDATE ON bulletin_receipts WHEN OLD.account <> ''
BEGIN SELECT RAISE(ABORT, 'what was confirmed of bulletin_receipts is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bulletin_receipts_stay BEFORE DELETE ON bulletin_receipts
BEGIN SELECT RAISE(ABORT, 'every row of bulletin_receipts is kept for ever'); END;
-- +goose StatementEnd
