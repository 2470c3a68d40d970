"""Keep the translations complete: `check` says what is wrong, `update` writes what is new.

English is the language of the messages themselves, so that a catalogue is another language's.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from tooling import ROOT, say

TRANSLATIONS = ROOT / "translations"
LOCALES = ("zh_Hans_CN",)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "_n": (1, 2),
    "lazy_gettext": None,
    "because": (1,),
}
SOURCES = {
    "app": [("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.svg", "jinja2")],
}
SHOWN = 20
PLACE = re.compile(r"%\((\w+)\)")


def main() -> int:
    """Do what the word on the command line says; `check` is 1 when something is to translate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["check", "update"])
    template = extract()
    is_update = parser.parse_args().verb == "update"
    if is_update:
        for locale in LOCALES:
            update(locale, template)
    found = [problem for locale in LOCALES for problem in problems_in(locale, template)]
    for problem in found[:SHOWN]:
        say(problem)
    say(f"{len(template)} messages, {len(found)} problems in the catalogues")
    return int(bool(found) and not is_update)


def extract() -> Catalog:
    """Every message of the code and the templates, with the files it stands in."""
    template = Catalog(project="Banyan", charset="utf-8")
    for folder, methods in SOURCES.items():
        for name, _, message, comments, context in extract_from_dir(
            ROOT / folder,
            methods,
            {"**": {"silent": "false"}},
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        ):
            template.add(message, None, [(f"{folder}/{name}", 0)], (), comments, context=context)
    return template


def path_of(locale: str) -> Path:
    """Where the catalogue of a locale is."""
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    """The catalogue of a locale, empty when there is none yet."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(
            locale=locale, header_comment=f"# Banyan: {locale}", project="Banyan", fuzzy=False
        )
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(locale: str, template: Catalog) -> None:
    """Bring new messages in and drop the unused; sorted, so that little changes from day to day."""
    catalogue, path = read(locale), path_of(locale)
    dates = catalogue.creation_date, catalogue.revision_date
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.creation_date, catalogue.revision_date = dates
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=0,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )


def problems_in(locale: str, template: Catalog) -> Iterator[str]:
    """What keeps a catalogue from being complete, a sentence each."""
    catalogue = read(locale)
    for message in real(template):
        translated = catalogue.get(message.id, message.context)
        if not translated or not all(strings(translated)):
            yield f"{locale}: not translated: {first(message)!r}"
        elif translated.fuzzy:
            yield f"{locale}: marked fuzzy: {first(message)!r}"
        elif not all(same_places(message, text) for text in strings(translated)):
            yield f"{locale}: its %(places)s differ: {first(message)!r}"
    for message in real(catalogue):
        if not template.get(message.id, message.context):
            yield f"{locale}: no longer used (catalogues.py update drops it): {first(message)!r}"


def real(catalogue: Catalog) -> Iterable[Message]:
    """The messages without the header."""
    return (message for message in catalogue if message.id)


def first(message: Message) -> str:
    """A message's English, the singular where there are two."""
    return message.id if isinstance(message.id, str) else message.id[0]


def strings(message: Message) -> list[str]:
    """The translated forms, one or as many as the language has plurals."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def same_places(message: Message, text: str) -> bool:
    """Whether a translation has the places of the English (of its plural) and formats with them."""
    english = message.id if isinstance(message.id, str) else message.id[-1]
    places = set(PLACE.findall(english))
    if set(PLACE.findall(text)) != places:
        return False
    try:
        return not places or bool(text % dict.fromkeys(places, 1))
    except (TypeError, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(main())
