-- +goose Up
-- What people had made of a draft before its first change and after each, so that changes can be undone and done again.
CREATE TABLE paper_versions (
    paper        plain_text NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT     NOT NULL, -- 0 before the first change
    edits        plain_text NOT NULL, -- in JSON
    account      plain_text NOT NULL, -- who changed it
    at_time      time_text  NOT NULL,
    PRIMARY KEY (paper, number)
);

-- Which of them the draft is at.
ALTER TABLE papers ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
