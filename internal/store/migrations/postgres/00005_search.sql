-- +goose Up
CREATE TABLE search_passages (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         plain_text NOT NULL,
    object       plain_text NOT NULL,
    part         BIGINT     NOT NULL,
    words        plain_text NOT NULL,
    tokens       TSVECTOR   NOT NULL,
    UNIQUE (kind, object, part)
);
CREATE INDEX search_passages_tokens ON search_passages USING GIN (tokens);
