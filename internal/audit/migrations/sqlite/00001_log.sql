-- +goose Up

-- One row: the log itself.
CREATE TABLE audit_log (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    origin TEXT    NOT NULL,
    suite  TEXT    NOT NULL,
    size   INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

-- An entry is hashed over all its columns; none of them may be derived from another.
CREATE TABLE audit_entries (
    sequence     INTEGER PRIMARY KEY CHECK (sequence > 0),
    recorded_at  TEXT NOT NULL,
    actor_id     TEXT NOT NULL,
    actor_role   TEXT NOT NULL,
    on_behalf_of TEXT NOT NULL,
    request      TEXT NOT NULL,
    action       TEXT NOT NULL,
    object_kind  TEXT NOT NULL,
    object_id    TEXT NOT NULL,
    before       TEXT NOT NULL,
    after        TEXT NOT NULL,
    change       TEXT NOT NULL
) STRICT;

CREATE INDEX audit_entries_by_object ON audit_entries (object_kind, object_id, sequence);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, sequence);

-- The perfect subtrees of the Merkle tree, numbered as in golang.org/x/mod/sumdb/tlog.
CREATE TABLE audit_nodes (
    position INTEGER PRIMARY KEY CHECK (position >= 0),
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE audit_heads (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    size   INTEGER NOT NULL,
    note   TEXT    NOT NULL
) STRICT;

-- These guard against mistakes. Against intent there are the signed heads.
-- +goose StatementBegin
CREATE TRIGGER audit_log_only_grows BEFORE UPDATE ON audit_log
WHEN NEW.size < OLD.size OR NEW.origin <> OLD.origin OR NEW.suite <> OLD.suite OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_fixed BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_nodes_fixed BEFORE UPDATE ON audit_nodes
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_nodes_stay BEFORE DELETE ON audit_nodes
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_heads_fixed BEFORE UPDATE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
