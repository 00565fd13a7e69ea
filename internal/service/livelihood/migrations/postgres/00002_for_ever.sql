-- +goose Up
-- Nothing that was entered for a vote or a survey disappears: it is withdrawn with a reason. Who has voted, has.
CREATE TRIGGER livelihood_candidates_stay BEFORE DELETE ON livelihood_candidates FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER livelihood_voters_stay BEFORE DELETE ON livelihood_voters FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER livelihood_votes_stay BEFORE DELETE ON livelihood_votes FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER livelihood_sheets_stay BEFORE DELETE ON livelihood_sheets FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER livelihood_surveys_stay BEFORE DELETE ON livelihood_surveys FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
