-- What was cut, by which rule and on which site.
-- Edits in force in the current articles: how many, in how many articles, and how many characters went.
-- $kind = : an artifact, as pull_quote, ad_marker, share_row
SELECT coalesce(a.site, a.source) AS site, e.kind, e.rule_id AS rule, sum(e.edits)::BIGINT AS edits,
       count(DISTINCT e.document_id) AS articles, sum(e.chars_removed)::BIGINT AS characters, min(e.least_sure) AS least_sure
FROM edit_summary e JOIN articles a USING (document_id)
WHERE e.status = 'active' AND e.chars_removed > 0 AND ($kind::VARCHAR IS NULL OR e.kind = $kind)
GROUP BY ALL ORDER BY characters DESC, site, e.kind, rule
