-- +goose Up
-- What the log speaks of is not deleted, and what was promised, decided or done is not altered.
CREATE TRIGGER units_stay BEFORE DELETE ON units FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER unit_changes_stay BEFORE DELETE ON unit_changes FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER posts_stay BEFORE DELETE ON posts FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER documents_stay BEFORE DELETE ON documents FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER plans_stay BEFORE DELETE ON plans FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER plan_versions_stay BEFORE DELETE ON plan_versions FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER projects_stay BEFORE DELETE ON projects FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER indicators_stay BEFORE DELETE ON indicators FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER commitments_stay BEFORE DELETE ON commitments FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER commitment_passages_stay BEFORE DELETE ON commitment_passages FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER amendments_stay BEFORE DELETE ON amendments FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER reviews_unaltered BEFORE UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION keep_for_ever('the wording');
CREATE TRIGGER review_events_stay BEFORE DELETE ON review_events FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER unit_changes_unaltered BEFORE UPDATE ON unit_changes FOR EACH ROW EXECUTE FUNCTION keep_for_ever('the wording');
CREATE TRIGGER plan_versions_unaltered BEFORE UPDATE ON plan_versions FOR EACH ROW EXECUTE FUNCTION keep_for_ever('the wording');
CREATE TRIGGER commitment_passages_unaltered BEFORE UPDATE ON commitment_passages FOR EACH ROW EXECUTE FUNCTION keep_for_ever('the wording');
CREATE TRIGGER review_events_unaltered BEFORE UPDATE ON review_events FOR EACH ROW EXECUTE FUNCTION keep_for_ever('the wording');
CREATE TRIGGER documents_unaltered BEFORE UPDATE OF id, size, body ON documents
    FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.size <> OLD.size OR NEW.body <> OLD.body)
    EXECUTE FUNCTION keep_for_ever('the text');

-- Passages are written before their commitment: to one that is there, none can be added.
-- +goose StatementBegin
CREATE FUNCTION source_is_complete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM commitments WHERE id = NEW.commitment) THEN
        RAISE EXCEPTION 'the wording of commitment_passages is kept for ever' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER commitment_passages_complete BEFORE INSERT ON commitment_passages FOR EACH ROW EXECUTE FUNCTION source_is_complete();
