-- +goose Up
-- What orders are found by stands apart from them, so that looking through it does not read all of what they say.
CREATE TABLE order_words (
    order_id     plain_text      NOT NULL PRIMARY KEY REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    words        plain_text      NOT NULL -- in small letters
);
INSERT INTO order_words (order_id, words) SELECT id, words FROM orders;
ALTER TABLE orders DROP COLUMN words;

-- Statistics are counted from indexes alone.
CREATE INDEX orders_statistics ON orders
    (lead, plan, issued, signed, replied, ended, state, signed_late, replied_late, running, due);
CREATE INDEX order_steps ON flow_steps (action, on_day, object) WHERE kind = 'orders';
