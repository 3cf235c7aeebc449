-- What analysts read: the current state of every document, in few and plain views.

CREATE OR REPLACE VIEW articles AS
SELECT
    d.document_id, v.version_id, dv.derivation_id, s.name AS source, d.path, coalesce(d.canonical_url, d.url) AS url,
    dv.title, dv.authors, dv.published_at, dv.published_local, dv.published_zone, dv.updated_at, dv.updated_local,
    dv.updated_zone, dv.site, dv.language, dv.flags, dv.words, f.text, v.valid_from, v.change_class, dv.ruleset
FROM documents d
JOIN sources s ON s.source_id = d.source_id
JOIN versions v ON v.document_id = d.document_id AND v.is_current
JOIN derivations dv ON dv.version_id = v.version_id AND dv.is_current
JOIN fields f ON f.derivation_id = dv.derivation_id AND f.field = 'body';
COMMENT ON VIEW articles IS 'The current version of every document, as the current ruleset reads it, with its clean text.';

CREATE OR REPLACE VIEW every_fact AS
SELECT 'mention' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, kind AS subkind, entity_id AS subject,
       NULL::VARCHAR AS object, type AS value, NULL::DOUBLE AS number, NULL::DATE AS start_date,
       NULL::DATE AS end_date, NULL::VARCHAR AS modality, NULL::VARCHAR AS direction, NULL::VARCHAR AS period
FROM mentions
UNION ALL BY NAME
SELECT 'date' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, role AS subkind, value, start_date, end_date
FROM dates
UNION ALL BY NAME
SELECT 'quantity' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, kind AS subkind, measure AS subject,
       unit AS value, coalesce(value, value_min, value_max) AS number, direction, period
FROM quantities
UNION ALL BY NAME
SELECT 'officeholder' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset,
       raw_start, raw_end, is_exact, evidence, sentence, rule_id, confidence, status AS subkind, person_id AS subject,
       coalesce(organisation_id, country) AS object, title_norm AS value
FROM officeholders
UNION ALL BY NAME
SELECT 'event' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, plover AS subkind,
       (SELECT string_agg(p.entity_id, ', ' ORDER BY p.ordinal) FROM event_participants p
        WHERE p.fact_id = e.fact_id AND p.role = 'actor') AS subject,
       (SELECT string_agg(p.entity_id, ', ' ORDER BY p.ordinal) FROM event_participants p
        WHERE p.fact_id = e.fact_id AND p.role = 'target') AS object,
       cameo AS value, start_date, end_date, modality
FROM events e
UNION ALL BY NAME
SELECT 'relation' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, predicate AS subkind, subject_id AS subject,
       object_id AS object, since AS value
FROM relations
UNION ALL BY NAME
SELECT 'quote' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, kind AS subkind,
       coalesce(speaker_id, speaker) AS subject, content AS value
FROM quotes
UNION ALL BY NAME
SELECT 'claim' AS kind, fact_id, fact_key, document_id, derivation_id, field, start_offset, end_offset, raw_start,
       raw_end, is_exact, evidence, sentence, rule_id, confidence, kind AS subkind,
       coalesce(speaker_id, speaker) AS subject, content AS value, modality
FROM claims;
COMMENT ON VIEW every_fact IS 'The facts of every derivation that there was, all kinds in one shape: see facts, and facts_as_of.';

CREATE OR REPLACE VIEW facts AS
SELECT f.*, a.title, a.source, a.path, a.url, a.published_local
FROM every_fact f JOIN articles a ON a.derivation_id = f.derivation_id;
COMMENT ON VIEW facts IS 'The facts of the current articles, all kinds in one shape, each with its words.';

CREATE OR REPLACE VIEW asserted_events AS
SELECT e.*, f.subject AS actors, f.object AS targets, f.title, f.path, f.url, f.published_local
FROM events e JOIN facts f ON f.fact_id = e.fact_id
WHERE e.modality = 'asserted' AND coalesce(e.tense, '') NOT IN ('future', 'conditional');
COMMENT ON VIEW asserted_events IS 'Events that a current article says have happened or are happening: nothing reported by somebody, intended, possible, expected, conditional or negated.';

CREATE OR REPLACE VIEW changes AS
WITH read AS (
    SELECT v.document_id, v.version_id, v.valid_from, v.valid_to, v.change_class, d.title, d.words, d.updated_local,
           row_number() OVER (PARTITION BY v.version_id ORDER BY d.is_current DESC, d.derivation_id) AS rank
    FROM versions v JOIN derivations d ON d.version_id = v.version_id
)
SELECT document_id, version_id, valid_from, valid_to, change_class, title,
       lag(title) OVER w AS title_before, words, words - lag(words) OVER w AS words_more, updated_local
FROM read WHERE rank = 1
WINDOW w AS (PARTITION BY document_id ORDER BY valid_from);
COMMENT ON VIEW changes IS 'Every version of every document, oldest first, with how it differs from the one before.';

CREATE OR REPLACE VIEW edit_summary AS
SELECT a.document_id, a.title, a.path, e.kind, e.rule_id, e.status, count(*) AS edits,
       sum(length(e.removed)) AS chars_removed, sum(length(e.replacement)) AS chars_put_in, min(e.confidence) AS least_sure
FROM edits e JOIN articles a ON a.derivation_id = e.derivation_id
GROUP BY ALL;
COMMENT ON VIEW edit_summary IS 'What was edited in the current articles, by artifact and rule.';

CREATE OR REPLACE VIEW waiting AS
SELECT q.*
FROM quarantine q LEFT JOIN derivations d ON d.derivation_id = q.derivation_id
LEFT JOIN versions v ON v.version_id = d.version_id
WHERE q.status = 'waiting' AND (d.derivation_id IS NULL OR (d.is_current AND v.is_current));
COMMENT ON VIEW waiting IS 'What waits in quarantine of the current articles, and of rows that never became part of one.';

CREATE OR REPLACE VIEW held AS
SELECT c.capture_id, c.document_id, s.name AS source, d.path, coalesce(d.canonical_url, d.url) AS url, c.held_as, c.reason,
       c.captured_at, c.last_seen_at, c.size_bytes, c.sha256
FROM captures c JOIN documents d ON d.document_id = c.document_id JOIN sources s ON s.source_id = d.source_id
WHERE c.status = 'held'
AND NOT EXISTS (FROM captures later WHERE later.document_id = c.document_id AND later.status = 'accepted'
                AND later.captured_at > c.captured_at);
COMMENT ON VIEW held IS 'Captures that are kept back since they would make their document worse, until a better one comes.';
