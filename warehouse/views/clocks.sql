-- The state of things at a moment, on both clocks: what the publishers showed then, and what we had made of it by then.
-- (A default of now() would be the moment at which the macro was made.)

CREATE OR REPLACE MACRO articles_as_of(valid_at, known_at := NULL) AS TABLE
WITH shown AS (
    SELECT * FROM showings WHERE known_at IS NULL OR shown_at <= known_at::TIMESTAMPTZ
    QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY number DESC) = 1
), valid AS (
    SELECT v.*, s.derivation_id, s.shown_at FROM versions v JOIN shown s ON s.version_id = v.version_id
    WHERE v.valid_from <= valid_at::TIMESTAMPTZ
    QUALIFY row_number() OVER (PARTITION BY v.document_id ORDER BY v.valid_from DESC) = 1
)
SELECT
    d.document_id, v.version_id, dv.derivation_id, s.name AS source, d.path, coalesce(d.canonical_url, d.url) AS url,
    dv.title, dv.authors, dv.published_at, dv.published_local, dv.published_zone, dv.updated_at, dv.updated_local,
    dv.updated_zone, dv.site, dv.language, dv.flags, dv.words, f.text, v.valid_from, v.change_class, v.shown_at,
    dv.ruleset
FROM valid v
JOIN documents d ON d.document_id = v.document_id
JOIN sources s ON s.source_id = d.source_id
JOIN derivations dv ON dv.derivation_id = v.derivation_id
JOIN fields f ON f.derivation_id = dv.derivation_id AND f.field = 'body';
COMMENT ON MACRO TABLE articles_as_of IS 'Articles as they were published at a moment; with known_at, as we had read them by then.';

CREATE OR REPLACE MACRO facts_as_of(valid_at, known_at := NULL) AS TABLE
SELECT f.*, a.version_id, a.title, a.source, a.path, a.url, a.published_local
FROM every_fact f JOIN articles_as_of(valid_at, known_at := known_at) a ON a.derivation_id = f.derivation_id;
COMMENT ON MACRO TABLE facts_as_of IS 'Facts of the articles that were published at a moment; with known_at, as we had read them by then.';
