-- +goose Up
-- What was locked stays as it was: it changes by corrections alone, which stand beside it.
-- +goose StatementBegin
CREATE FUNCTION keep_observations_locked() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM submissions WHERE id = NEW.submission AND state = 'locked') THEN
        RAISE EXCEPTION 'what was locked of observations is kept for ever' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER observations_locked BEFORE UPDATE OR INSERT ON observations FOR EACH ROW EXECUTE FUNCTION keep_observations_locked();
CREATE TRIGGER observations_stay BEFORE DELETE ON observations FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER submissions_locked BEFORE UPDATE ON submissions FOR EACH ROW WHEN (OLD.state = 'locked')
    EXECUTE FUNCTION keep_for_ever('what was locked');
CREATE TRIGGER submissions_stay BEFORE DELETE ON submissions FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER evidence_stay BEFORE DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER corrections_decided BEFORE UPDATE ON corrections FOR EACH ROW WHEN (OLD.state <> 'proposed')
    EXECUTE FUNCTION keep_for_ever('what was decided');
CREATE TRIGGER corrections_stay BEFORE DELETE ON corrections FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
