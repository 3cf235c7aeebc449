-- What changed, and in which order: so the readers' copy is brought up to date at the cost of what changed. Bookkeeping
-- of the file, like schema_migrations: no table of the schemas.

CREATE TABLE touched (
    scope VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    sequence BIGINT NOT NULL
);
COMMENT ON TABLE touched IS 'What changed last, and in which order; see warehouse.touched.';
COMMENT ON COLUMN touched.scope IS 'the column that key is a value of; copy for a copy that was published';
COMMENT ON COLUMN touched.key IS 'whose rows were written, or taken out';
COMMENT ON COLUMN touched.sequence IS 'greater than that of all that was written before';
