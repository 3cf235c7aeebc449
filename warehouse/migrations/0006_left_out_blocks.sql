-- What stands on a page beside its article, as rows.

CREATE TABLE left_out_blocks (
    left_out_id UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    ordinal BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    raw_start BIGINT NOT NULL,
    source_start BIGINT,
    source_end BIGINT,
    run_id UUID NOT NULL
);
COMMENT ON TABLE left_out_blocks IS 'What stands on a page beside its article: menus, teasers, boxes, notices.';
COMMENT ON COLUMN left_out_blocks.left_out_id IS 'follows from derivation and number';
COMMENT ON COLUMN left_out_blocks.document_id IS 'the document';
COMMENT ON COLUMN left_out_blocks.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN left_out_blocks.ordinal IS 'its number, from 0 in page order';
COMMENT ON COLUMN left_out_blocks.kind IS 'what it is: paragraph, heading, list_item, quote, pull_quote, caption, table, preformatted';
COMMENT ON COLUMN left_out_blocks.text IS 'its text';
COMMENT ON COLUMN left_out_blocks.reason IS 'why it is no part of the article';
COMMENT ON COLUMN left_out_blocks.score IS 'how much it reads like the article, 0 to 1';
COMMENT ON COLUMN left_out_blocks.raw_start IS 'where it would stand in the base text';
COMMENT ON COLUMN left_out_blocks.source_start IS 'where it begins in the page''s source; NULL when not known';
COMMENT ON COLUMN left_out_blocks.source_end IS 'where it ends there';
COMMENT ON COLUMN left_out_blocks.run_id IS 'the run that wrote it';
