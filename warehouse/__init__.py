"""The DuckDB warehouse: the one writer, and the history of every article.

This package imports nothing by itself: ``warehouse.records``, ``schemas.ids`` and ``warehouse.rows`` are plain Python
(for worker processes), the rest loads duckdb, polars and, in ``warehouse.check`` alone, pandera.

How a flow uses it (open late, close early: while a writer is open no other process can open the file)::

    from warehouse.check import check_documents
    from warehouse.connect import open_warehouse
    from warehouse.records import Capture, Failure, Run
    from warehouse.rows import document_rows

    run = Run.start(started_at=now, ruleset=ruleset, orchestrator="direct")      # a fresh run id
    captures = [Capture(source="raw", path="a.txt", sha256=..., size=..., media_type="text/plain", captured_at=now)]

    with open_warehouse(path, wait=30.0) as wh:  # makes the file and brings its tables up to date
        wh.save_run(run)
        plan = wh.plan(captures, ruleset=ruleset)
    # plan.unchanged: same bytes, ruleset and decisions as what is loaded: only last_seen_at moves
    # plan.work:      one Planned a document: .capture, .document_id, .reviews, and the ids that its rows need
    # plan.later:     further captures of a document in plan.work: plan them again after this batch is loaded

    # in any process, without the warehouse; rows are plain values that can be pickled:
    rows = document_rows(planned, article, facts, ruleset=ruleset, run_id=run.run_id)
    failure = Failure.of(planned, error)          # for an InputError: the bytes are known, the text is not

    # good and quarantined rows part here; a batch of 100 to 1,000 documents costs little more than one
    checked = check_documents([rows, ...], failures=[failure, ...], ruleset=ruleset, run_id=run.run_id)
    with open_warehouse(path, wait=30.0) as wh:
        result = wh.load(checked, unchanged=plan.unchanged)
        # (when plan.work is empty, wh.touch(plan.unchanged) is all, and loads neither polars nor pandera)
        # one transaction. result.counts (rows written a table), .quarantined, .new_documents, .new_versions,
        # .rederived, .unchanged, .stale (document ids whose history moved since the plan: plan these again)
        wh.save_run(run.finish(ended_at=now, status=RunStatus.COMPLETED, counts={...}, failures=[...]))

Reviews: ``wh.save_review(Review(...))``, ``wh.reviews_for(document_ids)``; ``Planned.reviews`` holds those of the
document, in force, so that cleaning can carry them (``copydesk.reviews``) without the warehouse.
Readers: ``warehouse.readers.open_readers(path)`` opens the published copy, ``wh.rows(sql, parameters)`` (dicts) and
``wh.frame(sql)`` (polars) of our own SQL; ``warehouse.query.run_query(path, sql)`` for other people's SQL: read-only,
no files, no network. ``wh.publish()`` brings the copy up to date; whoever writes rows says so in the same transaction
(``warehouse.touched.touch_rows``), or they are not published.
Errors: ``warehouse.errors.WarehouseBusy`` (transient; names the process that holds the file and since when) and
``WarehouseError`` (terminal).
"""
