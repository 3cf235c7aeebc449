-- What we knew on a day.
-- The facts of the articles as they were published then, as we had read them by then: later corrections of a publisher
-- and later rules of ours are left out.
-- $day = : the day or moment (UTC), as 2024-03-05; otherwise now
-- $kind = quantity: the kind of facts
SELECT k.kind, k.subject, k.value, k.number, k.direction, k.period, k.modality, k.evidence AS words,
       coalesce(k.title, k.path, k.url) AS article, k.document_id, k.fact_id
FROM facts_as_of(
    coalesce($day::TIMESTAMPTZ, now()), known_at := coalesce($day::TIMESTAMPTZ, now())
) k
WHERE k.kind = $kind
ORDER BY article, k.field, k.start_offset, k.fact_id
