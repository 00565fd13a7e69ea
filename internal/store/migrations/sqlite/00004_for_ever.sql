-- +goose Up
-- What the log speaks of is not deleted, and what was promised, decided or done is not altered.
-- +goose StatementBegin
CREATE TRIGGER units_stay BEFORE DELETE ON units
BEGIN SELECT RAISE(ABORT, 'every row of units is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_changes_stay BEFORE DELETE ON unit_changes
BEGIN SELECT RAISE(ABORT, 'every row of unit_changes is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER posts_stay BEFORE DELETE ON posts
BEGIN SELECT RAISE(ABORT, 'every row of posts is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER documents_stay BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'every row of documents is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plans_stay BEFORE DELETE ON plans
BEGIN SELECT RAISE(ABORT, 'every row of plans is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plan_versions_stay BEFORE DELETE ON plan_versions
BEGIN SELECT RAISE(ABORT, 'every row of plan_versions is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER projects_stay BEFORE DELETE ON projects
BEGIN SELECT RAISE(ABORT, 'every row of projects is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER indicators_stay BEFORE DELETE ON indicators
BEGIN SELECT RAISE(ABORT, 'every row of indicators is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commitments_stay BEFORE DELETE ON commitments
BEGIN SELECT RAISE(ABORT, 'every row of commitments is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commitment_passages_stay BEFORE DELETE ON commitment_passages
BEGIN SELECT RAISE(ABORT, 'every row of commitment_passages is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER amendments_stay BEFORE DELETE ON amendments
BEGIN SELECT RAISE(ABORT, 'every row of amendments is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'every row of reviews is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviews_unaltered BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'the wording of reviews is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_events_stay BEFORE DELETE ON review_events
BEGIN SELECT RAISE(ABORT, 'every row of review_events is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_changes_unaltered BEFORE UPDATE ON unit_changes
BEGIN SELECT RAISE(ABORT, 'the wording of unit_changes is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plan_versions_unaltered BEFORE UPDATE ON plan_versions
BEGIN SELECT RAISE(ABORT, 'the wording of plan_versions is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commitment_passages_unaltered BEFORE UPDATE ON commitment_passages
BEGIN SELECT RAISE(ABORT, 'the wording of commitment_passages is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_events_unaltered BEFORE UPDATE ON review_events
BEGIN SELECT RAISE(ABORT, 'the wording of review_events is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER documents_unaltered BEFORE UPDATE OF id, size, body ON documents
WHEN NEW.id <> OLD.id OR NEW.size <> OLD.size OR NEW.body <> OLD.body
BEGIN SELECT RAISE(ABORT, 'the text of documents is kept for ever'); END;
-- +goose StatementEnd

-- Passages are written before their commitment: to one that is there, none can be added.
-- +goose StatementBegin
CREATE TRIGGER commitment_passages_complete BEFORE INSERT ON commitment_passages
WHEN EXISTS (SELECT 1 FROM commitments WHERE id = NEW.commitment)
BEGIN SELECT RAISE(ABORT, 'the wording of commitment_passages is kept for ever'); END;
-- +goose StatementEnd
