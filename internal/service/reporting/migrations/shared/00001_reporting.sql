-- +goose Up
-- When and what the units of a plan are asked.
CREATE TABLE report_settings (
    plan         plain_text      NOT NULL PRIMARY KEY REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);

CREATE TABLE rounds (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    period       plain_text      NOT NULL, -- its key: 2026-M03
    ends         civil_date_text NOT NULL, -- the last day of the period
    opens        civil_date_text NOT NULL,
    due          civil_date_text NOT NULL,
    closes       civil_date_text NOT NULL,
    state        plain_text      NOT NULL, -- planned, open, closed
    UNIQUE (plan, period)
);
CREATE INDEX rounds_state ON rounds (state, opens, closes);

-- One unit's form of one round. How far it is follows from its steps; the state is written here as well, for lists.
CREATE TABLE submissions (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    round        plain_text      NOT NULL REFERENCES rounds (id) DEFERRABLE INITIALLY IMMEDIATE,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    period       plain_text      NOT NULL, -- that of the round
    ends         civil_date_text NOT NULL, -- that of the round
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    state        plain_text      NOT NULL, -- of flow submission
    asked        BIGINT          NOT NULL, -- rows of the form
    filled       BIGINT          NOT NULL, -- rows that say something
    warnings     BIGINT          NOT NULL,
    statistics   BOOLEAN         NOT NULL, -- a row needs the word of the statistics office
    late         BOOLEAN         NOT NULL, -- sent in after the due day
    sent         time_text,                -- last
    updated      time_text       NOT NULL,
    returned     plain_text      NOT NULL, -- why it was returned, until it is sent in again
    form         plain_text      NOT NULL, -- the rows as they were asked when it was sent in, in JSON; empty before
    UNIQUE (round, unit)
);
CREATE INDEX submissions_plan ON submissions (plan, unit, ends);
CREATE INDEX submissions_unit ON submissions (unit, state);
CREATE INDEX submissions_state ON submissions (state);

-- What a unit said in a row. It is worked on until its submission is locked, and stays as it is from then on.
CREATE TABLE observations (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    submission   plain_text      NOT NULL REFERENCES submissions (id) DEFERRABLE INITIALLY DEFERRED,
    subject      plain_text      NOT NULL,
    account      plain_text      NOT NULL, -- who filled it last
    at_time      time_text       NOT NULL,
    terms        plain_text      NOT NULL, -- how its figures are computed with, in JSON, as the form said
    body         plain_text      NOT NULL, -- in JSON
    UNIQUE (submission, subject)
);
CREATE INDEX observations_subject ON observations (subject);

CREATE TABLE evidence (
    id           plain_text      NOT NULL PRIMARY KEY,
    submission   plain_text      NOT NULL REFERENCES submissions (id) DEFERRABLE INITIALLY DEFERRED,
    subject      plain_text      NOT NULL,
    name         plain_text      NOT NULL,
    media_type   plain_text      NOT NULL,
    size         BIGINT          NOT NULL,
    digest       plain_text      NOT NULL,
    preview      plain_text      NOT NULL, -- the digest of a small picture; empty where there is none
    scanned      BOOLEAN         NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    removed      time_text                 -- taken back before the form was sent in
);
CREATE INDEX evidence_submission ON evidence (submission, subject, id);

-- Locked figures as they stand after corrections, with what is derived from them. They can be made anew of observations
-- and corrections at any time.
CREATE TABLE figures (
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    subject      plain_text      NOT NULL,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    period       plain_text      NOT NULL,
    ends         civil_date_text NOT NULL,
    submission   plain_text      NOT NULL REFERENCES submissions (id) DEFERRABLE INITIALLY DEFERRED,
    of_period    decimal_text    NOT NULL,
    cumulative   decimal_text    NOT NULL,
    corrected    BOOLEAN         NOT NULL,
    point        plain_text      NOT NULL, -- all that is derived, in JSON
    body         plain_text      NOT NULL, -- the observation, in JSON
    PRIMARY KEY (plan, subject, unit, period)
);
CREATE INDEX figures_ends ON figures (plan, ends);
CREATE INDEX figures_unit ON figures (plan, unit, ends);

-- Corrections of locked figures: what was said before and after, and what else changed with it.
CREATE TABLE corrections (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    subject      plain_text      NOT NULL,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    period       plain_text      NOT NULL,
    state        plain_text      NOT NULL, -- of flow correction
    before_body  plain_text      NOT NULL, -- the observation, in JSON
    after_body   plain_text      NOT NULL,
    reason       plain_text      NOT NULL,
    basis        plain_text      NOT NULL,
    document     plain_text      NOT NULL, -- its digest, empty where it is not here
    proposer     plain_text      NOT NULL,
    proposed     time_text       NOT NULL,
    decider      plain_text      NOT NULL,
    decided      time_text,
    answer       plain_text      NOT NULL,
    derived      plain_text      NOT NULL  -- periods whose figures changed with it, a list in JSON
);
CREATE INDEX corrections_row ON corrections (plan, subject, unit, period);
-- Of one figure one correction is decided at a time.
CREATE UNIQUE INDEX corrections_open ON corrections (plan, subject, unit, period) WHERE state = 'proposed';

-- Notices to units that a form is waited for, at most one a day.
CREATE TABLE reminders (
    round        plain_text      NOT NULL REFERENCES rounds (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    on_day       civil_date_text NOT NULL,
    account      plain_text      NOT NULL, -- who reminded; empty where the calendar did
    at_time      time_text       NOT NULL,
    PRIMARY KEY (round, unit, on_day)
);
CREATE INDEX reminders_unit ON reminders (unit, on_day);

-- What the holder of a token may deliver.
CREATE TABLE delivery_grants (
    token        plain_text      NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    subjects     plain_text      NOT NULL, -- a list in JSON
    PRIMARY KEY (token, plan, unit)
);
