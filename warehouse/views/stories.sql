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
