-- Who did what to whom, by month.
-- One row an event that an article itself says has happened; what copies of an article tell again is left out. The month
-- is that of the event (a year where no more is known), or else that of publication. `action` is a PLOVER category.
-- $who = : a part of the name of somebody who acts or is acted on
-- $since = : the first month, as 2024-03
-- $until = : the last month
WITH named AS (
    SELECT p.fact_id, string_agg(n.name, ', ' ORDER BY p.ordinal) FILTER (p.role = 'actor') AS actors,
           string_agg(n.name, ', ' ORDER BY p.ordinal) FILTER (p.role = 'target') AS targets
    FROM event_participants p JOIN entities n USING (entity_id) GROUP BY p.fact_id
)
SELECT CASE WHEN date_trunc('month', e.start_date) = date_trunc('month', e.end_date) THEN strftime(e.start_date, '%Y-%m')
            WHEN year(e.start_date) = year(e.end_date) THEN strftime(e.start_date, '%Y')
            ELSE strftime(e.published_local, '%Y-%m') END AS month,
       n.actors, e.plover AS action, n.targets, e.date_value AS event_date, e.evidence AS words, coalesce(e.title, e.path, e.url) AS article, e.fact_id
FROM asserted_events e JOIN named n USING (fact_id)
WHERE NOT EXISTS (
    FROM told_again t WHERE t.document_id = e.document_id AND t.field = e.field
    AND e.start_offset >= t.start_offset AND e.start_offset < t.end_offset
)
AND ($who::VARCHAR IS NULL OR contains(lower(concat_ws(', ', n.actors, n.targets)), lower($who)))
AND ($since::VARCHAR IS NULL OR month >= $since) AND ($until::VARCHAR IS NULL OR month <= $until)
ORDER BY month, n.actors, action, n.targets, e.fact_id
