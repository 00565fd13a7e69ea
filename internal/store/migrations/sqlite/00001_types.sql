-- +goose Up
-- What PostgreSQL needs here, SQLite has built in or is given by the program.
SELECT 1;
