-- Who copied whom.
-- Copies, rewritten or not, excerpts and expansions of earlier articles, with what they share (see docs/stories.md).
-- $role = : copy, excerpt or expansion
SELECT copy_of_source AS from_source, coalesce(copy_of_title, copy_of_place) AS original, copy_of_date AS original_date,
       source AS by_source, coalesce(path, url) AS copy, first_date AS copy_date, role, round(share, 2) AS share,
       round(share_of_other, 2) AS share_of_original, is_same_text, len(shared_paragraphs) AS shared_paragraphs,
       copy_of AS original_id, document_id AS copy_id
FROM copies
WHERE $role::VARCHAR IS NULL OR role = $role
ORDER BY original, original_id, copy_date, copy_id
