-- +goose Up
-- How the bulletins of a government look and how they are numbered.
CREATE TABLE bulletin_settings (
    government   plain_text      NOT NULL PRIMARY KEY REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);

-- The last number that was given in a year.
CREATE TABLE bulletin_numbers (
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    year         BIGINT          NOT NULL,
    last         BIGINT          NOT NULL,
    PRIMARY KEY (government, year)
);

-- A bulletin. How far it is follows from its steps; the state is written here as well, for lists.
CREATE TABLE bulletins (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    period       plain_text      NOT NULL, -- its key: 2026-M03
    state        plain_text      NOT NULL, -- of flow bulletin
    title        plain_text      NOT NULL,
    year         BIGINT          NOT NULL, -- of the number; 0 before it is published
    number       BIGINT          NOT NULL, -- the same
    printed      plain_text      NOT NULL, -- the number as it is printed
    corrects     plain_text      NOT NULL, -- the bulletin that it corrects; empty where it corrects none
    open         BOOLEAN         NOT NULL, -- whether the public may read it once it is published
    disclosed    BOOLEAN         NOT NULL, -- it is open and published
    content      plain_text      NOT NULL, -- what is generated, in JSON
    blocks       plain_text      NOT NULL, -- what people wrote, in JSON
    omitted      plain_text      NOT NULL, -- sections that are left out, in JSON
    recipients   plain_text      NOT NULL, -- units, in JSON
    author       plain_text      NOT NULL, -- who drafted it
    made         time_text       NOT NULL,
    updated      time_text       NOT NULL,
    published    time_text,
    paper        plain_text      NOT NULL, -- the bulletin as it was published, in JSON; empty before
    digest       plain_text      NOT NULL  -- of the paper
);
CREATE INDEX bulletins_plan ON bulletins (plan, state);
CREATE UNIQUE INDEX bulletins_number ON bulletins (government, year, number) WHERE number > 0;
-- A bulletin is corrected once; what is wrong with the correction is corrected in that.
CREATE UNIQUE INDEX bulletins_corrects ON bulletins (corrects) WHERE corrects <> '' AND state <> 'dropped';

-- The units that a published bulletin went to, and who of them has confirmed to have read it.
CREATE TABLE bulletin_receipts (
    bulletin     plain_text      NOT NULL REFERENCES bulletins (id) DEFERRABLE INITIALLY DEFERRED,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    account      plain_text      NOT NULL, -- empty until somebody confirms
    at_time      time_text,
    reminded     civil_date_text NOT NULL, -- the last time; empty where never
    PRIMARY KEY (bulletin, unit)
);
CREATE INDEX bulletin_receipts_unit ON bulletin_receipts (unit, account);
