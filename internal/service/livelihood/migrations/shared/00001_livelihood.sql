-- +goose Up
-- A round in which the livelihood items of a year are called for and voted on.
CREATE TABLE livelihood_rounds (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    year         BIGINT          NOT NULL, -- of the items
    plan         plain_text      NOT NULL, -- that promises them; empty until they are in one
    state        plain_text      NOT NULL, -- of flow livelihood
    disclosed    BOOLEAN         NOT NULL, -- everybody may see it
    begun        civil_date_text NOT NULL,
    made         time_text       NOT NULL,
    updated      time_text       NOT NULL,
    body         plain_text      NOT NULL  -- call, rule and turns, in JSON
);
CREATE INDEX livelihood_rounds_year ON livelihood_rounds (year, made);

-- What somebody suggested.
CREATE TABLE livelihood_candidates (
    id           plain_text      NOT NULL PRIMARY KEY,
    round        plain_text      NOT NULL REFERENCES livelihood_rounds (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL, -- within the round
    origin       plain_text      NOT NULL, -- public, deputy, unit, office
    state        plain_text      NOT NULL,
    account      plain_text      NOT NULL, -- empty for the public, of whom nothing is kept
    made         time_text       NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);
CREATE UNIQUE INDEX livelihood_candidates_number ON livelihood_candidates (round, number);

-- The commitments by which a plan promises what was chosen: one candidate may be several of them.
CREATE TABLE livelihood_promises (
    commitment   plain_text      NOT NULL PRIMARY KEY REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    candidate    plain_text      NOT NULL REFERENCES livelihood_candidates (id) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX livelihood_promises_candidate ON livelihood_promises (candidate);

-- Which deputies have voted in a turn. Whom they marked is not kept: livelihood_votes has sums alone, and rows of this
-- table have no order and no time that could be laid beside them.
CREATE TABLE livelihood_voters (
    round        plain_text      NOT NULL REFERENCES livelihood_rounds (id) DEFERRABLE INITIALLY IMMEDIATE,
    turn         BIGINT          NOT NULL,
    account      plain_text      NOT NULL,
    PRIMARY KEY (round, turn, account)
);

CREATE TABLE livelihood_votes (
    round        plain_text      NOT NULL REFERENCES livelihood_rounds (id) DEFERRABLE INITIALLY IMMEDIATE,
    turn         BIGINT          NOT NULL,
    candidate    plain_text      NOT NULL REFERENCES livelihood_candidates (id) DEFERRABLE INITIALLY IMMEDIATE,
    votes        BIGINT          NOT NULL,
    PRIMARY KEY (round, turn, candidate)
);

-- What was counted of ballots on paper, with the signed sheet. One that is wrong is withdrawn with a reason.
CREATE TABLE livelihood_sheets (
    id           plain_text      NOT NULL PRIMARY KEY,
    round        plain_text      NOT NULL REFERENCES livelihood_rounds (id) DEFERRABLE INITIALLY IMMEDIATE,
    turn         BIGINT          NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    withdrawn    plain_text      NOT NULL, -- why; empty while it counts
    body         plain_text      NOT NULL, -- in JSON
    file         plain_text      NOT NULL  -- the signed sheet, in JSON
);
CREATE INDEX livelihood_sheets_of ON livelihood_sheets (round, turn);

-- How far an item is on its way to be closed. It is a commitment of the plan; one without a row is being delivered.
CREATE TABLE livelihood_items (
    commitment   plain_text      NOT NULL PRIMARY KEY REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    state        plain_text      NOT NULL, -- of flow livelihood-item
    updated      time_text       NOT NULL
);

CREATE TABLE livelihood_pictures (
    id           plain_text      NOT NULL PRIMARY KEY,
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    withdrawn    plain_text      NOT NULL, -- why; empty while it is shown
    body         plain_text      NOT NULL, -- day, stage and caption, in JSON
    file         plain_text      NOT NULL  -- in JSON
);
CREATE INDEX livelihood_pictures_of ON livelihood_pictures (commitment, at_time);

CREATE TABLE livelihood_surveys (
    id           plain_text      NOT NULL PRIMARY KEY,
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    withdrawn    plain_text      NOT NULL, -- why; empty while it counts
    body         plain_text      NOT NULL, -- in JSON
    file         plain_text      NOT NULL  -- the filled or counted sheets, in JSON; empty where there are none
);
CREATE INDEX livelihood_surveys_of ON livelihood_surveys (commitment, at_time);
