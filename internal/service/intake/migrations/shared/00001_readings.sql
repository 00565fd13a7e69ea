-- +goose Up
-- How far the reading of a document is, and what was made of it. The document itself stays as it came; this may
-- be made anew by a later version of the program.
CREATE TABLE intake_readings (
    document     plain_text      NOT NULL PRIMARY KEY REFERENCES documents (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE, -- that brought it
    account      plain_text      NOT NULL,
    format       plain_text      NOT NULL,
    kind         plain_text      NOT NULL,
    plan_year    BIGINT          NOT NULL,
    state        plain_text      NOT NULL,
    attempt      BIGINT          NOT NULL,
    percent      BIGINT          NOT NULL,
    asked        time_text       NOT NULL,
    started      plain_text      NOT NULL, -- a time, or empty
    ended        plain_text      NOT NULL, -- a time, or empty
    fault_code   plain_text      NOT NULL,
    fault_zh     plain_text      NOT NULL,
    fault_en     plain_text      NOT NULL,
    promises     BIGINT          NOT NULL, -- counts of what was made of it
    figures      BIGINT          NOT NULL,
    errors       BIGINT          NOT NULL,
    warnings     BIGINT          NOT NULL
);
CREATE INDEX intake_readings_state ON intake_readings (state, document);

CREATE TABLE intake_results (
    document     plain_text      NOT NULL PRIMARY KEY REFERENCES intake_readings (document) DEFERRABLE INITIALLY IMMEDIATE,
    result       plain_text      NOT NULL, -- in JSON
    proposal     plain_text      NOT NULL  -- in JSON
);

-- The reviews that the store keeps, with how far each is.
CREATE TABLE intake_reviews (
    plan         plain_text      NOT NULL,
    document     plain_text      NOT NULL,
    opened       time_text       NOT NULL,
    opened_by    plain_text      NOT NULL,
    steps        BIGINT          NOT NULL,
    pending      BIGINT          NOT NULL,
    accepted     BIGINT          NOT NULL,
    rejected     BIGINT          NOT NULL,
    entered      plain_text      NOT NULL, -- a time, or empty
    entered_by   plain_text      NOT NULL,
    commitments  BIGINT          NOT NULL,
    PRIMARY KEY (plan, document),
    FOREIGN KEY (plan, document) REFERENCES reviews (plan, document) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX intake_reviews_document ON intake_reviews (document);
