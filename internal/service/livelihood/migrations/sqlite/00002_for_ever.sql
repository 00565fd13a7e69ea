-- +goose Up
-- Nothing that was entered for a vote or a survey disappears: it is withdrawn with a reason. Who has voted, has.
-- +goose StatementBegin
CREATE TRIGGER livelihood_candidates_stay BEFORE DELETE ON livelihood_candidates
BEGIN SELECT RAISE(ABORT, 'every row of livelihood_candidates is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER livelihood_voters_stay BEFORE DELETE ON livelihood_voters
BEGIN SELECT RAISE(ABORT, 'every row of livelihood_voters is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER livelihood_votes_stay BEFORE DELETE ON livelihood_votes
BEGIN SELECT RAISE(ABORT, 'every row of livelihood_votes is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER livelihood_sheets_stay BEFORE DELETE ON livelihood_sheets
BEGIN SELECT RAISE(ABORT, 'every row of livelihood_sheets is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER livelihood_surveys_stay BEFORE DELETE ON livelihood_surveys
BEGIN SELECT RAISE(ABORT, 'every row of livelihood_surveys is kept for ever'); END;
-- +goose StatementEnd
