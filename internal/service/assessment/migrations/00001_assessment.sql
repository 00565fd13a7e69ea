-- +goose Up
-- The assessment of the units of a plan over a span of time. How far it is follows from its steps; the state is written
-- here as well, for lists.
CREATE TABLE assessments (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    title        plain_text      NOT NULL,
    state        plain_text      NOT NULL, -- of flow assessment
    begun        civil_date_text NOT NULL,
    computed     civil_date_text NOT NULL, -- empty until it was
    updated      time_text       NOT NULL,
    scheme       plain_text      NOT NULL, -- in JSON
    material     plain_text      NOT NULL  -- what the scores were computed from, in JSON; empty until they were
);
CREATE INDEX assessments_plan ON assessments (plan, state);

-- What each unit comes to, as it was computed last.
CREATE TABLE assessment_scores (
    assessment   plain_text      NOT NULL REFERENCES assessments (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    place        BIGINT          NOT NULL, -- in its group
    total        plain_text      NOT NULL,
    number       BIGINT          NOT NULL, -- in the order of the results
    body         plain_text      NOT NULL, -- the way to every point, in JSON
    PRIMARY KEY (assessment, unit)
);

-- Points that people gave, for a measure by hand or as a bonus or deduction. What is withdrawn stays in sight.
CREATE TABLE assessment_entries (
    id           plain_text      NOT NULL PRIMARY KEY,
    assessment   plain_text      NOT NULL REFERENCES assessments (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    item         plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    withdrawn    plain_text      NOT NULL, -- why; empty while it counts
    body         plain_text      NOT NULL  -- in JSON
);
CREATE INDEX assessment_entries_of ON assessment_entries (assessment, unit, item);

-- What units say against their points, and what they were answered.
CREATE TABLE assessment_appeals (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    assessment   plain_text      NOT NULL REFERENCES assessments (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    item         plain_text      NOT NULL,
    state        plain_text      NOT NULL, -- open, accepted, rejected
    at_time      time_text       NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);
CREATE INDEX assessment_appeals_of ON assessment_appeals (assessment, state);

-- A round in which judges look at projects and mark them.
CREATE TABLE tours (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    title        plain_text      NOT NULL,
    state        plain_text      NOT NULL, -- of flow tour
    begun        civil_date_text NOT NULL,
    on_day       civil_date_text NOT NULL,
    updated      time_text       NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);
CREATE INDEX tours_plan ON tours (plan, state);

-- What one judge gives to one project.
CREATE TABLE tour_sheets (
    tour         plain_text      NOT NULL REFERENCES tours (id) DEFERRABLE INITIALLY IMMEDIATE,
    project      plain_text      NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    judge        plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    body         plain_text      NOT NULL, -- in JSON
    PRIMARY KEY (tour, project, judge)
);
