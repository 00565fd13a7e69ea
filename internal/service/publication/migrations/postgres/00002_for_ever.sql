-- +goose Up
-- What the public was told, it was told: an edition is followed by another one and never altered.
CREATE TRIGGER publication_editions_stay BEFORE UPDATE OR DELETE ON publication_editions FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER publication_records_said BEFORE UPDATE ON publication_records FOR EACH ROW
    WHEN (OLD.body <> NEW.body OR OLD.digest <> NEW.digest OR OLD.until > 0) EXECUTE FUNCTION keep_for_ever('what was said');
CREATE TRIGGER publication_records_stay BEFORE DELETE ON publication_records FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
