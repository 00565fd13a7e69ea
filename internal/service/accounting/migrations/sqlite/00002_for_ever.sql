-- +goose Up
-- What was frozen stays as it was, and so do its files and every version of a template.
-- +goose StatementBegin
CREATE TRIGGER papers_frozen BEFORE UPDATE ON papers
WHEN OLD.state = 'frozen' AND (OLD.paper <> NEW.paper OR OLD.head <> NEW.head OR OLD.digest <> NEW.digest OR OLD.content <> NEW.content
    OR OLD.edits <> NEW.edits OR OLD.printed <> NEW.printed OR OLD.state <> NEW.state OR OLD.title <> NEW.title)
BEGIN SELECT RAISE(ABORT, 'what was frozen of papers is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER papers_stay BEFORE DELETE ON papers
BEGIN SELECT RAISE(ABORT, 'every row of papers is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER paper_files_kept BEFORE UPDATE ON paper_files
BEGIN SELECT RAISE(ABORT, 'every row of paper_files is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER paper_files_stay BEFORE DELETE ON paper_files
BEGIN SELECT RAISE(ABORT, 'every row of paper_files is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER paper_templates_kept BEFORE UPDATE ON paper_templates WHEN OLD.body <> NEW.body
BEGIN SELECT RAISE(ABORT, 'what a template said of paper_templates is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER paper_templates_stay BEFORE DELETE ON paper_templates
BEGIN SELECT RAISE(ABORT, 'every row of paper_templates is kept for ever'); END;
-- +goose StatementEnd
