-- +goose Up
-- What other governments state of an indicator for a period.
CREATE TABLE indicator_peers (
    indicator    plain_text      NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY IMMEDIATE,
    name         plain_text      NOT NULL, -- of the government
    period       plain_text      NOT NULL,
    revision     BIGINT          NOT NULL,
    figure       plain_text      NOT NULL, -- up to the end of the period; empty where only growth is stated
    growth       plain_text      NOT NULL, -- in per cent; empty where only a figure is stated
    source       plain_text      NOT NULL, -- what states it
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    dropped      BOOLEAN         NOT NULL,
    PRIMARY KEY (indicator, name, period)
);
