-- +goose Up
CREATE TABLE search_passages (
    seq          INTEGER PRIMARY KEY,
    kind         plain_text NOT NULL,
    object       plain_text NOT NULL,
    part         BIGINT     NOT NULL,
    words        plain_text NOT NULL,
    UNIQUE (kind, object, part)
);
-- The program makes the tokens; nothing but a space parts them, and nothing is folded.
CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, content='', contentless_delete=1, tokenize="ascii tokenchars '.'");
