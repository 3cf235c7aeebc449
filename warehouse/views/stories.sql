-- Who copied whom, and how to count by story: documents that are copies of each other tell one thing once.

CREATE OR REPLACE VIEW article_stories AS
SELECT a.document_id, coalesce(m.story_id, a.document_id) AS story_id, coalesce(m.role, 'alone') AS role, m.copy_of,
       coalesce(m.role IN ('copy', 'excerpt'), false) AS is_copy
FROM articles a LEFT JOIN story_members m ON m.document_id = a.document_id;
COMMENT ON VIEW article_stories IS 'The story of every current article, to be joined with facts by document_id; an article of which there is no copy is a story alone.';

CREATE OR REPLACE VIEW stories AS
SELECT m.story_id, o.title, o.source, o.path, o.url, min(left(t.position, 10))::DATE AS first_date,
       max(left(t.position, 10))::DATE AS last_date, count(*) AS documents, count(*) FILTER (m.role = 'copy') AS copies,
       count(*) FILTER (m.role = 'excerpt') AS excerpts, count(*) FILTER (m.role = 'expansion') AS expansions
FROM story_members m
JOIN story_texts t ON t.document_id = m.document_id
JOIN articles o ON o.document_id = m.story_id
GROUP BY ALL;
COMMENT ON VIEW stories IS 'Documents that are copies of each other, by their original: the one that appeared first, as far as is known.';

CREATE OR REPLACE VIEW copies AS
SELECT m.story_id, m.role, m.document_id, c.title, c.source, c.path, c.url, left(p.position, 10)::DATE AS first_date,
       m.copy_of, o.title AS copy_of_title, o.source AS copy_of_source, coalesce(o.path, o.url) AS copy_of_place,
       left(q.position, 10)::DATE AS copy_of_date, m.similarity, m.share, m.share_of_other, m.is_same_text,
       m.shared_paragraphs
FROM story_members m
JOIN articles c ON c.document_id = m.document_id
JOIN articles o ON o.document_id = m.copy_of
JOIN story_texts p ON p.document_id = m.document_id
JOIN story_texts q ON q.document_id = m.copy_of;
COMMENT ON VIEW copies IS 'Who copied whom: every copy, excerpt and expansion, with the earlier document that most of it is in.';

CREATE OR REPLACE VIEW story_paragraphs AS
SELECT m.story_id, m.document_id, m.copy_of, p.ordinal, p.start_offset, p.end_offset, p.text
FROM story_members m JOIN current_paragraphs p ON p.document_id = m.document_id
WHERE list_contains(m.shared_paragraphs, p.ordinal);
COMMENT ON VIEW story_paragraphs IS 'The paragraphs of copies that stand in the document that they are a copy of.';

CREATE OR REPLACE VIEW told_again AS
SELECT f.document_id, f.field, 0 AS start_offset, length(f.text) AS end_offset
FROM current_fields f JOIN story_members m ON m.document_id = f.document_id WHERE m.role IN ('copy', 'excerpt')
UNION ALL
SELECT p.document_id, 'body', p.start_offset, p.end_offset
FROM story_paragraphs p JOIN story_members m ON m.document_id = p.document_id WHERE m.role = 'expansion';
COMMENT ON VIEW told_again IS 'What an earlier document of the story has told: copies and excerpts whole, and of expansions the paragraphs that are taken over. Facts within it are left out to count each once.';

CREATE OR REPLACE VIEW story_events AS
SELECT s.story_id, e.plover, e.actors, e.targets, e.start_date, e.end_date, count(DISTINCT e.document_id) AS documents,
       arg_min(e.evidence, row(s.role NOT IN ('alone', 'original'), e.fact_id)) AS evidence,
       arg_min(e.fact_id, row(s.role NOT IN ('alone', 'original'), e.fact_id)) AS fact_id
FROM asserted_events e JOIN article_stories s ON s.document_id = e.document_id
GROUP BY s.story_id, e.plover, e.actors, e.targets, e.start_date, e.end_date;
COMMENT ON VIEW story_events IS 'Asserted events, one row for each in a story, however many of its documents tell it; the words are those of the original, if it has them.';

CREATE OR REPLACE VIEW story_figures AS
SELECT s.story_id, q.kind, q.measure, q.value, q.value_min, q.value_max, q.unit, q.direction, q.period, q.baseline,
       count(DISTINCT q.document_id) AS documents,
       arg_min(q.evidence, row(s.role NOT IN ('alone', 'original'), q.fact_id)) AS evidence,
       arg_min(q.fact_id, row(s.role NOT IN ('alone', 'original'), q.fact_id)) AS fact_id
FROM current_quantities q JOIN article_stories s ON s.document_id = q.document_id
GROUP BY s.story_id, q.kind, q.measure, q.value, q.value_min, q.value_max, q.unit, q.direction, q.period, q.baseline;
COMMENT ON VIEW story_figures IS 'Figures, one row for each in a story, however many of its documents have it: one that a copy changed is a row of its own.';
