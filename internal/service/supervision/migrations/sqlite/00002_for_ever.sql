-- +goose Up
-- What was said and sent about an order is never altered, and a number never taken back.
-- +goose StatementBegin
CREATE TRIGGER orders_stay BEFORE DELETE ON orders
BEGIN SELECT RAISE(ABORT, 'every row of orders is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER orders_numbered BEFORE UPDATE ON orders WHEN OLD.number <> '' AND NEW.number <> OLD.number
BEGIN SELECT RAISE(ABORT, 'the number of an order is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER order_replies_said BEFORE UPDATE ON order_replies
BEGIN SELECT RAISE(ABORT, 'every row of order_replies is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER order_replies_stay BEFORE DELETE ON order_replies
BEGIN SELECT RAISE(ABORT, 'every row of order_replies is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER order_evidence_said BEFORE UPDATE ON order_evidence
BEGIN SELECT RAISE(ABORT, 'every row of order_evidence is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER order_evidence_stay BEFORE DELETE ON order_evidence
BEGIN SELECT RAISE(ABORT, 'every row of order_evidence is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER urgings_said BEFORE UPDATE ON urgings
BEGIN SELECT RAISE(ABORT, 'every row of urgings is kept for ever'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER urgings_stay BEFORE DELETE ON urgings
BEGIN SELECT RAISE(ABORT, 'every row of urgings is kept for ever'); END;
-- +goose StatementEnd
