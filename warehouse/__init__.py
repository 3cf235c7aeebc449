"""The DuckDB warehouse: the one writer, and the history of every article."""
