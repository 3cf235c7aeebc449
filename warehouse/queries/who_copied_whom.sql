-- Who copied whom.
-- Articles whose clean text is that of another one, with the document that had it first, as far as we saw.
SELECT o.source AS from_source, coalesce(o.title, o.path, o.url) AS original, o.valid_from AS seen_at, c.source AS by_source,
       coalesce(c.path, c.url) AS copy, c.valid_from AS copy_seen_at, o.words, c.copy_of AS original_id,
       c.document_id AS copy_id
FROM copies c JOIN articles o ON o.document_id = c.copy_of
ORDER BY original, original_id, copy_seen_at, copy_id
