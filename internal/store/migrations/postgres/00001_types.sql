-- +goose Up
CREATE DOMAIN plain_text AS TEXT COLLATE "C";
CREATE DOMAIN decimal_text AS TEXT COLLATE "C"
    CHECK (VALUE = '' OR VALUE ~ '^-?[0-9]+(\.[0-9]+)?(e[0-9]+)?$');
CREATE DOMAIN civil_date_text AS TEXT COLLATE "C"
    CHECK (VALUE = '' OR VALUE ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
CREATE DOMAIN time_text AS TEXT COLLATE "C"
    CHECK (VALUE ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$');

-- The same functions are given to SQLite by the program.
CREATE FUNCTION decimal_key(TEXT) RETURNS NUMERIC IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT NULLIF($1, '')::NUMERIC $$;
-- +goose StatementBegin
CREATE FUNCTION decimal_sum_step(NUMERIC, TEXT) RETURNS NUMERIC IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $2 IS NULL OR $2 = '' THEN $1 ELSE COALESCE($1, 0) + $2::NUMERIC END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION decimal_sum_end(NUMERIC) RETURNS TEXT IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT COALESCE(trim_scale($1)::TEXT, '') $$;
-- +goose StatementEnd
CREATE AGGREGATE decimal_sum(TEXT) (SFUNC = decimal_sum_step, STYPE = NUMERIC, FINALFUNC = decimal_sum_end);

-- +goose StatementBegin
CREATE FUNCTION keep_for_ever() RETURNS TRIGGER LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '% of % is kept for ever', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
-- +goose StatementEnd
