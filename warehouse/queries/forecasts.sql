-- Which claims are forecasts, and whose.
-- What is said of the future: by whom (empty: by the author), how sure, in which words; copies are left out.
-- $who = : a part of the name of who says it
-- $kind = forecast: forecast, goal, causal, assessment or attributed
SELECT coalesce(n.name, c.speaker) AS whose, c.modality, c.content AS claim, c.cue, a.published_local::DATE AS published,
       coalesce(a.title, a.path, a.url) AS article, coalesce(a.site, a.source) AS site, c.fact_id
FROM current_claims c JOIN articles a USING (derivation_id) LEFT JOIN entities n ON n.entity_id = c.speaker_id
WHERE c.kind = $kind AND NOT EXISTS (
    FROM told_again t WHERE t.document_id = c.document_id AND t.field = c.field
    AND c.start_offset >= t.start_offset AND c.start_offset < t.end_offset
)
AND ($who::VARCHAR IS NULL OR contains(lower(coalesce(n.name, c.speaker, '')), lower($who)))
ORDER BY whose NULLS LAST, published, c.fact_id
