-- Which words stand behind a row.
-- The words of a fact, the sentence around them, where both stand in what was received (raw_start and raw_end count code
-- points of the base text), the rule that found it, and the bytes that are kept (their name in raw/store).
-- $fact = : the fact_id of any row, or its beginning; otherwise all facts
-- $kind = : a kind of facts: event, quantity, date ...
SELECT f.kind, f.subkind, f.subject, f.object, f.value, f.number, f.evidence AS words, f.sentence, f.field, f.raw_start,
       f.raw_end, f.is_exact, f.rule_id, coalesce(f.title, f.path, f.url) AS article, c.captured_at, c.sha256, f.fact_id
FROM facts f
JOIN derivations d USING (derivation_id)
JOIN captures c ON c.capture_id = d.capture_id
WHERE ($fact::VARCHAR IS NULL OR starts_with(f.fact_id::VARCHAR, lower($fact)))
AND ($kind::VARCHAR IS NULL OR f.kind = $kind)
ORDER BY article, f.field, f.start_offset, f.kind, f.fact_id
