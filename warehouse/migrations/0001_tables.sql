-- The tables as schemas describes them; see schemas/ddl.py.

CREATE TABLE runs (
    run_id UUID NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    status VARCHAR NOT NULL,
    orchestrator VARCHAR NOT NULL,
    flow_run_id VARCHAR,
    ruleset VARCHAR NOT NULL,
    counts JSON NOT NULL,
    failures JSON NOT NULL
);
COMMENT ON TABLE runs IS 'One run of the flow over some inputs.';
COMMENT ON COLUMN runs.run_id IS 'a new one each time';
COMMENT ON COLUMN runs.started_at IS 'when it began';
COMMENT ON COLUMN runs.ended_at IS 'when it ended; NULL while it runs, or when it was cut off';
COMMENT ON COLUMN runs.status IS 'how far it came: running, completed, failed';
COMMENT ON COLUMN runs.orchestrator IS 'who ran it: direct or prefect';
COMMENT ON COLUMN runs.flow_run_id IS 'Prefect''s id of the run';
COMMENT ON COLUMN runs.ruleset IS 'hash of all that decides what is made of given bytes';
COMMENT ON COLUMN runs.counts IS 'what was done: documents, unchanged, failed, quarantined ...';
COMMENT ON COLUMN runs.failures IS 'inputs that gave no text: source, error, reason, advice';

CREATE TABLE sources (
    source_id UUID NOT NULL,
    name VARCHAR NOT NULL
);
COMMENT ON TABLE sources IS 'Where captures come from: a folder, a feed, a site.';
COMMENT ON COLUMN sources.source_id IS 'follows from the name';
COMMENT ON COLUMN sources.name IS 'the name that people give it';

CREATE TABLE fetches (
    url VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    status BIGINT,
    reason VARCHAR,
    final_url VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    sha256 VARCHAR,
    size_bytes BIGINT,
    media_type VARCHAR,
    fetched_at TIMESTAMP WITH TIME ZONE,
    checked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    gone_at TIMESTAMP WITH TIME ZONE
);
COMMENT ON TABLE fetches IS 'What the server last said of an address: asked again, it need send only what has changed.';
COMMENT ON COLUMN fetches.url IS 'the address that was asked for, without its fragment';
COMMENT ON COLUMN fetches.source IS 'name of the source that asked last';
COMMENT ON COLUMN fetches.status IS 'HTTP status of the last answer; NULL when there was none';
COMMENT ON COLUMN fetches.reason IS 'why the last try brought nothing; NULL when it did';
COMMENT ON COLUMN fetches.final_url IS 'address that answered in the end, after redirects';
COMMENT ON COLUMN fetches.etag IS 'the server''s mark of the bytes that are kept';
COMMENT ON COLUMN fetches.last_modified IS 'the server''s time of those bytes, as written';
COMMENT ON COLUMN fetches.sha256 IS 'of the bytes that are kept; NULL when none ever came';
COMMENT ON COLUMN fetches.size_bytes IS 'their number';
COMMENT ON COLUMN fetches.media_type IS 'what they are, as the server said';
COMMENT ON COLUMN fetches.fetched_at IS 'when bytes last came';
COMMENT ON COLUMN fetches.checked_at IS 'when the server was last asked';
COMMENT ON COLUMN fetches.gone_at IS 'since when the server says that there is nothing (404, 410)';

CREATE TABLE documents (
    document_id UUID NOT NULL,
    source_id UUID NOT NULL,
    path VARCHAR,
    url VARCHAR,
    canonical_url VARCHAR
);
COMMENT ON TABLE documents IS 'Something that is published at one address, or lies under one path, through all its versions.';
COMMENT ON COLUMN documents.document_id IS 'follows from the canonical URL, or the URL, or source and path';
COMMENT ON COLUMN documents.source_id IS 'where it was first met';
COMMENT ON COLUMN documents.path IS 'name within the source (POSIX, relative)';
COMMENT ON COLUMN documents.url IS 'address that it was fetched from';
COMMENT ON COLUMN documents.canonical_url IS 'address that it gives for itself, where that is believed';

CREATE TABLE captures (
    capture_id UUID NOT NULL,
    document_id UUID NOT NULL,
    previous_id UUID,
    version_id UUID,
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    media_type VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    captured_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    http JSON,
    stated JSON,
    run_id UUID NOT NULL
);
COMMENT ON TABLE captures IS 'Bytes as received. The same bytes again only move last_seen_at; A, B, A are three captures.';
COMMENT ON COLUMN captures.capture_id IS 'follows from document, bytes and the capture before';
COMMENT ON COLUMN captures.document_id IS 'the document';
COMMENT ON COLUMN captures.previous_id IS 'the accepted capture before it, when it came in; NULL for the first';
COMMENT ON COLUMN captures.version_id IS 'the version that its text belongs to; NULL when it was held or failed';
COMMENT ON COLUMN captures.sha256 IS 'of the bytes: their name in raw/store';
COMMENT ON COLUMN captures.size_bytes IS 'their number';
COMMENT ON COLUMN captures.media_type IS 'what they are';
COMMENT ON COLUMN captures.status IS 'what became of them: accepted, held, failed';
COMMENT ON COLUMN captures.reason IS 'why they were held or failed';
COMMENT ON COLUMN captures.captured_at IS 'when they were first received';
COMMENT ON COLUMN captures.last_seen_at IS 'when the same bytes were last received';
COMMENT ON COLUMN captures.http IS 'what the server said with them: status, final_url, redirects, etag ...';
COMMENT ON COLUMN captures.stated IS 'what the source says of the article: [name, value, source] each';
COMMENT ON COLUMN captures.run_id IS 'the run that wrote it';

CREATE TABLE versions (
    version_id UUID NOT NULL,
    document_id UUID NOT NULL,
    capture_id UUID NOT NULL,
    valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
    valid_to TIMESTAMP WITH TIME ZONE,
    is_current BOOLEAN NOT NULL,
    change_class VARCHAR
);
COMMENT ON TABLE versions IS 'The publisher''s clock: what a document said from when to when.';
COMMENT ON COLUMN versions.version_id IS 'follows from document and opening capture';
COMMENT ON COLUMN versions.document_id IS 'the document';
COMMENT ON COLUMN versions.capture_id IS 'the capture that opened it';
COMMENT ON COLUMN versions.valid_from IS 'when that capture was made';
COMMENT ON COLUMN versions.valid_to IS 'when the next version began; NULL for the current one';
COMMENT ON COLUMN versions.is_current IS 'no version follows';
COMMENT ON COLUMN versions.change_class IS 'how it differs from the version before; NULL when no ruleset has read both: first, cosmetic, metadata, substantive';

CREATE TABLE derivations (
    derivation_id UUID NOT NULL,
    version_id UUID NOT NULL,
    document_id UUID NOT NULL,
    capture_id UUID NOT NULL,
    ruleset VARCHAR NOT NULL,
    decisions VARCHAR NOT NULL,
    is_current BOOLEAN NOT NULL,
    rows_sha256 VARCHAR NOT NULL,
    code_version VARCHAR NOT NULL,
    format VARCHAR NOT NULL,
    encoding VARCHAR,
    encoding_reason VARCHAR,
    replaced_chars BIGINT NOT NULL,
    base_text VARCHAR NOT NULL,
    base_sha256 VARCHAR NOT NULL,
    clean_sha256 VARCHAR NOT NULL,
    title VARCHAR,
    authors VARCHAR[],
    people JSON NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    published_local TIMESTAMP,
    published_zone VARCHAR,
    published_precision VARCHAR,
    published_written VARCHAR,
    published_source VARCHAR,
    updated_at TIMESTAMP WITH TIME ZONE,
    updated_local TIMESTAMP,
    updated_zone VARCHAR,
    updated_precision VARCHAR,
    updated_written VARCHAR,
    updated_source VARCHAR,
    site VARCHAR,
    language VARCHAR,
    flags VARCHAR[] NOT NULL,
    words BIGINT NOT NULL,
    run_id UUID NOT NULL
);
COMMENT ON TABLE derivations IS 'Our clock: what one ruleset, and the decisions of people, make of a version.';
COMMENT ON COLUMN derivations.derivation_id IS 'follows from version, ruleset and decisions';
COMMENT ON COLUMN derivations.version_id IS 'the version';
COMMENT ON COLUMN derivations.document_id IS 'the document';
COMMENT ON COLUMN derivations.capture_id IS 'the capture that was read';
COMMENT ON COLUMN derivations.ruleset IS 'hash of all that decides what is made of given bytes';
COMMENT ON COLUMN derivations.decisions IS 'hash of the reviews that were taken into account';
COMMENT ON COLUMN derivations.is_current IS 'the one that views show for its version';
COMMENT ON COLUMN derivations.rows_sha256 IS 'of all its rows: the same again changes nothing';
COMMENT ON COLUMN derivations.code_version IS 'version of copydesk';
COMMENT ON COLUMN derivations.format IS 'the reader that made the base text: text, html ...';
COMMENT ON COLUMN derivations.encoding IS 'the codec that the bytes were read with';
COMMENT ON COLUMN derivations.encoding_reason IS 'why it was believed';
COMMENT ON COLUMN derivations.replaced_chars IS 'characters that no store takes, replaced one for one';
COMMENT ON COLUMN derivations.base_text IS 'the text that all raw offsets count in';
COMMENT ON COLUMN derivations.base_sha256 IS 'of the base text in UTF-8';
COMMENT ON COLUMN derivations.clean_sha256 IS 'of the clean body in UTF-8';
COMMENT ON COLUMN derivations.title IS 'as in the document, or as its source says';
COMMENT ON COLUMN derivations.authors IS 'names of the people who wrote it';
COMMENT ON COLUMN derivations.people IS 'the same people with affiliation and source';
COMMENT ON COLUMN derivations.published_at IS 'moment of publication, only when its zone is known';
COMMENT ON COLUMN derivations.published_local IS 'time of publication as the article''s clock shows it';
COMMENT ON COLUMN derivations.published_zone IS 'its offset from UTC, or Z; NULL when not stated';
COMMENT ON COLUMN derivations.published_precision IS 'how fine it is: year, month, day, hour, minute, second';
COMMENT ON COLUMN derivations.published_written IS 'its words';
COMMENT ON COLUMN derivations.published_source IS 'the field or property that states it';
COMMENT ON COLUMN derivations.updated_at IS 'moment of the last update, only when its zone is known';
COMMENT ON COLUMN derivations.updated_local IS 'time of the last update as the article''s clock shows it';
COMMENT ON COLUMN derivations.updated_zone IS 'its offset from UTC, or Z; NULL when not stated';
COMMENT ON COLUMN derivations.updated_precision IS 'how fine it is: year, month, day, hour, minute, second';
COMMENT ON COLUMN derivations.updated_written IS 'its words';
COMMENT ON COLUMN derivations.updated_source IS 'the field or property that states it';
COMMENT ON COLUMN derivations.site IS 'the publication''s name';
COMMENT ON COLUMN derivations.language IS 'ISO 639 code';
COMMENT ON COLUMN derivations.flags IS 'what to know about the article as a whole: truncated, paywalled, live_blog, not_an_article, language_not_supported';
COMMENT ON COLUMN derivations.words IS 'words of the clean body';
COMMENT ON COLUMN derivations.run_id IS 'the run that wrote it';

CREATE TABLE blocks (
    block_id UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    ordinal BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    run_id UUID NOT NULL
);
COMMENT ON TABLE blocks IS 'The blocks of the base text, as its reader saw them.';
COMMENT ON COLUMN blocks.block_id IS 'follows from derivation and number';
COMMENT ON COLUMN blocks.document_id IS 'the document';
COMMENT ON COLUMN blocks.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN blocks.ordinal IS 'its number, from 0 in text order';
COMMENT ON COLUMN blocks.kind IS 'what it is: paragraph, heading, list_item, quote, pull_quote, caption, table, preformatted';
COMMENT ON COLUMN blocks.raw_start IS 'where it begins in the base text';
COMMENT ON COLUMN blocks.raw_end IS 'where it ends in the base text';
COMMENT ON COLUMN blocks.run_id IS 'the run that wrote it';

CREATE TABLE fields (
    field_id UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    edit_seq BIGINT,
    run_id UUID NOT NULL
);
COMMENT ON TABLE fields IS 'The texts that facts stand in: the clean body, and what left it as a field (title, byline, bio ...).';
COMMENT ON COLUMN fields.field_id IS 'follows from derivation, field and number';
COMMENT ON COLUMN fields.document_id IS 'the document';
COMMENT ON COLUMN fields.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN fields.field IS 'which text it is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN fields.ordinal IS 'its number among the texts of that name, from 0 in text order';
COMMENT ON COLUMN fields.text IS 'its characters';
COMMENT ON COLUMN fields.raw_start IS 'where it begins in the base text (the hull)';
COMMENT ON COLUMN fields.raw_end IS 'where it ends in the base text (the hull)';
COMMENT ON COLUMN fields.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN fields.edit_seq IS 'the edit that took it out of the body; NULL for the body';
COMMENT ON COLUMN fields.run_id IS 'the run that wrote it';

CREATE TABLE paragraphs (
    paragraph_id UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    ordinal BIGINT NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    text VARCHAR NOT NULL,
    run_id UUID NOT NULL
);
COMMENT ON TABLE paragraphs IS 'The paragraphs of the clean body.';
COMMENT ON COLUMN paragraphs.paragraph_id IS 'follows from derivation and number';
COMMENT ON COLUMN paragraphs.document_id IS 'the document';
COMMENT ON COLUMN paragraphs.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN paragraphs.ordinal IS 'its number, from 0 in text order';
COMMENT ON COLUMN paragraphs.start_offset IS 'where it begins in the body, in code points';
COMMENT ON COLUMN paragraphs.end_offset IS 'where it ends (half open)';
COMMENT ON COLUMN paragraphs.raw_start IS 'where it begins in the base text (the hull)';
COMMENT ON COLUMN paragraphs.raw_end IS 'where it ends in the base text (the hull)';
COMMENT ON COLUMN paragraphs.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN paragraphs.text IS 'its characters';
COMMENT ON COLUMN paragraphs.run_id IS 'the run that wrote it';

CREATE TABLE edits (
    edit_id UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    phase VARCHAR NOT NULL,
    view_start BIGINT NOT NULL,
    view_end BIGINT NOT NULL,
    replacement VARCHAR NOT NULL,
    removed VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    confidence DOUBLE,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    evidence_start BIGINT,
    evidence_end BIGINT,
    status VARCHAR NOT NULL,
    is_suggestion BOOLEAN NOT NULL,
    depends_on BIGINT[] NOT NULL,
    kept_fields JSON NOT NULL,
    run_id UUID NOT NULL
);
COMMENT ON TABLE edits IS 'Every edit of the text, active or not. In order of seq they replay to the clean text.';
COMMENT ON COLUMN edits.edit_id IS 'follows from derivation and number';
COMMENT ON COLUMN edits.document_id IS 'the document';
COMMENT ON COLUMN edits.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN edits.seq IS 'its number in the ledger, from 0: edit_id of copydesk explain and undo';
COMMENT ON COLUMN edits.phase IS 'the stage that took it';
COMMENT ON COLUMN edits.view_start IS 'where it begins in that stage''s view of the text';
COMMENT ON COLUMN edits.view_end IS 'where it ends in that view';
COMMENT ON COLUMN edits.replacement IS 'the text that takes the place';
COMMENT ON COLUMN edits.removed IS 'the base text that it stands for';
COMMENT ON COLUMN edits.kind IS 'the artifact, e.g. pull_quote';
COMMENT ON COLUMN edits.rule_id IS 'the rule that found it';
COMMENT ON COLUMN edits.reason IS 'one line for a person';
COMMENT ON COLUMN edits.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN edits.raw_start IS 'where it begins in the base text (the hull)';
COMMENT ON COLUMN edits.raw_end IS 'where it ends in the base text (the hull)';
COMMENT ON COLUMN edits.evidence_start IS 'where what it repeats or matched begins in the base text';
COMMENT ON COLUMN edits.evidence_end IS 'where that ends';
COMMENT ON COLUMN edits.status IS 'whether it is part of the text: active, undone, undone_with, suggested';
COMMENT ON COLUMN edits.is_suggestion IS 'the rule was not sure enough: off until taken up';
COMMENT ON COLUMN edits.depends_on IS 'seq of the edits that take it along when they are undone';
COMMENT ON COLUMN edits.kept_fields IS 'pieces of its view that are kept as fields: name, start, end';
COMMENT ON COLUMN edits.run_id IS 'the run that wrote it';

CREATE TABLE entities (
    entity_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    iso_alpha3 VARCHAR,
    subtype VARCHAR
);
COMMENT ON TABLE entities IS 'Things that have names: one row each, a pure function of the id.';
COMMENT ON COLUMN entities.entity_id IS 'type and ISO code or slug, e.g. country:KOR';
COMMENT ON COLUMN entities.type IS 'what it is: COUNTRY, REGION, ORG, PERSON, POLICY, TREATY, EVENT, FACILITY, DOCUMENT, WEAPON_SYSTEM';
COMMENT ON COLUMN entities.name IS 'its usual name in English';
COMMENT ON COLUMN entities.iso_alpha3 IS 'ISO 3166-1 alpha-3 code of the country that it is, or belongs to';
COMMENT ON COLUMN entities.subtype IS 'a finer type';

CREATE TABLE mentions (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    entity_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    surface VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    is_nested BOOLEAN NOT NULL
);
COMMENT ON TABLE mentions IS 'Where an entity is named.';
COMMENT ON COLUMN mentions.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN mentions.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN mentions.document_id IS 'the document';
COMMENT ON COLUMN mentions.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN mentions.field_id IS 'the text that it stands in';
COMMENT ON COLUMN mentions.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN mentions.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN mentions.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN mentions.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN mentions.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN mentions.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN mentions.evidence IS 'its words';
COMMENT ON COLUMN mentions.sentence IS 'the sentence around them';
COMMENT ON COLUMN mentions.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN mentions.rule_id IS 'the rule that found it';
COMMENT ON COLUMN mentions.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN mentions.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN mentions.run_id IS 'the run that wrote it';
COMMENT ON COLUMN mentions.entity_id IS 'the entity';
COMMENT ON COLUMN mentions.type IS 'what it is here: COUNTRY, REGION, ORG, PERSON, POLICY, TREATY, EVENT, FACILITY, DOCUMENT, WEAPON_SYSTEM';
COMMENT ON COLUMN mentions.surface IS 'the words that name it';
COMMENT ON COLUMN mentions.kind IS 'how they name it: name, acronym, demonym, metonym, short_name, title';
COMMENT ON COLUMN mentions.is_nested IS 'a name within a longer name';

CREATE TABLE dates (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    type VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    precision VARCHAR,
    anchor VARCHAR,
    role VARCHAR
);
COMMENT ON TABLE dates IS 'Time expressions, by TIMEX3 (ISO 24617-1).';
COMMENT ON COLUMN dates.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN dates.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN dates.document_id IS 'the document';
COMMENT ON COLUMN dates.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN dates.field_id IS 'the text that it stands in';
COMMENT ON COLUMN dates.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN dates.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN dates.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN dates.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN dates.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN dates.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN dates.evidence IS 'its words';
COMMENT ON COLUMN dates.sentence IS 'the sentence around them';
COMMENT ON COLUMN dates.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN dates.rule_id IS 'the rule that found it';
COMMENT ON COLUMN dates.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN dates.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN dates.run_id IS 'the run that wrote it';
COMMENT ON COLUMN dates.type IS 'TIMEX3 type: DATE, TIME, DURATION, SET';
COMMENT ON COLUMN dates.value IS 'TIMEX3 value, e.g. 2018-12, P10Y, PAST_REF';
COMMENT ON COLUMN dates.start_date IS 'the first day that it covers';
COMMENT ON COLUMN dates.end_date IS 'the last day that it covers';
COMMENT ON COLUMN dates.precision IS 'how fine it is: second, minute, hour, day, week, month, quarter, season, half, year, decade, century, vague';
COMMENT ON COLUMN dates.anchor IS 'what it was counted from: published, or another date''s value';
COMMENT ON COLUMN dates.role IS 'what it does in its sentence: published, updated, event_date, measure_period, baseline_period, period, present, vague';

CREATE TABLE quantities (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    value DOUBLE,
    value_min DOUBLE,
    value_max DOUBLE,
    unit VARCHAR NOT NULL,
    direction VARCHAR,
    modifier VARCHAR,
    measure VARCHAR,
    period VARCHAR,
    baseline VARCHAR
);
COMMENT ON TABLE quantities IS 'Figures.';
COMMENT ON COLUMN quantities.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN quantities.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN quantities.document_id IS 'the document';
COMMENT ON COLUMN quantities.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN quantities.field_id IS 'the text that it stands in';
COMMENT ON COLUMN quantities.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN quantities.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN quantities.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN quantities.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN quantities.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN quantities.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN quantities.evidence IS 'its words';
COMMENT ON COLUMN quantities.sentence IS 'the sentence around them';
COMMENT ON COLUMN quantities.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN quantities.rule_id IS 'the rule that found it';
COMMENT ON COLUMN quantities.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN quantities.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN quantities.run_id IS 'the run that wrote it';
COMMENT ON COLUMN quantities.kind IS 'what sort of figure it is: percent, percent_change, percentage_points, money, count, vague_count, number, ordinal, ratio, dimension, temperature, age, duration, rate';
COMMENT ON COLUMN quantities.value IS 'as a number; NULL where only a bound is known';
COMMENT ON COLUMN quantities.value_min IS 'lower bound of a range or a vague count';
COMMENT ON COLUMN quantities.value_max IS 'upper bound of a range';
COMMENT ON COLUMN quantities.unit IS 'percent, percentage_point, an ISO 4217 code, count, or a unit''s English name';
COMMENT ON COLUMN quantities.direction IS 'which way it moved: increase, decrease, unchanged';
COMMENT ON COLUMN quantities.modifier IS 'the words that blur it';
COMMENT ON COLUMN quantities.measure IS 'the words that say what is measured';
COMMENT ON COLUMN quantities.period IS 'TIMEX3 value of the time that it is about';
COMMENT ON COLUMN quantities.baseline IS 'TIMEX3 value of the time that it is compared with';

CREATE TABLE officeholders (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    person_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    title_norm VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    country VARCHAR,
    organisation_id VARCHAR,
    status VARCHAR NOT NULL,
    as_of VARCHAR
);
COMMENT ON TABLE officeholders IS 'Who holds what.';
COMMENT ON COLUMN officeholders.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN officeholders.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN officeholders.document_id IS 'the document';
COMMENT ON COLUMN officeholders.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN officeholders.field_id IS 'the text that it stands in';
COMMENT ON COLUMN officeholders.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN officeholders.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN officeholders.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN officeholders.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN officeholders.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN officeholders.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN officeholders.evidence IS 'its words';
COMMENT ON COLUMN officeholders.sentence IS 'the sentence around them';
COMMENT ON COLUMN officeholders.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN officeholders.rule_id IS 'the rule that found it';
COMMENT ON COLUMN officeholders.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN officeholders.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN officeholders.run_id IS 'the run that wrote it';
COMMENT ON COLUMN officeholders.person_id IS 'the person';
COMMENT ON COLUMN officeholders.title IS 'as written';
COMMENT ON COLUMN officeholders.title_norm IS 'its class: head_of_state, prime_minister, minister ...';
COMMENT ON COLUMN officeholders.kind IS 'a public office, or a place at an organisation: office, affiliation';
COMMENT ON COLUMN officeholders.country IS 'ISO 3166-1 alpha-3 code';
COMMENT ON COLUMN officeholders.organisation_id IS 'the organisation';
COMMENT ON COLUMN officeholders.status IS 'whether the person holds it at the time of writing: current, former, acting, elect';
COMMENT ON COLUMN officeholders.as_of IS 'TIMEX3 value of the time that the text speaks of';

CREATE TABLE events (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    plover VARCHAR NOT NULL,
    cameo VARCHAR,
    modality VARCHAR NOT NULL,
    tense VARCHAR,
    trigger_start BIGINT NOT NULL,
    trigger_end BIGINT NOT NULL,
    trigger VARCHAR NOT NULL,
    date_value VARCHAR,
    start_date DATE,
    end_date DATE,
    location_id VARCHAR,
    is_reciprocal BOOLEAN NOT NULL
);
COMMENT ON TABLE events IS 'Who did what to whom, in PLOVER and CAMEO. Only asserted events count as facts: see the view asserted_events.';
COMMENT ON COLUMN events.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN events.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN events.document_id IS 'the document';
COMMENT ON COLUMN events.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN events.field_id IS 'the text that it stands in';
COMMENT ON COLUMN events.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN events.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN events.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN events.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN events.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN events.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN events.evidence IS 'its words';
COMMENT ON COLUMN events.sentence IS 'the sentence around them';
COMMENT ON COLUMN events.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN events.rule_id IS 'the rule that found it';
COMMENT ON COLUMN events.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN events.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN events.run_id IS 'the run that wrote it';
COMMENT ON COLUMN events.plover IS 'PLOVER category (2021): AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT';
COMMENT ON COLUMN events.cameo IS 'CAMEO code';
COMMENT ON COLUMN events.modality IS 'how sure the text is: asserted, reported, intended, possible, expected, hypothetical, negated';
COMMENT ON COLUMN events.tense IS 'tense of the words that name the deed: past, present, present_perfect, future, conditional';
COMMENT ON COLUMN events.trigger_start IS 'where those words begin in the text';
COMMENT ON COLUMN events.trigger_end IS 'where they end (half open)';
COMMENT ON COLUMN events.trigger IS 'the words that name the deed';
COMMENT ON COLUMN events.date_value IS 'TIMEX3 value of when it happened';
COMMENT ON COLUMN events.start_date IS 'the first day of that time';
COMMENT ON COLUMN events.end_date IS 'the last day of that time';
COMMENT ON COLUMN events.location_id IS 'where it happened';
COMMENT ON COLUMN events.is_reciprocal IS 'every actor is a target too';

CREATE TABLE event_participants (
    participant_id UUID NOT NULL,
    fact_id UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    ordinal BIGINT NOT NULL,
    role VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    country VARCHAR,
    field_id UUID NOT NULL,
    start_offset BIGINT,
    end_offset BIGINT,
    evidence VARCHAR,
    run_id UUID NOT NULL
);
COMMENT ON TABLE event_participants IS 'Who takes part in an event.';
COMMENT ON COLUMN event_participants.participant_id IS 'follows from event, role, entity and number';
COMMENT ON COLUMN event_participants.fact_id IS 'the event';
COMMENT ON COLUMN event_participants.document_id IS 'the document';
COMMENT ON COLUMN event_participants.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN event_participants.ordinal IS 'its number among the participants of the event';
COMMENT ON COLUMN event_participants.role IS 'the part that it has: actor, target';
COMMENT ON COLUMN event_participants.entity_id IS 'the entity';
COMMENT ON COLUMN event_participants.country IS 'ISO 3166-1 alpha-3 code of the country that it is, belongs to or, by this text, speaks for';
COMMENT ON COLUMN event_participants.field_id IS 'the text that the event stands in';
COMMENT ON COLUMN event_participants.start_offset IS 'where its words begin; NULL when it is known from another sentence';
COMMENT ON COLUMN event_participants.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN event_participants.evidence IS 'its words';
COMMENT ON COLUMN event_participants.run_id IS 'the run that wrote it';

CREATE TABLE relations (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    subject_id VARCHAR NOT NULL,
    predicate VARCHAR NOT NULL,
    object_id VARCHAR NOT NULL,
    since VARCHAR,
    until VARCHAR
);
COMMENT ON TABLE relations IS 'Lasting ties between two entities.';
COMMENT ON COLUMN relations.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN relations.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN relations.document_id IS 'the document';
COMMENT ON COLUMN relations.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN relations.field_id IS 'the text that it stands in';
COMMENT ON COLUMN relations.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN relations.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN relations.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN relations.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN relations.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN relations.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN relations.evidence IS 'its words';
COMMENT ON COLUMN relations.sentence IS 'the sentence around them';
COMMENT ON COLUMN relations.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN relations.rule_id IS 'the rule that found it';
COMMENT ON COLUMN relations.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN relations.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN relations.run_id IS 'the run that wrote it';
COMMENT ON COLUMN relations.subject_id IS 'who has the tie';
COMMENT ON COLUMN relations.predicate IS 'the tie, e.g. strategic_partner_of';
COMMENT ON COLUMN relations.object_id IS 'with whom';
COMMENT ON COLUMN relations.since IS 'TIMEX3 value of its beginning';
COMMENT ON COLUMN relations.until IS 'TIMEX3 value of its end; PAST_REF for an end of no known day';

CREATE TABLE quotes (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    content_start BIGINT NOT NULL,
    content_end BIGINT NOT NULL,
    content VARCHAR NOT NULL,
    speaker_id VARCHAR,
    speaker VARCHAR,
    speaker_start BIGINT,
    speaker_end BIGINT,
    cue VARCHAR,
    cue_start BIGINT,
    cue_end BIGINT,
    kind VARCHAR NOT NULL
);
COMMENT ON TABLE quotes IS 'Words in somebody''s mouth.';
COMMENT ON COLUMN quotes.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN quotes.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN quotes.document_id IS 'the document';
COMMENT ON COLUMN quotes.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN quotes.field_id IS 'the text that it stands in';
COMMENT ON COLUMN quotes.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN quotes.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN quotes.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN quotes.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN quotes.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN quotes.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN quotes.evidence IS 'its words';
COMMENT ON COLUMN quotes.sentence IS 'the sentence around them';
COMMENT ON COLUMN quotes.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN quotes.rule_id IS 'the rule that found it';
COMMENT ON COLUMN quotes.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN quotes.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN quotes.run_id IS 'the run that wrote it';
COMMENT ON COLUMN quotes.content_start IS 'where what is said begins in the text';
COMMENT ON COLUMN quotes.content_end IS 'where it ends (half open)';
COMMENT ON COLUMN quotes.content IS 'what is said';
COMMENT ON COLUMN quotes.speaker_id IS 'who says it; NULL for the author, or when not known';
COMMENT ON COLUMN quotes.speaker IS 'the words that name the speaker';
COMMENT ON COLUMN quotes.speaker_start IS 'where they begin in the text';
COMMENT ON COLUMN quotes.speaker_end IS 'where they end (half open)';
COMMENT ON COLUMN quotes.cue IS 'the word of saying';
COMMENT ON COLUMN quotes.cue_start IS 'where it begins in the text';
COMMENT ON COLUMN quotes.cue_end IS 'where it ends (half open)';
COMMENT ON COLUMN quotes.kind IS 'how they are quoted: direct, indirect, mixed, term';

CREATE TABLE claims (
    fact_id UUID NOT NULL,
    fact_key UUID NOT NULL,
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    field_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL,
    raw_start BIGINT NOT NULL,
    raw_end BIGINT NOT NULL,
    is_exact BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL,
    sentence VARCHAR,
    sentence_start BIGINT,
    rule_id VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL,
    confidence DOUBLE,
    run_id UUID NOT NULL,
    content_start BIGINT NOT NULL,
    content_end BIGINT NOT NULL,
    content VARCHAR NOT NULL,
    speaker_id VARCHAR,
    speaker VARCHAR,
    speaker_start BIGINT,
    speaker_end BIGINT,
    cue VARCHAR,
    cue_start BIGINT,
    cue_end BIGINT,
    kind VARCHAR NOT NULL,
    modality VARCHAR NOT NULL
);
COMMENT ON TABLE claims IS 'Statements, with who makes them and how sure.';
COMMENT ON COLUMN claims.fact_id IS 'follows from derivation, kind, field, span and value';
COMMENT ON COLUMN claims.fact_key IS 'follows from document, kind, value, the words around and their number: the same in every version';
COMMENT ON COLUMN claims.document_id IS 'the document';
COMMENT ON COLUMN claims.derivation_id IS 'what it was derived by';
COMMENT ON COLUMN claims.field_id IS 'the text that it stands in';
COMMENT ON COLUMN claims.field IS 'which text that is: body, title, dateline, byline, caption, bio, copyright';
COMMENT ON COLUMN claims.start_offset IS 'where its words begin in that text, in code points';
COMMENT ON COLUMN claims.end_offset IS 'where they end (half open)';
COMMENT ON COLUMN claims.raw_start IS 'where they begin in the base text';
COMMENT ON COLUMN claims.raw_end IS 'where they end in the base text';
COMMENT ON COLUMN claims.is_exact IS 'the base text has the same characters there';
COMMENT ON COLUMN claims.evidence IS 'its words';
COMMENT ON COLUMN claims.sentence IS 'the sentence around them';
COMMENT ON COLUMN claims.sentence_start IS 'where that sentence begins in the text';
COMMENT ON COLUMN claims.rule_id IS 'the rule that found it';
COMMENT ON COLUMN claims.rule_version IS 'the version of copydesk that the rule was of';
COMMENT ON COLUMN claims.confidence IS 'how sure the rule is, 0 to 1; NULL where it does not say';
COMMENT ON COLUMN claims.run_id IS 'the run that wrote it';
COMMENT ON COLUMN claims.content_start IS 'where what is said begins in the text';
COMMENT ON COLUMN claims.content_end IS 'where it ends (half open)';
COMMENT ON COLUMN claims.content IS 'what is said';
COMMENT ON COLUMN claims.speaker_id IS 'who says it; NULL for the author, or when not known';
COMMENT ON COLUMN claims.speaker IS 'the words that name the speaker';
COMMENT ON COLUMN claims.speaker_start IS 'where they begin in the text';
COMMENT ON COLUMN claims.speaker_end IS 'where they end (half open)';
COMMENT ON COLUMN claims.cue IS 'the word of saying';
COMMENT ON COLUMN claims.cue_start IS 'where it begins in the text';
COMMENT ON COLUMN claims.cue_end IS 'where it ends (half open)';
COMMENT ON COLUMN claims.kind IS 'what sort of statement it is: attributed, forecast, causal, assessment, goal';
COMMENT ON COLUMN claims.modality IS 'how sure it is: asserted, reported, intended, possible, expected, hypothetical, negated';

CREATE TABLE quarantine (
    quarantine_id UUID NOT NULL,
    table_name VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    columns VARCHAR[] NOT NULL,
    is_stopped BOOLEAN NOT NULL,
    row_json JSON NOT NULL,
    blocked_by UUID,
    document_id UUID,
    derivation_id UUID,
    ruleset VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    run_id UUID NOT NULL
);
COMMENT ON TABLE quarantine IS 'Rows that broke a rule, whole, and values that were taken out of rows that stayed.';
COMMENT ON COLUMN quarantine.quarantine_id IS 'follows from table, row, rule and ruleset';
COMMENT ON COLUMN quarantine.table_name IS 'the table that the row is of';
COMMENT ON COLUMN quarantine.row_key IS 'its key there';
COMMENT ON COLUMN quarantine.rule IS 'the rule that it broke';
COMMENT ON COLUMN quarantine.message IS 'what is wrong, in words';
COMMENT ON COLUMN quarantine.columns IS 'the columns that cannot be believed';
COMMENT ON COLUMN quarantine.is_stopped IS 'the whole row waits here; otherwise it was loaded without those columns';
COMMENT ON COLUMN quarantine.row_json IS 'the row as it came, with all its columns';
COMMENT ON COLUMN quarantine.blocked_by IS 'the entry of the parent that has to be put right first';
COMMENT ON COLUMN quarantine.document_id IS 'the document';
COMMENT ON COLUMN quarantine.derivation_id IS 'what it was derived by; NULL for what hangs on none';
COMMENT ON COLUMN quarantine.ruleset IS 'the ruleset that made it';
COMMENT ON COLUMN quarantine.status IS 'what became of it: waiting, replayed, dismissed';
COMMENT ON COLUMN quarantine.run_id IS 'the run that wrote it';

CREATE TABLE reviews (
    review_id UUID NOT NULL,
    document_id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    edit_kind VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    exact VARCHAR NOT NULL,
    prefix VARCHAR NOT NULL,
    suffix VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL,
    replacement VARCHAR NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by VARCHAR,
    note VARCHAR,
    status VARCHAR NOT NULL
);
COMMENT ON TABLE reviews IS 'Decisions of people, found again by the words that they stand at: they outlast derivations.';
COMMENT ON COLUMN reviews.review_id IS 'follows from document, kind, edit and quote';
COMMENT ON COLUMN reviews.document_id IS 'the document';
COMMENT ON COLUMN reviews.kind IS 'what was decided: undo, redo';
COMMENT ON COLUMN reviews.edit_kind IS 'the artifact of the edit';
COMMENT ON COLUMN reviews.rule_id IS 'the rule that found it';
COMMENT ON COLUMN reviews.exact IS 'the words of the base text (W3C TextQuoteSelector)';
COMMENT ON COLUMN reviews.prefix IS 'the words before them';
COMMENT ON COLUMN reviews.suffix IS 'the words after them';
COMMENT ON COLUMN reviews.start_offset IS 'where the words stood in the base text: decides between equal quotes';
COMMENT ON COLUMN reviews.replacement IS 'what the edit puts in';
COMMENT ON COLUMN reviews.decided_at IS 'when it was decided';
COMMENT ON COLUMN reviews.decided_by IS 'by whom';
COMMENT ON COLUMN reviews.note IS 'why';
COMMENT ON COLUMN reviews.status IS 'whether it is in force: active, withdrawn';

CREATE TABLE stories (
    story_id UUID NOT NULL,
    title VARCHAR,
    start_date DATE,
    end_date DATE,
    run_id UUID NOT NULL
);
COMMENT ON TABLE stories IS 'Documents that tell of the same happening.';
COMMENT ON COLUMN stories.story_id IS 'follows from its first member';
COMMENT ON COLUMN stories.title IS 'what to call it';
COMMENT ON COLUMN stories.start_date IS 'the first day that a member was published';
COMMENT ON COLUMN stories.end_date IS 'the last day that a member was published';
COMMENT ON COLUMN stories.run_id IS 'the run that wrote it';

CREATE TABLE story_members (
    member_id UUID NOT NULL,
    story_id UUID NOT NULL,
    document_id UUID NOT NULL,
    version_id UUID NOT NULL,
    similarity DOUBLE,
    run_id UUID NOT NULL
);
COMMENT ON TABLE story_members IS 'Which version of which document tells a story.';
COMMENT ON COLUMN story_members.member_id IS 'follows from story and document';
COMMENT ON COLUMN story_members.story_id IS 'the story';
COMMENT ON COLUMN story_members.document_id IS 'the document';
COMMENT ON COLUMN story_members.version_id IS 'the version that was compared';
COMMENT ON COLUMN story_members.similarity IS 'likeness to the story''s first member, 0 to 1';
COMMENT ON COLUMN story_members.run_id IS 'the run that wrote it';
