"""People's own rules for the pages of a site: which apply to a page.

What they say of it is in ``site_said``, and what they make of the article's blocks in ``site_choice``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk.config import SiteRules
from copydesk.readers.metadata_site import host_of


def rules_for(addresses: Iterable[str | None], sites: Sequence[SiteRules]) -> SiteRules | None:
    """Return the rules of the site that a page belongs to; None when there are none.

    Args:
        addresses: where the page was fetched, and what it says itself, the most believable first.
        sites: all rules; of those that fit, the ones with the longest name count.

    >>> sites = (SiteRules("example.org"), SiteRules("news.example.org"))
    >>> found = rules_for(["https://my.news.example.org/a"], sites)
    >>> found.site if found else None, rules_for(["https://anexample.org/"], sites)
    ('news.example.org', None)
    """
    for address in addresses:
        host = host_name(host_of(address) or "") if address else ""
        fitting = [rules for rules in sites if host == rules.site or host.endswith("." + rules.site)]
        if host and fitting:
            return max(fitting, key=lambda rules: len(rules.site))
    return None


def host_name(name: str) -> str:
    """Return the one form of a host's name that names are compared in: in lower case and ASCII, without ``www``.

    >>> host_name("WWW.Example.org"), host_name("blåbær.example")
    ('example.org', 'xn--blbr-roah.example')
    """
    try:
        return name.lower().encode("idna").decode("ascii").strip(".").removeprefix("www.")
    except UnicodeError:
        return name.lower().strip(".").removeprefix("www.")


def name_of(rules: SiteRules, key: str) -> str:
    """Return how a rule is called in messages: as the settings file has it."""
    return f'[sites."{rules.site}"] {key}'
