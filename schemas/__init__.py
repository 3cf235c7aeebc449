"""The contract: one pandera model a warehouse table, with its rules.

A model is the one description of its table: ``schemas.validate`` checks batches with it, ``schemas.ddl`` writes the
table definition and the data dictionary from it. This package imports nothing by itself: pandera loads with
``schemas.tables``; ``schemas.domains``, ``ids``, ``iso``, ``timex`` and ``replay`` are plain Python.
"""

CONTRACT = "1"
"""Goes up when a rule changes what is stored: it is part of every ruleset hash."""
