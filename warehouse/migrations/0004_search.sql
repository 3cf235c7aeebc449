-- What search finds by: an index, made from the current articles by warehouse.search_index and made again at any time; no
-- tables of the schemas.

CREATE TABLE search_documents (
    document_id UUID NOT NULL,
    document_number INTEGER NOT NULL,
    derivation_id UUID NOT NULL,
    language VARCHAR,
    made_of VARCHAR NOT NULL,
    stretch INTEGER NOT NULL
);
COMMENT ON TABLE search_documents IS 'Which documents search finds, and what their terms were made of.';
COMMENT ON COLUMN search_documents.document_id IS 'the document';
COMMENT ON COLUMN search_documents.document_number IS 'its number in the index: short, where an id is long';
COMMENT ON COLUMN search_documents.derivation_id IS 'the derivation whose texts were read';
COMMENT ON COLUMN search_documents.language IS 'the language that its text is in, or that it says; NULL where neither tells';
COMMENT ON COLUMN search_documents.made_of IS 'the rows of the derivation and the rules of terms: other ones are indexed anew';
COMMENT ON COLUMN search_documents.stretch IS 'how its terms lie: 0 as they came, 1 in order with all that were there, 2 with others that came later';

CREATE TABLE search_passages (
    document_number INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    field_id UUID NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    words INTEGER NOT NULL
);
COMMENT ON TABLE search_passages IS 'What search finds: articles, and the sentences that facts stand in.';
COMMENT ON COLUMN search_passages.document_number IS 'the document, as in search_documents';
COMMENT ON COLUMN search_passages.passage IS '0 for the article as a whole, 1, 2 ... for its sentences';
COMMENT ON COLUMN search_passages.field_id IS 'the text that it stands in; the body for the whole article';
COMMENT ON COLUMN search_passages.start_offset IS 'where it begins there, in code points';
COMMENT ON COLUMN search_passages.end_offset IS 'where it ends (half open)';
COMMENT ON COLUMN search_passages.words IS 'its length in words; for the whole article with title and fields';

CREATE TABLE search_terms (
    term VARCHAR NOT NULL,
    document_number INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    in_title INTEGER NOT NULL,
    in_text INTEGER NOT NULL,
    words INTEGER NOT NULL,
    kinds INTEGER NOT NULL
);
COMMENT ON TABLE search_terms IS 'Which terms stand where: words, in English their stems; @ and an entity_id for who is named.';
COMMENT ON COLUMN search_terms.term IS 'the term; see copydesk.search_terms';
COMMENT ON COLUMN search_terms.document_number IS 'the document, as in search_documents';
COMMENT ON COLUMN search_terms.passage IS 'the passage, as in search_passages';
COMMENT ON COLUMN search_terms.in_title IS 'how often it stands in the title';
COMMENT ON COLUMN search_terms.in_text IS 'how often it stands in the other texts';
COMMENT ON COLUMN search_terms.words IS 'length of the passage in words: here, too, so that ranking reads one table';
COMMENT ON COLUMN search_terms.kinds IS 'kinds of facts in the passage, a bit each: 1 mention, 2 date, 4 quantity, 8 officeholder, 16 event, 32 relation, 64 quote, 128 claim';
