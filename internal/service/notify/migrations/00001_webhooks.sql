-- +goose Up
CREATE TABLE notify_webhooks (
    id           TEXT   NOT NULL PRIMARY KEY,
    revision     BIGINT NOT NULL,
    created      TEXT   NOT NULL,
    updated      TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    events       TEXT   NOT NULL, -- a list in JSON
    signing_key  TEXT   NOT NULL,
    state        TEXT   NOT NULL, -- active, paused, disabled, removed
    failures     BIGINT NOT NULL, -- attempts that failed since the last one that did not
    note         TEXT   NOT NULL
);
CREATE INDEX notify_webhooks_state ON notify_webhooks (state);

CREATE TABLE notify_deliveries (
    id           TEXT   NOT NULL PRIMARY KEY, -- of the event and the message
    webhook      TEXT   NOT NULL REFERENCES notify_webhooks (id),
    event        TEXT   NOT NULL, -- its type
    body         TEXT   NOT NULL, -- what is sent
    state        TEXT   NOT NULL, -- waiting, delivered, failed, dropped
    attempts     BIGINT NOT NULL,
    created      TEXT   NOT NULL,
    updated      TEXT   NOT NULL,
    next_attempt TEXT   NOT NULL, -- empty where none is to come
    answer       BIGINT NOT NULL, -- the status that the last attempt was answered with; 0 for none
    problem      TEXT   NOT NULL  -- why the last attempt failed, by its name
);
CREATE INDEX notify_deliveries_webhook ON notify_deliveries (webhook, id);
CREATE INDEX notify_deliveries_created ON notify_deliveries (created);
