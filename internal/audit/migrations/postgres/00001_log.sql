-- +goose Up

-- One row: the log itself. It is updated with every entry, so its page keeps room for the new versions of the row.
CREATE TABLE audit_log (
    id     BIGINT PRIMARY KEY CHECK (id = 1),
    origin TEXT   NOT NULL,
    suite  TEXT   NOT NULL,
    size   BIGINT NOT NULL CHECK (size >= 0)
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- An entry is hashed over all its columns; none of them may be derived from another.
CREATE TABLE audit_entries (
    sequence     BIGINT PRIMARY KEY CHECK (sequence > 0),
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
);

CREATE INDEX audit_entries_by_object ON audit_entries (object_kind, object_id, sequence);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, sequence);

-- The perfect subtrees of the Merkle tree, numbered as in golang.org/x/mod/sumdb/tlog.
CREATE TABLE audit_nodes (
    position BIGINT PRIMARY KEY CHECK (position >= 0),
    hash     BYTEA NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE audit_heads (
    number BIGINT PRIMARY KEY CHECK (number > 0),
    size   BIGINT NOT NULL,
    note   TEXT   NOT NULL
);

-- Takes the lock under which entries are numbered, until the end of the transaction, and returns the size of the
-- log. It is an advisory lock because writers that wait for a row wake each other up. The size is read by a
-- statement of its own, which at READ COMMITTED sees what was committed while the lock was waited for; a
-- transaction that sees less fails when it writes.
-- +goose StatementBegin
CREATE FUNCTION audit_lock() RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('luoshi audit log'));
    RETURN (SELECT size FROM audit_log WHERE id = 1);
END
$$;
-- +goose StatementEnd

-- These guard against mistakes. Against intent there are the signed heads.
-- +goose StatementBegin
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER audit_log_only_grows BEFORE UPDATE ON audit_log FOR EACH ROW
    WHEN (NEW.size < OLD.size OR NEW.origin <> OLD.origin OR NEW.suite <> OLD.suite OR NEW.id <> OLD.id)
    EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_log_stays BEFORE DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_entries_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_nodes_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_nodes
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_heads_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_heads
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
