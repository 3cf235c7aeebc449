"""Deeds told by nouns: sanctions, trade, relations, an approach, a plan, presence at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from copydesk.document import Span
from copydesk.extract.events_roles import ACTING, pair_in
from copydesk.extract.events_scene import Deed, Scene
from copydesk.extract.plover import Plover
from copydesk.facts import EntityType, Mention, Modality, Tense

_BETTER = "higher|up|rising|growing|stronger|closer|warmer|better"
_OTHERWISE = "lower|down|falling|flat|unchanged|smaller|weaker|larger|worth"
_CHANGES = (
    r"(?:(?:has|have|had)\s+)?(?:\w+ly\s+)?(?:grew|grown|rose|risen|increased|expanded|developed|deepened|improved|strengthened|"
    r"warmed|flourished|intensified|doubled|tripled|surged|advanced|blossomed|thawed|normali[sz]ed|drawn closer)\b"
)
_FELL = (
    r"(?:(?:has|have|had)\s+)?(?:\w+ly\s+)?"
    r"(?:fell|fallen|dropped|declined|shrank|shrunk|halved|slumped|reached|totalled|totaled)\b"
)
_RELATION = r"(?:relations|relationship|ties|links|cooperation|co-operation|collaboration|friendship)"
_TRADE = r"(?:trade|commerce|trade\s+volume|bilateral\s+trade|trade\s+turnover)"
_BETWEEN = r"between\s+[^,;.]{3,80}?"

TRADED = re.compile(
    rf"\b{_TRADE}\s+(?:{_BETWEEN}\s+|with\s+[^,;.]{{3,40}}?\s+)?"
    rf"(?:(?:was|is|were|are|has\s+been)\s+(?:[\w.,%]+\s+){{0,6}}?(?:{_BETTER}|{_OTHERWISE})\b|{_CHANGES}|{_FELL})"
    rf"|\b(?:increase|rise|growth|upturn|surge|fall|drop|decline|slump)\s+in\s+(?:\w+\s+)?{_TRADE}\s+{_BETWEEN}"
    rf"(?=\s+(?:[a-z]+(?:s|ed))\b|[,;.])",
    re.IGNORECASE,
)
"""A figure of what two states trade says that they do, whether it rises or falls."""
RELATIONS_GREW = re.compile(rf"\b{_RELATION}\s+(?:{_BETWEEN}\s+|with\s+[^,;.]{{3,40}}?\s+)?{_CHANGES}", re.IGNORECASE)
APPROACH = re.compile(
    r"\b(?:accommodating|amicable|conciliatory|constructive|cordial|friendly|gentle|generous|moderate|open-handed|peaceful|"
    r"soft|softer|supportive|sympathetic|warm|warmer|welcoming)\s+"
    r"(?:approach|attitude|diplomacy|gestures?|line|outreach|overtures?|policy|posture|stance|tone)\s+"
    r"(?:to|toward|towards|on)\s+(?:the\s+)?"
)
"""A friendly stance; hostile ones are words, and told by the verbs that say them."""
PLAN = re.compile(
    r"\b(?:commitment|initiative|offer|plan|pledge|project|proposal|scheme)\s+(?:for|of|on)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:aid|assistance|co-?operation|collaboration|dialogue|exchanges?|exercises|integration|investment|movement|"
    r"partnership|peace|reconciliation|reconstruction|talks|trade|union)\b"
)
PRESENT_AT = re.compile(
    r"\b(?:(?:was|were|is|are)\s+(?:also\s+)?(?:among\s+(?:those|the\s+guests)\s+|guests?\s+|in\s+attendance\s+|on\s+stage\s+|"
    r"present\s+|seated\s+|there\s+)?at|appeared\s+at|gathered\s+at|sat\s+at|spoke\s+at|took\s+part\s+in)\s+(?:the\s+)?"
    r"(?=[^.;]{0,60}?(?:assembly|conference|congress|forum|meeting|negotiations|summit|talks))",
    re.IGNORECASE,
)
PARTNERSHIP = re.compile(
    r"\b(?:partnership|treaty|accord|agreement|pact|alliance|memorandum)\b,?\s+(?:(?:was|were)\s+)?(?:\w+ly\s+)?"
    r"(?:implemented|signed|established|concluded|ratified|sealed|launched|forged)\b(?!\s+by)"
)
SANCTIONED = re.compile(
    r"\b(?:embargo(?:es)?|restrictions|sanctions|tariffs)\b[\s—–,-]*(?:that\s+(?:were|was|are)\s+)?(?:\w+ly\s+)?"
    r"(?:adopted|imposed|introduced|levied|placed|put\s+in\s+place|slapped)\b(?P<rest>[^.;—–]*)",
    re.IGNORECASE,
)
RAISED_WITH = re.compile(
    r"\b(?:broached|brought\s+up|complained\s+about|conveyed|discussed|explained|mentioned|outlined|raised|spoke\s+about|"
    r"talked\s+about)\s+(?P<what>[^.;]{3,140}?)\s+(?:to|with)\s+$"
)
_AGAINST = re.compile(r"\b(?:sanctions|embargo|restrictions)\b[^.;,]{0,30}?\b(?:against|on)\s+$", re.IGNORECASE)
_AIMED = re.compile(r"\b(?:against|on|upon)\s+$")
_UNSURE: Mapping[str, Modality] = {
    "additional": Modality.HYPOTHETICAL,
    "further": Modality.HYPOTHETICAL,
    "new": Modality.ASSERTED,
    "possible": Modality.POSSIBLE,
    "potential": Modality.POSSIBLE,
    "planned": Modality.INTENDED,
    "proposed": Modality.INTENDED,
    "future": Modality.EXPECTED,
}
_MODAL = re.compile(r"\b(?:could|would|may|might|can|should|will|if|unless)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|not|never|without)\s+(?:\w+\s+){0,3}$|n[’']t\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NEAR = 60


def find_nominal(scene: Scene) -> Iterator[Deed]:
    """Yield the deeds that the nouns of a sentence tell."""
    yield from _between(scene, TRADED, Plover.COOPERATE, "061", "trade")
    yield from _between(scene, RELATIONS_GREW, Plover.COOPERATE, "060", "relations")
    yield from _between(scene, PARTNERSHIP, Plover.SUPPORT, "057", "partnership")
    yield from _approaches(scene)
    yield from _plans(scene)
    yield from _presence(scene)
    yield from _sanctions(scene)
    yield from _raised(scene)


def _matches(scene: Scene, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return pattern.finditer(scene.passage.text, scene.sentence.start, scene.sentence.end)


def _acting(scene: Scene, start: int, end: int) -> list[Mention]:
    span = Span(max(start, scene.sentence.start), min(end, scene.sentence.end))
    return [m for m in scene.named.within(span) if m.type in ACTING and not m.is_nested]


def _deed(scene: Scene, match: Span, category: tuple[Plover, str, str], sides: tuple[Sequence[Mention], ...]) -> Deed:
    text = scene.passage.text
    plover, cameo, rule = category
    actors, targets = sides
    before = text[scene.sentence.start : match.start]
    modality = Modality.ASSERTED
    if _NO.search(before):
        modality = Modality.NEGATED
    elif _MODAL.search(before[-_NEAR:]) or _MODAL.search(text, match.start, match.end):
        modality = Modality.POSSIBLE
    return Deed(
        plover=plover,
        cameo=cameo,
        trigger=match,
        actors=actors,
        targets=targets,
        modality=modality,
        tense=_tense(text[match.start : match.end]),
        rule=f"noun.{rule}",
        confidence=0.7,
        is_reciprocal=len(actors) > 1 and not targets,
    )


def _tense(words: str) -> Tense:
    if re.search(r"\b(?:has|have)\b", words):
        return Tense.PRESENT_PERFECT
    past = re.search(r"\b(?:was|were|had|did)\b|\w(?:ed|grew|rose)\b", words)
    return Tense.PAST if past else Tense.PRESENT


def _between(scene: Scene, pattern: re.Pattern[str], plover: Plover, cameo: str, rule: str) -> Iterator[Deed]:
    """Yield what two sides share: the pair named in it, right before it, or in the sentence before."""
    for match in _matches(scene, pattern):
        pair = _pair_for(scene, match)
        if len(pair) == 2:
            yield _deed(scene, Span(*match.span()), (plover, cameo, rule), (pair, ()))


def _pair_for(scene: Scene, match: re.Match[str]) -> list[Mention]:
    inside = pair_in(scene.named, Span(*match.span()))
    if inside:
        return inside
    before = Span(max(scene.sentence.start, match.start() - _NEAR), match.start())
    beside = pair_in(scene.named, before)
    if beside:
        return beside
    lead = scene.passage.text[scene.sentence.start : match.end()].lower()
    refers = re.search(r"\b(?:the two|both|the|this|their)\b", lead)
    none_named = not _acting(scene, scene.sentence.start, match.end())
    return pair_in(scene.named, scene.previous) if refers and none_named and scene.previous else []


def _approaches(scene: Scene) -> Iterator[Deed]:
    for match in _matches(scene, APPROACH):
        target = _acting(scene, match.end(), match.end() + _NEAR)
        actor = _acting(scene, match.start() - _NEAR, match.start())
        if actor and target and target[0].place.start == match.end():
            trigger = Span(match.start(), target[0].place.end)
            yield _deed(scene, trigger, (Plover.SUPPORT, "050", "approach"), ([actor[-1]], [target[0]]))


def _plans(scene: Scene) -> Iterator[Deed]:
    """Yield a state's plan to work together: ``a Chilean plan for regional trade``."""
    for match in _matches(scene, PLAN):
        before = _acting(scene, match.start() - _NEAR, match.start())
        gap = scene.passage.text[before[-1].place.end : match.start()] if before else "-"
        if before and re.fullmatch(r"(?:[’']s?)?\s+(?:[\w-]+\s+){0,2}", gap):
            after = _acting(scene, match.end(), match.end() + _NEAR)
            targets = [m for m in after if m.entity_id != before[-1].entity_id][:1]
            yield _deed(scene, Span(*match.span()), (Plover.AGREE, "0311", "plan"), ([before[-1]], targets))


def _presence(scene: Scene) -> Iterator[Deed]:
    for match in _matches(scene, PRESENT_AT):
        people = [m for m in _acting(scene, scene.sentence.start, match.start()) if m.type is EntityType.PERSON]
        if people:
            yield _deed(scene, Span(match.start(), match.end() - 1), (Plover.CONSULT, "040", "presence"), (people, ()))


def _sanctions(scene: Scene) -> Iterator[Deed]:
    """Yield sanctions with who imposed them (``by``, or the body ``at`` which) and whom they are on."""
    text = scene.passage.text
    for match in _matches(scene, SANCTIONED):
        around = _acting(scene, match.start(), match.end())
        targets = [m for m in around if _AIMED.search(text, match.start(), m.place.start)]
        bodies = [
            m
            for m in around
            if re.search(r"\b(?:by|at|from)\s+(?:the\s+)?$", text[match.start() : m.place.start])
            and (m.type is not EntityType.COUNTRY or "by" in text[match.start() : m.place.start])
        ]
        deed = _deed(
            scene,
            Span(match.start(), match.start("rest")),
            (Plover.SANCTION, "163", "sanctions"),
            (bodies, targets or _sanctioned_before(scene)),
        )
        yield _hedged(text, scene, match, deed)


def _hedged(text: str, scene: Scene, match: re.Match[str], deed: Deed) -> Deed:
    """Make sanctions that are only spoken of as further or possible ones unsure."""
    word = text[scene.sentence.start : match.start()].split()[-1:]
    hint = _UNSURE.get(word[0].lower(), Modality.ASSERTED) if word else Modality.ASSERTED
    modal_after = _MODAL.search(text, match.end() - len(match["rest"]), scene.sentence.end)
    if hint is Modality.HYPOTHETICAL and not modal_after:
        hint = Modality.ASSERTED
    if hint is Modality.ASSERTED:
        return deed
    return replace(deed, modality=hint, tense=Tense.CONDITIONAL)


def _sanctioned_before(scene: Scene) -> list[Mention]:
    """Return whom the sentence before says the sanctions are against."""
    if scene.previous is None:
        return []
    text = scene.passage.text
    before = [m for m in scene.named.within(scene.previous) if m.type in ACTING and not m.is_nested]
    return [m for m in before if _AGAINST.search(text[scene.previous.start : m.place.start])][:1]


def _raised(scene: Scene) -> Iterator[Deed]:
    """Yield one person's raising a matter with another."""
    text = scene.passage.text
    people = [m for m in _acting(scene, scene.sentence.start, scene.sentence.end) if m.type is EntityType.PERSON]
    for speaker, hearer in pairwise(people):
        match = RAISED_WITH.search(text[speaker.place.end : hearer.place.start])
        if match and not text[speaker.place.end : speaker.place.end + match.start()].strip(" ,"):
            start = speaker.place.end + match.start()
            yield _deed(
                scene,
                Span(start, start + len(match.group().rstrip())),
                (Plover.CONSULT, "040", "raised"),
                ([speaker], [hearer]),
            )
