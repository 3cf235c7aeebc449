-- Our clock is written down; what is held says as what; moved and missing files; what became of decisions.

CREATE TABLE showings (
    showing_id UUID NOT NULL,
    version_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    document_id UUID NOT NULL,
    number BIGINT NOT NULL,
    shown_at TIMESTAMP WITH TIME ZONE NOT NULL,
    run_id UUID NOT NULL
);
COMMENT ON TABLE showings IS 'Our clock: which derivation of a version the views showed, from when until the next showing of that version.';
COMMENT ON COLUMN showings.showing_id IS 'follows from version and number';
COMMENT ON COLUMN showings.version_id IS 'the version';
COMMENT ON COLUMN showings.derivation_id IS 'what was shown of it';
COMMENT ON COLUMN showings.document_id IS 'the document';
COMMENT ON COLUMN showings.number IS 'of the showing among those of its version, from 0';
COMMENT ON COLUMN showings.shown_at IS 'when it was loaded: before, readers saw another one, or none';
COMMENT ON COLUMN showings.run_id IS 'the run that wrote it';

-- What is current was shown since its run began, as far as is known.
INSERT INTO showings SELECT uuid(), d.version_id, d.derivation_id, d.document_id, 0, coalesce(r.started_at, now()), d.run_id
FROM derivations d LEFT JOIN runs r ON r.run_id = d.run_id WHERE d.is_current;

ALTER TABLE documents ADD COLUMN former_paths VARCHAR[];
COMMENT ON COLUMN documents.former_paths IS 'names that it had before it was moved, oldest first';
ALTER TABLE documents ADD COLUMN missing_since TIMESTAMP WITH TIME ZONE;
COMMENT ON COLUMN documents.missing_since IS 'when a run found its file gone; NULL while it is there';
ALTER TABLE runs ADD COLUMN process VARCHAR;
COMMENT ON COLUMN runs.process IS 'machine and process id; NULL when not known';
ALTER TABLE captures ADD COLUMN held_as VARCHAR;
COMMENT ON COLUMN captures.held_as IS 'why it is held, in a word; NULL for others: contradicted, underived, error_page, wall, no_article, shorter';
ALTER TABLE captures ADD COLUMN text_sha256 VARCHAR;
COMMENT ON COLUMN captures.text_sha256 IS 'of the clean text of one that is held: the same again may release it';
ALTER TABLE reviews ADD COLUMN outcome VARCHAR;
COMMENT ON COLUMN reviews.outcome IS 'what became of it in the latest derivation of the document: carried, moved, ambiguous, orphaned';
ALTER TABLE quarantine ADD COLUMN note VARCHAR;
COMMENT ON COLUMN quarantine.note IS 'why it was dismissed';
COMMENT ON COLUMN runs.status IS 'how far it came: running, completed, failed, stopped, cut_off';
COMMENT ON COLUMN runs.failures IS 'inputs that gave no text, or why the run failed: source, error, reason, advice';
