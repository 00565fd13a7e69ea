-- +goose Up
-- What was frozen stays as it was, and so do its files and every version of a template.
CREATE TRIGGER papers_frozen BEFORE UPDATE ON papers FOR EACH ROW
    WHEN (OLD.state = 'frozen' AND (OLD.paper <> NEW.paper OR OLD.head <> NEW.head OR OLD.digest <> NEW.digest OR OLD.content <> NEW.content
        OR OLD.edits <> NEW.edits OR OLD.printed <> NEW.printed OR OLD.state <> NEW.state OR OLD.title <> NEW.title))
    EXECUTE FUNCTION keep_for_ever('what was frozen');
CREATE TRIGGER papers_stay BEFORE DELETE ON papers FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER paper_files_kept BEFORE UPDATE ON paper_files FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER paper_files_stay BEFORE DELETE ON paper_files FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER paper_templates_kept BEFORE UPDATE ON paper_templates FOR EACH ROW WHEN (OLD.body <> NEW.body)
    EXECUTE FUNCTION keep_for_ever('what a template said');
CREATE TRIGGER paper_templates_stay BEFORE DELETE ON paper_templates FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
