-- +goose Up
-- The files of a subject, and the forms of a plan's rounds by how far they are, are looked up for pages that many open.
CREATE INDEX evidence_subject ON evidence (subject, submission);
CREATE INDEX submissions_counted ON submissions (plan, round, state, late, asked, unit);
-- So are some subjects of a period.
DROP INDEX figures_ends;
CREATE INDEX figures_ends ON figures (plan, ends, subject);
