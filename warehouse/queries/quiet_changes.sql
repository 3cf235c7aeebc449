-- What a publisher changed quietly.
-- Versions with other words, title or authors than the one before that give no later time of updating. `copydesk diff`
-- with the document's id shows the sentences.
WITH stated AS (
    SELECT *, lag(updated_local) OVER (PARTITION BY document_id ORDER BY valid_from) AS updated_before FROM changes
)
SELECT c.valid_from AS changed_at, s.name AS source, coalesce(c.title, d.path, d.url) AS article, c.change_class,
       CASE WHEN c.title IS DISTINCT FROM c.title_before THEN c.title_before END AS title_before, c.words, c.words_more,
       c.updated_local, c.document_id
FROM stated c JOIN documents d USING (document_id) JOIN sources s USING (source_id)
WHERE c.change_class IN ('substantive', 'metadata') AND coalesce(c.updated_local <= c.updated_before, c.updated_local IS NULL)
ORDER BY changed_at, c.document_id
