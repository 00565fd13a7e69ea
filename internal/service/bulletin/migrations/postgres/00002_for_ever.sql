-- +goose Up
-- What was published stays as it was: it is corrected by another bulletin. Who has confirmed, has.
CREATE TRIGGER bulletins_published BEFORE UPDATE ON bulletins FOR EACH ROW WHEN (OLD.state = 'published')
    EXECUTE FUNCTION keep_for_ever('what was published');
CREATE TRIGGER bulletins_stay BEFORE DELETE ON bulletins FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
CREATE TRIGGER bulletin_receipts_confirmed BEFORE UPDATE ON bulletin_receipts FOR EACH ROW WHEN (OLD.account <> '')
    EXECUTE FUNCTION keep_for_ever('what was confirmed');
CREATE TRIGGER bulletin_receipts_stay BEFORE DELETE ON bulletin_receipts FOR EACH ROW EXECUTE FUNCTION keep_for_ever('every row');
