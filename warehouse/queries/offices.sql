-- Who held which office, and when.
-- By person and office, what articles say of it: as current, former, acting or elect, between the first and the last day
-- that an article says so of. A day is that which the sentence names, or else that of publication.
-- $who = : a part of a person's name
-- $country = : an ISO 3166-1 alpha-3 code
WITH said AS (
    SELECT o.*, coalesce(o.as_of, strftime(a.published_local, '%Y-%m-%d')) AS day
    FROM current_officeholders o JOIN articles a USING (derivation_id)
)
SELECT p.name AS person, s.title_norm AS office, coalesce(g.name, s.country) AS of_whom, s.status, min(s.day) AS first_said,
       max(s.day) AS last_said, count(DISTINCT s.document_id) AS articles, min(s.title) AS as_written,
       min(s.fact_id::VARCHAR) AS fact_id
FROM said s JOIN entities p ON p.entity_id = s.person_id LEFT JOIN entities g ON g.entity_id = s.organisation_id
WHERE ($who::VARCHAR IS NULL OR contains(lower(p.name), lower($who)))
AND ($country::VARCHAR IS NULL OR s.country = upper($country))
GROUP BY ALL ORDER BY person, first_said, office, of_whom, s.status
