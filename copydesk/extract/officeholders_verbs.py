"""What verbs say that somebody is or was: who resigned as, was named, became, served as, replaced another as what."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.document import Span
from copydesk.extract.mentions_index import MentionPage
from copydesk.extract.officeholders_titles import (
    COURTESY,
    GAP_AFTER,
    LAST_WORD,
    OWNERS,
    STATUS,
    STATUS_WORDS,
    Title,
    after_pattern,
    goes_on,
    made,
    owner_behind,
    with_owner,
)
from copydesk.facts import EntityType, HolderStatus, Mention

_TIMES = r"(?:(?:abruptly|also|formerly|has|have|had|later|long|now|once|previously|recently|since|then|who) )"
_BY_VERB = re.compile(
    rf",? {_TIMES}{{0,4}}(?:"
    r"(?P<former>resigned|retired|quit|stepped down|served|(?:was|were|been) "
    r"(?:dismissed|fired|impeached|ousted|overthrown|removed|replaced|sacked|suspended|voted out)) as "
    r"|(?P<current>serves as |serving as |took over as |took office as |became |is now |remains |"
    r"(?:was|were|been) (?:appointed|chosen|elected|inaugurated|installed|named|re-?elected|sworn in)(?: as)? )"
    r"|(?P<elect>becomes |will become |is to become |will take over as |takes over as ))"
    rf"(?:(?:the|(?P<one>an?)|its|his|her|their) )?(?:(?P<status>{STATUS_WORDS})[ -])?"
)
_IF = re.compile(rf"\b(?:if|once|should|unless|until|were|whether) {COURTESY}$", re.IGNORECASE)
"""Before somebody who may come to hold an office, or not."""

_STILL = re.compile(r",? (?:who )?(?:has|have) (?:long )?served ")
_SUCCEEDED = re.compile(rf",? {_TIMES}{{0,3}}(?:replaced|succeeded|replaces|succeeds) {COURTESY}")
_IS_SUCCEEDED = re.compile(rf"(?:replac|succeed)(?:ed|es|s|ing) {COURTESY}$")
_AS = re.compile(rf" as (?:(?:the|its|his|her|their) )?(?:(?P<status>{STATUS_WORDS})[ -])?")


def title_by_verb(page: MentionPage, person: Mention) -> Title | None:
    """Read what a verb says that somebody is or was: "resigned as X", "was named X", "replaced Y as X"."""
    end = person.place.end
    if _IF.search(page.text, max(0, person.place.start - LAST_WORD), person.place.start):
        return None
    if found := _BY_VERB.match(page.text, end):
        status = HolderStatus.CURRENT
        if found["former"] and not _STILL.match(page.text, end):
            status = HolderStatus.FORMER
        elif found["elect"]:
            status = HolderStatus.ELECT
        told = _told_title(page, found.end(), STATUS.get((found["status"] or "").lower(), status))
        is_of_some = told is not None and not told.country and not told.organisation and found["one"]
        return None if is_of_some else told  # a judge on the show
    if found := _SUCCEEDED.match(page.text, end):
        other = page.starting_at(found.end(), EntityType.PERSON)
        link = _AS.match(page.text, other.place.end) if other else None
        return _told_title(page, link.end(), HolderStatus.CURRENT) if link else None
    link = _AS.match(page.text, end)
    if link and _IS_SUCCEEDED.search(page.text, max(0, person.place.start - LAST_WORD), person.place.start):
        return _told_title(page, link.end(), HolderStatus.FORMER)
    return None


def _told_title(page: MentionPage, at: int, status: HolderStatus) -> Title | None:
    """Return the title that starts at a position, its owner before it or behind it."""
    owner = page.starting_at(at, *OWNERS)
    gap = GAP_AFTER.match(page.text, owner.place.end) if owner else None
    found = after_pattern().match(page.text, gap.end() if gap else at)
    if not found:
        return None
    title = replace(made(found, Span(*found.span("title")), found.end(), None), status=status, rule="verb")
    if owner:
        return replace(with_owner(page, title, owner), start=found.end())
    owner = owner_behind(page, title)
    if owner is None or goes_on(page, owner):
        return title
    return replace(with_owner(page, title, owner), start=owner.place.end)
