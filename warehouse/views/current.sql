-- The tables that hang on a derivation keep every derivation that there was. These views show the current ones alone:
-- what the current ruleset and the decisions in force make of the current version of every document.

CREATE OR REPLACE VIEW current_derivations AS
SELECT d.* FROM derivations d JOIN versions v ON v.version_id = d.version_id WHERE d.is_current AND v.is_current;
COMMENT ON VIEW current_derivations IS 'The current derivation of the current version of every document.';

CREATE OR REPLACE VIEW current_paragraphs AS
SELECT t.* FROM paragraphs t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_paragraphs IS 'The paragraphs of the current articles.';

CREATE OR REPLACE VIEW current_left_out_blocks AS
SELECT t.* FROM left_out_blocks t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_left_out_blocks IS 'What stands on the pages of the current articles beside the article, and why it was left out.';

CREATE OR REPLACE VIEW current_fields AS
SELECT t.* FROM fields t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_fields IS 'The body and the fields of the current articles.';

CREATE OR REPLACE VIEW current_edits AS
SELECT t.* FROM edits t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_edits IS 'The edits of the current articles, active or not.';

CREATE OR REPLACE VIEW current_mentions AS
SELECT t.* FROM mentions t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_mentions IS 'The mentions of the current articles.';

CREATE OR REPLACE VIEW current_dates AS
SELECT t.* FROM dates t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_dates IS 'The dates of the current articles.';

CREATE OR REPLACE VIEW current_quantities AS
SELECT t.* FROM quantities t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_quantities IS 'The figures of the current articles.';

CREATE OR REPLACE VIEW current_officeholders AS
SELECT t.* FROM officeholders t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_officeholders IS 'The office-holders of the current articles.';

CREATE OR REPLACE VIEW current_events AS
SELECT t.* FROM events t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_events IS 'The events of the current articles, whatever their modality: see asserted_events.';

CREATE OR REPLACE VIEW current_relations AS
SELECT t.* FROM relations t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_relations IS 'The relations of the current articles.';

CREATE OR REPLACE VIEW current_quotes AS
SELECT t.* FROM quotes t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_quotes IS 'The quotations of the current articles.';

CREATE OR REPLACE VIEW current_claims AS
SELECT t.* FROM claims t SEMI JOIN current_derivations USING (derivation_id);
COMMENT ON VIEW current_claims IS 'The claims of the current articles.';
