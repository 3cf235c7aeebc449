"""Deeds told by verbs: a frame's verb with its subject as actor and its object as target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.document import Span
from copydesk.extract.attributions import find_cues, is_speech, span_of
from copydesk.extract.clauses import (
    PREPOSITIONS,
    VerbGroup,
    main_subject,
    subject_span,
    verb_group,
)
from copydesk.extract.events_actors import follows, is_part, is_people, is_unnamed
from copydesk.extract.events_evidence import are_people, holds, is_verb
from copydesk.extract.events_frames import event_forms, match, noun_in, opens_infinitive, plain_verbs, transitive_verbs
from copydesk.extract.events_hedges import hedge
from copydesk.extract.events_mood import mood_of, who_acts
from copydesk.extract.events_roles import ACTING, actors_in, pair_in, places_after, targets_after
from copydesk.extract.events_scene import Act, Deed, Piece, Scene
from copydesk.extract.plover import FRIENDLY, INTENT_TO, Plover
from copydesk.extract.verbs import Form
from copydesk.extract.words import Word, places_of
from copydesk.facts import EntityType, Mention, Modality, Tense

_TRANSITIVE = frozenset(("meet", "fight", "consult"))
"""Verbs of two sides that take the other side as their object as well."""

_OPENING = frozenset((Plover.AGREE, Plover.REJECT, Plover.REQUEST, Plover.THREATEN, Plover.PROTEST))
"""Categories of verbs that open an infinitive in which the other side may stand."""

_OF_PLACE = frozenset(
    (Plover.ASSAULT, Plover.COERCE, Plover.CONCEDE, Plover.MOBILIZE, Plover.PROTEST, Plover.RETREAT, Plover.SANCTION)
)
"""Categories of deeds that are done to the country where they are done."""

_AGAINST = frozenset(("against", "on", "by"))
_VOWS = frozenset("vow pledge promise swear undertake vote".split())
_PERSONS, _BODIES = frozenset((EntityType.PERSON,)), frozenset((EntityType.ORG, EntityType.COUNTRY))
_MEANT = {"he": _PERSONS, "she": _PERSONS, "it": _BODIES}
"""What pronouns mean."""

_LATER = 0.003
_NEAR = 20
"""Characters between who has imposed something and its noun: ``the EU’s new tariffs``."""

_MUST = frozenset(("must",))
_PAIR_WORDS = frozenset(("two", "both", "sides", "they"))


def find_verbal(scene: Scene) -> Iterator[Deed]:
    """Yield the deeds that the verbs of a sentence tell."""
    words = scene.words
    known: Piece | None = None
    yield from find_musts(scene)
    forms = event_forms()
    for at in places_of(words, forms.keys()):
        group = verb_group(words, at, forms[words[at].lower])
        if group is None:
            continue
        own = _own_subject(words, group.first)
        if not is_verb(scene, group, own):
            continue
        if own is None and known is not None and _is_list_end(words, group.first):
            known = main_subject(words) or known
        act = _act(words, group, known, own)
        if not group.is_infinitive:
            known = who_acts(words, own, known)
        deed = _deed(scene, act) if act is not None else None
        if deed is not None and act is not None and holds(scene, act, deed):
            yield deed


def _own_subject(words: Sequence[Word], first: int) -> Piece | None:
    """Return the subject of a verb; None for a verb that shares the one before it: ``attacked the port and fled``.

    So does a participle behind a comma: ``left the town, promising to return``.
    """
    if first > 1 and words[first - 1].text == "," and words[first].lower.endswith("ing"):
        return None
    own = subject_span(words, first)
    return None if own is not None and words[own[1] - 1].lower in ("and", "but", "or", "then") else own


def _is_list_end(words: Sequence[Word], first: int) -> bool:
    """Tell whether a verb goes on with the main clause: ``said Peru had lost, (and) blamed the rebels``."""
    return first > 1 and (
        words[first - 1].text == "," or (words[first - 1].lower == "and" and words[first - 2].text == ",")
    )


def _act(words: Sequence[Word], group: VerbGroup, known: Piece | None, own: Piece | None) -> Act | None:
    """Return what a verb group tells; ``known`` is who acted before, ``own`` the group's subject."""
    mood = mood_of(words, group, known, own)
    found = match(words, _as_done(words, group), mood.subject) if mood is not None else None
    if mood is None or found is None:
        return None
    modality = mood.modality
    if found[0].is_negated and modality is Modality.NEGATED:
        modality = Modality.ASSERTED if mood.tense is not Tense.FUTURE else Modality.EXPECTED
    if modality is Modality.ASSERTED:
        modality = hedge(words, group, mood.subject if own is None else own) or modality
    return Act(_as_done(words, group), found[0], found[1], replace(mood, modality=modality))


def _deed(scene: Scene, act: Act) -> Deed:
    actors, targets = _placed(scene, act, *_roles(scene, act))
    both = act.frame.both and not targets and len(actors) > 1
    plover, cameo = _coded(scene.words, act)
    if act.group.lemma == "attack" and are_people(actors) and are_people(targets):
        plover, cameo = Plover.ACCUSE, "111"  # one politician's attack on another is made of words
    if act.frame.alone is not None and len(actors) + len(targets) < 2 and plover is act.frame.plover:
        plover, cameo = act.frame.alone
    confidence = act.frame.weight - act.mood.penalty
    confidence += 0.05 * bool(actors) + 0.05 * bool(targets) - 0.1 * (act.mood.modality is not Modality.ASSERTED)
    confidence -= _LATER * act.group.head
    is_plain = act.group.lemma in plain_verbs()
    return Deed(
        plover=plover,
        cameo=cameo,
        trigger=span_of(scene.words, (act.mood.first, max(act.last, act.group.head + 1))),
        actors=actors,
        targets=targets,
        modality=act.mood.modality,
        tense=act.mood.tense,
        rule=f"verb.{act.group.lemma}",
        confidence=min(0.95, max(0.05, confidence)),
        is_reciprocal=both or (act.frame.both and bool(targets)),
        is_plain=is_plain,
        by_body=all(m.type is EntityType.REGION for m in actors)
        and not act.group.is_passive
        and (_is_body(scene.words, act.mood.subject) or (is_plain and _is_name(scene.words, act.mood.subject))),
    )


def _is_name(words: Sequence[Word], subject: Piece | None) -> bool:
    """Tell whether a subject is a name that no table or rule knows."""
    return subject is not None and subject[1] - subject[0] > 1 and all(w.is_name for w in words[slice(*subject)])


def _is_body(words: Sequence[Word], subject: Piece | None) -> bool:
    """Tell whether the head of a subject is a noun of those who act for a state or a cause, whoever they are."""
    if subject is None:
        return False
    ends = [i for i in range(subject[0] + 1, subject[1]) if words[i].lower in PREPOSITIONS] + [subject[1]]
    if len(ends) > 1 and is_part(words, ends[0]):
        ends = ends[1:]  # groups of protesters
    return is_unnamed(words[ends[0] - 1])


def _as_done(words: Sequence[Word], group: VerbGroup) -> VerbGroup:
    """Read a past form without an object as a passive where the verb wants one."""
    if group.lemma not in transitive_verbs() or group.form is not Form.PAST or group.first != group.head:
        return group
    after = words[group.head + 1] if group.head + 1 < len(words) else None
    if after is not None and after.lower == "to" and opens_infinitive(words, group.head):
        return group
    bare = after is None or not after.is_word or after.lower in PREPOSITIONS | {"when", "as", "and"}
    return replace(group, is_passive=True) if bare else group


def _coded(words: Sequence[Word], act: Act) -> tuple[Plover, str]:
    """Return category and code: an announced deed is AGREE or THREATEN, or REJECT where it is announced not to be done.

    The deed of a vow or a promise is the one that its infinitive names.
    """
    plover, cameo = act.frame.plover, act.frame.cameo
    if act.mood.is_attempt or act.frame.is_negated:
        return plover, cameo
    if plover is Plover.AGREE and act.group.lemma in _VOWS:
        vowed = _vowed(words, act)
        return _announced(*vowed) if vowed else (plover, cameo)
    if act.mood.is_announced and plover not in (Plover.AGREE, Plover.THREATEN, Plover.REQUEST):
        return _announced(plover, is_negated=act.mood.modality is Modality.NEGATED)
    return plover, cameo


def _announced(plover: Plover, is_negated: bool) -> tuple[Plover, str]:  # noqa: FBT001 - a pair from _vowed
    if is_negated:
        return (Plover.REJECT, "120") if plover in FRIENDLY else (Plover.AGREE, "030")
    return (Plover.AGREE if plover in FRIENDLY else Plover.THREATEN), INTENT_TO[plover]


def _vowed(words: Sequence[Word], act: Act) -> tuple[Plover, bool] | None:
    """Return the category of the deed that is vowed, and whether it is vowed not to be done."""
    after = range(act.group.head + 1, min(len(words), act.group.head + 5))
    to = next((i for i in after if words[i].lower == "to"), None)
    if to is None:
        return None
    for at in range(to + 1, min(len(words), to + 3)):
        group = verb_group(words, at, event_forms().get(words[at].lower, ()))
        found = match(words, group, None) if group is not None and group.is_infinitive else None
        if found is not None:
            return found[0].plover, words[to - 1].lower in ("not", "never")
    return None


def _roles(scene: Scene, act: Act) -> tuple[list[Mention], list[Mention]]:
    words, named = scene.words, scene.named
    subjects = actors_in(named, words, act.mood.subject) or _meant(scene, act.mood.subject)
    if not subjects and act.frame.both and _means_pair(words, act.mood.subject) and scene.previous is not None:
        subjects = pair_in(named, scene.previous)
    start = act.group.head + 1
    if not act.group.is_passive:
        has_object = not (act.frame.both and act.frame.to) or act.group.lemma in _TRANSITIVE
        asked = _asked(scene, act, subjects) if act.frame.plover is Plover.REQUEST else []
        has_object = has_object and not act.frame.is_via and (act.frame.plover is not Plover.PROTEST)
        is_near = not act.frame.objects and not act.frame.particles
        found = targets_after(scene, start, act.frame.to, subjects, has_object=has_object, is_near=is_near)
        return subjects, asked or found or _further_targets(scene, act, subjects)
    return _passive_roles(scene, act, subjects)


def _meant(scene: Scene, subject: Piece | None) -> list[Mention]:
    """Return whom a pronoun means: the last one named before it here, else the first of the sentence before."""
    if subject is None or subject[1] - subject[0] != 1:
        return []
    types = _MEANT.get(scene.words[subject[0]].lower)
    if types is None:
        return []
    before = Span(scene.sentence.start, scene.words[subject[0]].start)
    found = [m for m in scene.named.within(before) if m.type in types and not m.is_nested]
    if found or scene.previous is None:
        return found[-1:]
    return [m for m in scene.named.within(scene.previous) if m.type in types and not m.is_nested][:1]


def _placed(
    scene: Scene, act: Act, actors: list[Mention], targets: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Return the sides with the one that only the place tells: force used in a country is used on it.

    Who is arrested somewhere with nobody named for it is arrested by that state, and a crowd of which nobody says where
    it is from is from where it is.
    """
    if act.frame.plover not in _OF_PLACE | {Plover.THREATEN} or (targets and actors):
        return actors, targets
    place = next(places_after(scene.named, scene.words, scene.words[act.group.head].start), None)
    if place is not None and act.frame.plover is Plover.PROTEST and not actors:
        return [place], targets or [place]
    if place is None or any(m.entity_id == place.entity_id for m in (*actors, *targets)):
        return actors, targets
    if not targets:
        return actors, [place]
    by_state = act.frame.plover is Plover.COERCE and act.group.is_passive and place.type is EntityType.COUNTRY
    return [place] if by_state else actors, targets


def _further_targets(scene: Scene, act: Act, subjects: list[Mention]) -> list[Mention]:
    """Return whom a deed is done to where its object names nobody.

    That is who stands in the infinitive that it opens (``refused to meet Peru’s envoy``), or after the preposition
    that hostile deeds have their target by: ``threatened action against Peru``, ``condemned the raid by Peru``.
    """
    words = scene.words
    to = next((i for i in range(act.last, min(len(words), act.last + 3)) if words[i].lower == "to"), None)
    if to is None and words[act.last - 1].lower == "to":
        to = act.last - 1
    if to is not None and act.frame.plover in _OPENING:
        found = targets_after(scene, to + 2, _AGAINST | {"to", "with"}, subjects)
        if found:
            return found
    if act.frame.plover in FRIENDLY:
        return []
    return targets_after(scene, act.group.head + 1, _AGAINST, subjects, has_object=False)


def _passive_roles(scene: Scene, act: Act, subjects: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return who did what is told in the passive, and to whom.

    Where the noun of the frame is the subject, who stands before it has done it: ``EU tariffs were raised on Peru``.
    Where it is done by two, both have: ``a pact between Peru and Chile was signed``.
    """
    words, start, frame = scene.words, act.group.head + 1, act.frame
    agents = (
        targets_after(scene, start, frozenset(("by",)), subjects, has_object=False, is_near=True)
        if _by(words, act)
        else []
    )
    noun = noun_in(words, act.mood.subject, frame) if frame.objects else None
    if noun is None or act.mood.subject is None:
        return agents, subjects or _patients(scene, act.mood.subject)
    inside = [m for m in scene.named.within(span_of(words, act.mood.subject)) if m.type in ACTING and not m.is_nested]
    if frame.both:
        both = agents or subjects or inside
        return both, [] if len(both) > 1 else targets_after(scene, start, frame.to, both)
    owners = [m for m in inside if m.place.end <= words[noun].start <= m.place.end + _NEAR]
    if is_people(words[noun]):
        return agents, owners or subjects  # the Kenyan hostages were freed
    agents = agents or owners
    after = [m for m in inside if m.place.start >= words[noun].end and follows(words, m, frame.to)]
    return agents, after or targets_after(scene, start, frame.to, agents, has_object=not frame.to)


def _patients(scene: Scene, subject: Piece | None) -> list[Mention]:
    """Return whom a passive subject is about that is no state or body itself: ``a camp for Kenyan refugees``."""
    words = scene.words
    at = next((i for i in range(*subject) if words[i].lower in PREPOSITIONS), None) if subject else None
    if subject is None or at is None:
        return []
    return actors_in(scene.named, words, (at, subject[1]), as_target=True)


def _asked(scene: Scene, act: Act, actors: Sequence[Mention]) -> list[Mention]:
    """Return who is named first in the clause of a demand: ``renewed its call that X``."""
    words = scene.words
    that = next((i for i in range(act.last, min(len(words), act.last + 6)) if words[i].lower == "that"), None)
    return targets_after(scene, that, frozenset(), actors) if that is not None else []


def _by(words: Sequence[Word], act: Act) -> bool:
    return any(w.lower == "by" for w in words[act.group.head + 1 : act.group.head + 12])


def _means_pair(words: Sequence[Word], subject: Piece | None) -> bool:
    return subject is not None and any(w.lower in _PAIR_WORDS for w in words[slice(*subject)])


def find_musts(scene: Scene) -> Iterator[Deed]:
    """Yield what somebody says that another must do: a demand."""
    words = scene.words
    for at in places_of(words, _MUST):
        subject = subject_span(words, at)
        targets = actors_in(scene.named, words, subject)
        said = [c for c in find_cues(words[: subject[0] if subject else at]) if is_speech(c.lemma)]
        actors = actors_in(scene.named, words, said[-1].subject) if said else []
        if actors and targets:
            yield Deed(
                plover=Plover.REQUEST,
                cameo="100",
                trigger=word_span(words[at]),
                actors=actors,
                targets=targets,
                modality=Modality.ASSERTED,
                tense=said[-1].group.tense,
                rule="verb.must",
                confidence=0.75,
            )


def word_span(word: Word) -> Span:
    """Return the characters of a word."""
    return Span(word.start, word.end)
