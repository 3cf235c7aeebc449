-- What waits in quarantine, and why.
-- By source, table and rule; `copydesk quarantine list` has each entry. What is held back whole is in the view held.
SELECT s.name AS source, w.table_name, w.rule, any_value(w.message) AS what_is_wrong, count(*) AS entries,
       count(*) FILTER (w.is_stopped) AS whole_rows, count(DISTINCT w.document_id) AS documents,
       min(w.quarantine_id::VARCHAR) AS for_instance
FROM waiting w LEFT JOIN documents d USING (document_id) LEFT JOIN sources s USING (source_id)
GROUP BY ALL ORDER BY entries DESC, source, w.table_name, w.rule
