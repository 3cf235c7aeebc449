-- Stories are found: what texts are found by, and who is a copy of whom. Nothing was ever in the tables that go.

DROP TABLE stories;
DROP TABLE story_members;

CREATE TABLE story_texts (
    document_id UUID NOT NULL,
    derivation_id UUID NOT NULL,
    position VARCHAR NOT NULL,
    text_keys BIGINT[] NOT NULL
);
COMMENT ON TABLE story_texts IS 'What the current text of a document is found by among all others; see copydesk/shingles.py.';
COMMENT ON COLUMN story_texts.document_id IS 'the document';
COMMENT ON COLUMN story_texts.derivation_id IS 'whose text it is';
COMMENT ON COLUMN story_texts.position IS 'sorts texts by when they appeared: day, time (unknown is last), length (longest first), first capture, id';
COMMENT ON COLUMN story_texts.text_keys IS 'hashes of pieces of the text, and of the whole';

CREATE TABLE story_members (
    document_id UUID NOT NULL,
    story_id UUID NOT NULL,
    role VARCHAR NOT NULL,
    copy_of UUID,
    similarity DOUBLE,
    share DOUBLE,
    share_of_other DOUBLE,
    is_same_text BOOLEAN,
    shared_paragraphs BIGINT[]
);
COMMENT ON TABLE story_members IS 'The documents of which there is a copy or that are one: one row a document in a story.';
COMMENT ON COLUMN story_members.document_id IS 'the document';
COMMENT ON COLUMN story_members.story_id IS 'the story: the document that is its original';
COMMENT ON COLUMN story_members.role IS 'what it is in the story: original, copy, excerpt, expansion';
COMMENT ON COLUMN story_members.copy_of IS 'the document that most of it is in; NULL for the original';
COMMENT ON COLUMN story_members.similarity IS 'runs of five words in both, in all that are in one of them, 0 to 1';
COMMENT ON COLUMN story_members.share IS 'part of its words that stand in such runs of copy_of, 0 to 1';
COMMENT ON COLUMN story_members.share_of_other IS 'part of the words of copy_of that stand in such runs of it, 0 to 1';
COMMENT ON COLUMN story_members.is_same_text IS 'it has the same words as copy_of in the same order';
COMMENT ON COLUMN story_members.shared_paragraphs IS 'ordinals of its paragraphs that are in copy_of, by half or more';
