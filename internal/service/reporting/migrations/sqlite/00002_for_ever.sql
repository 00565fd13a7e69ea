-- +goose Up
-- What was locked stays as it was: it changes by corrections alone, which stand beside it.
-- +goose StatementBegin
CREATE TRIGGER observations_locked BEFORE UPDATE ON observations
WHEN EXISTS (SELECT 1 FROM submissions WHERE id = OLD.submission AND state = 'locked')
BEGIN SELECT RAISE(ABORT, 'what was locked of observations is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER observations_closed BEFORE INSERT ON observations
WHEN EXISTS (SELECT 1 FROM submissions WHERE id = NEW.submission AND state = 'locked')
BEGIN SELECT RAISE(ABORT, 'what was locked of observations is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER observations_stay BEFORE DELETE ON observations
BEGIN SELECT RAISE(ABORT, 'every row of observations is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submissions_locked BEFORE UPDATE ON submissions WHEN OLD.state = 'locked'
BEGIN SELECT RAISE(ABORT, 'what was locked of submissions is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submissions_stay BEFORE DELETE ON submissions
BEGIN SELECT RAISE(ABORT, 'every row of submissions is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evidence_stay BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'every row of evidence is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_decided BEFORE UPDATE ON corrections WHEN OLD.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'what was decided of corrections is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_stay BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'every row of corrections is kept for ever'); END;
-- +goose StatementEnd
