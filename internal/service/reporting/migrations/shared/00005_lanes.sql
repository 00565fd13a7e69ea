-- +goose Up
-- Lanes are read by their subjects; with the submission beside it, what is a unit's own need not be looked at.
CREATE INDEX observations_lane ON observations (subject, submission);
DROP INDEX observations_subject;
-- A form looks whether its plan has changed since the last time: the revisions are added up from the indexes alone.
CREATE INDEX commitments_revisions ON commitments (plan, revision);
CREATE INDEX projects_revisions ON projects (plan, revision);
CREATE INDEX indicators_revisions ON indicators (plan, revision);
