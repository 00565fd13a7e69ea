-- +goose Up
-- What was said and sent about an order is never altered, and a number never taken back.
CREATE TRIGGER orders_stay BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER orders_numbered BEFORE UPDATE ON orders FOR EACH ROW WHEN (OLD.number <> '' AND NEW.number <> OLD.number)
    EXECUTE FUNCTION keep_for_ever('the number');
CREATE TRIGGER order_replies_stay BEFORE UPDATE OR DELETE ON order_replies FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER order_evidence_stay BEFORE UPDATE OR DELETE ON order_evidence FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER urgings_stay BEFORE UPDATE OR DELETE ON urgings FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
