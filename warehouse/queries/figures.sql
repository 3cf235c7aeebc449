-- Figures on a topic, with their periods and sources.
-- One row a figure whose measure or sentence has the words; copies are left out.
-- $topic = : words that the measure or the sentence has
SELECT q.measure, q.value, q.value_min, q.value_max, q.unit, q.kind, q.direction, q.modifier, q.period, q.baseline,
       q.evidence AS words, q.sentence, a.published_local::DATE AS published, coalesce(a.site, a.source) AS site,
       coalesce(a.title, a.path, a.url) AS article, q.fact_id
FROM current_quantities q JOIN articles a USING (derivation_id)
WHERE NOT EXISTS (
    FROM told_again t WHERE t.document_id = q.document_id AND t.field = q.field
    AND q.start_offset >= t.start_offset AND q.start_offset < t.end_offset
)
AND ($topic::VARCHAR IS NULL OR contains(lower(concat_ws(' ', q.measure, q.sentence)), lower($topic)))
ORDER BY q.measure NULLS LAST, q.period, published, q.fact_id
