-- +goose Up
-- The light of each commitment of a published plan: what was computed last, and what is shown, which somebody may
-- have set by hand.
CREATE TABLE lights (
    commitment   plain_text      NOT NULL PRIMARY KEY REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    colour       plain_text      NOT NULL, -- shown
    computed     plain_text      NOT NULL,
    since        civil_date_text NOT NULL, -- from this day it shows its colour
    earlier      plain_text      NOT NULL, -- the colour before; empty where there was none
    changes      BIGINT          NOT NULL, -- how many rows of light_changes there are
    by_hand      plain_text      NOT NULL, -- who set it, why and until when, in JSON; empty where nobody did
    said         plain_text      NOT NULL, -- what the unit said last
    calendar     plain_text      NOT NULL, -- what the calendar says
    gap          BIGINT          NOT NULL, -- hundredths of points behind the path; 0 where there is none
    stale        BIGINT          NOT NULL, -- periods whose figures are due and not locked
    body         plain_text      NOT NULL  -- the computation, in JSON
);
CREATE INDEX lights_plan ON lights (plan, colour);

-- Each time that a light showed another colour, with the computation then.
CREATE TABLE light_changes (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL, -- from 1
    plan         plain_text      NOT NULL,
    on_day       civil_date_text NOT NULL,
    at_time      time_text       NOT NULL,
    earlier      plain_text      NOT NULL,
    colour       plain_text      NOT NULL,
    cause        plain_text      NOT NULL, -- computed, set, lifted, ended
    reason       plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    body         plain_text      NOT NULL,
    PRIMARY KEY (commitment, number)
);
CREATE INDEX light_changes_plan ON light_changes (plan, at_time);

-- When the lights of a plan were computed last.
CREATE TABLE light_runs (
    plan           plain_text      NOT NULL PRIMARY KEY REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    begun          BIGINT          NOT NULL, -- computations so far; one that is not the last does not write
    on_day         civil_date_text NOT NULL, -- empty until one was finished
    at_time        plain_text      NOT NULL,
    judged         BIGINT          NOT NULL,
    turned         BIGINT          NOT NULL,
    contradictions plain_text      NOT NULL  -- that it found, in JSON
);

-- Plans whose lights are to be computed anew, because something that they rest on has changed since.
CREATE TABLE light_requests (
    plan         plain_text      NOT NULL PRIMARY KEY REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    asked        BIGINT          NOT NULL  -- how often
);

-- The rule by which the lights of a plan are computed; the simple one where there is none.
CREATE TABLE light_rules (
    plan         plain_text      NOT NULL PRIMARY KEY REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    rule         plain_text      NOT NULL,
    paths        plain_text      NOT NULL  -- the usual path of each kind of commitment, in JSON
);

-- What differs for one commitment: its path, from when its time counts, figures that targets in words refer to.
CREATE TABLE light_paths (
    commitment   plain_text      NOT NULL PRIMARY KEY REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    plan         plain_text      NOT NULL,
    revision     BIGINT          NOT NULL,
    terms        plain_text      NOT NULL  -- in JSON; empty where nothing differs any more
);
CREATE INDEX light_paths_plan ON light_paths (plan);

-- When an account looked at a plan: now, and before that.
CREATE TABLE plan_visits (
    account      plain_text      NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    at_time      time_text       NOT NULL,
    earlier      plain_text      NOT NULL, -- empty at the first visit
    PRIMARY KEY (account, plan)
);
