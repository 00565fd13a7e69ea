-- +goose Up
-- Who decided what stays as it was.
CREATE OR REPLACE TRIGGER flow_steps_stay BEFORE DELETE ON flow_steps FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE OR REPLACE TRIGGER flow_steps_unaltered BEFORE UPDATE ON flow_steps FOR EACH ROW EXECUTE FUNCTION keep_for_ever('the wording');
CREATE OR REPLACE TRIGGER flow_cases_stay BEFORE DELETE ON flow_cases FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
