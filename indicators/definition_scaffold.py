"""How a new definition file begins: every field, with a Dutch hint where something must be filled in.

Belongs here: the text of a new file, from nothing or from an earlier definition, and which key it gets.
Does not belong here: writing it to disk (`orchestration/commands/kernset.py`), and what the fields must say
(`definitions.py`). A file with a mark in it is refused by the lock (`unfilled.py`).
"""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import yaml

from indicators.errors import DefinitionError, UnknownCodeError
from indicators.unfilled import MARK

_CODE: Final = re.compile(r"([A-Z]{3})(\d{2})")
_FIELD: Final = re.compile(r"^([a-z_]+):.*\n(?:(?![a-z_]+:).*\n)*", re.MULTILINE)

_HINTS: Final[Mapping[str, str]] = {
    "name": "de naam, zoals vakmensen hem gebruiken",
    "plain_name": "dezelfde naam in gewone woorden",
    "definition": "wie of wat wordt geteld, en over welke tijd",
    "numerator_text": "wat in de teller staat",
    "denominator_text": "wat in de noemer staat",
    "why": "waarom dit ertoe doet, in een of twee zinnen",
    "how_to_read": "hoe een waarde te lezen is, met een voorbeeld",
    "theme": "preventie, ouderen, ggz of generiek",
    "movement": "voorkomen, verplaatsen of vervangen",
    "aim": "gezondheid, kwaliteit, kosten of professional",
    "polarity": "higher_better, lower_better of neutral",
    "unit": "de eenheid, bijvoorbeeld % of per 1.000 inwoners",
    "multiplier": "een getal: 100 voor procenten, 1000 voor per 1.000",
    "decimals": "een getal: hoeveel cijfers achter de komma",
    "kind": "proportion, rate, ratio, dsr, isr, mean, index of difference; zie indicators/kinds.py",
    "numerator": "tellingen uit measures.yaml, bijvoorbeeld PRE02.teller",
    "denominator": "tellingen uit measures.yaml, bijvoorbeeld PRE02.noemer",
    "frequency": "quarter, of hoe vaak de cijfers anders komen; zie indicators/measures.py",
    "window": "period, of rolling_year voor een voortschrijdend jaar",
    "is_seasonal": "true of false: hangt het cijfer af van het seizoen?",
    "levels": "wijk, gemeente, zorgkantoorregio, landelijk",
    "protection": "suppress_and_round voor aanleveringen, owner_protected voor open data",
    "valid_from": "de eerste periode waarvoor deze versie geldt, bijvoorbeeld 2026Q1",
    "comparable_with_previous": "true of false: is het cijfer te vergelijken met dat van de vorige versie?",
    "reason": "waarom deze versie er is",
    "author": "wie dit schreef",
    "checker": "wie het rekenvoorbeeld narekende; anders 'nog niet door een tweede persoon nagerekend'",
    "review_date": "de dag waarop dit opnieuw wordt bekeken, bijvoorbeeld 2027-07-01",
    "source": "waar de definitie vandaan komt",
    "delivered_by": "wie levert: regio (kwartaaluitvraag), CBS, Vektis",
    "open_source": "een open bron van (bijna) hetzelfde cijfer, met jaren; of het woord null zonder aanhalingstekens",
    "standardisation": "geen, of waarnaar wordt gestandaardiseerd",
    "pitfalls": "waarop te letten bij het lezen",
    "choices": "wat een bron openliet en hier is gekozen, met de reden; of het woord null zonder aanhalingstekens",
    "not_filled": "waarom er nog geen cijfers zijn; of het woord null zonder aanhalingstekens als er cijfers komen",
    "example_numerator": "de teller van een voorbeeld",
    "example_denominator": "de noemer van een voorbeeld",
    "example_value": "de uitkomst, afgerond op de decimalen",
    "example_note": "de berekening, uitgeschreven",
}

_LONG: Final = frozenset({
    "definition", "numerator_text", "denominator_text", "why", "how_to_read", "reason", "source", "pitfalls",
})  # fmt: skip
"""Texts of some sentences: they stand below their field, where a colon or a quote means nothing special."""

_NEW_VERSION: Final = ("valid_from", "comparable_with_previous", "reason", "author", "checker", "review_date")
"""What a new version says anew; all else is copied and may be edited."""

_NEW_INDICATOR: Final = (
    "name", "plain_name", "definition", "numerator_text", "denominator_text", "why", "how_to_read", "calculation",
    "valid_from", "reason", "author", "checker", "review_date", "source", "delivered_by", "open_source", "pitfalls",
    "choices", "not_filled", "worked_example",
)  # fmt: skip
"""What an indicator that begins as a copy of another one says anew."""


class Scaffold(NamedTuple):
    """A definition file that is not yet filled in."""

    file_name: str
    text: str


def scaffold(code: str, existing: Mapping[str, str], *, source: str | None = None) -> Scaffold:
    """The next definition file of an indicator.

    Args:
        code: the indicator; where it has versions, the newest is copied.
        existing: the texts of all definition files by file name.
        source: the id of the definition to copy instead (`PRE02@1`), of this indicator or another.

    Raises:
        UnknownCodeError: the code has another form, or there is no such source.
        DefinitionError: a file in the folder cannot be read, or a version of the indicator is not filled in yet.
    """
    if not _CODE.fullmatch(code):
        raise UnknownCodeError(f"'{code}' is geen code van een indicator; schrijf drie hoofdletters en twee cijfers.")
    known = {name: _head(name, text) for name, text in existing.items()}
    versions = [head["version"] for head in known.values() if head.get("code") == code]
    version = max(versions, default=0) + 1
    if any(head.get("code") == code and MARK in existing[name] for name, head in known.items()):
        raise DefinitionError(f"{code}.v{version - 1}.yaml must still be filled in; a next version comes after it")
    copied = source or (f"{code}@{version - 1}" if versions else None)
    text = _from_nothing() if copied is None else _copy(copied, code, existing)
    fixed = {"code": code, "version": version, "key": _key(code, known)}
    if version == 1:
        fixed["comparable_with_previous"] = "null"
    return Scaffold(f"{code}.v{version}.yaml", _with_fields(text, {name: f"{name}: {fixed[name]}\n" for name in fixed}))


def _head(name: str, text: str) -> Mapping[str, Any]:
    """What a file says, as it stands there."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DefinitionError(f"{name} is not YAML: {error}; correct it first ('jzojp kernset check')") from error
    if not isinstance(document, dict) or not isinstance(document.get("version"), int):
        raise DefinitionError(f"{name} has no version; correct it first ('jzojp kernset check')")
    return document


def _key(code: str, known: Mapping[str, Mapping[str, Any]]) -> int:
    """The key that the indicator has, or one that no other has: the hundred of its letters plus its number."""
    keys = {str(head["code"]): int(head["key"]) for head in known.values() if {"code", "key"} <= head.keys()}
    if code in keys:
        return keys[code]
    hundreds = [key // 100 for other, key in keys.items() if other[:3] == code[:3]]
    hundred = min(hundreds, default=max((key // 100 for key in keys.values()), default=0) + 1)
    wanted = hundred * 100 + int(code[3:])
    return wanted if wanted not in keys.values() else max(keys.values()) + 1


def _copy(source: str, code: str, existing: Mapping[str, str]) -> str:
    name = "{}.v{}.yaml".format(*source.split("@")) if source.count("@") == 1 else source
    if name not in existing:
        raise UnknownCodeError(f"Er is geen definitie '{source}'; kies uit {', '.join(sorted(existing))}.")
    fields = _NEW_VERSION if source.split("@")[0] == code else _NEW_INDICATOR
    return _with_fields(existing[name].rstrip() + "\n", {field: _asked(field) for field in fields})


def _from_nothing() -> str:
    """Every field of a definition, in the order in which files have them."""
    fields = [field for field in _HINTS if field not in {"kind", "numerator", "denominator"}]
    names = ["code", "version", "key", *(field for field in fields if not field.startswith("example_"))]
    names.insert(names.index("frequency"), "calculation")
    names.insert(names.index("protection"), "minimum_coverage")
    names.insert(names.index("protection"), "minimum_denominator")
    return "".join(map(_asked, [*names, "worked_example"]))


def _asked(field: str) -> str:
    """One field as a new file has it."""
    match field:
        case "calculation":
            inner = (
                f'  kind: "{_mark("kind")}"',
                *(f'  {part}: ["{_mark(part)}"]' for part in ("numerator", "denominator")),
            )
            return "\n".join(("calculation:", *inner, ""))
        case "worked_example":
            numbers = (f'  {part}: "{_mark(f"example_{part}")}"' for part in ("numerator", "denominator", "value"))
            return "\n".join(("worked_example:", *numbers, "  note: >-", f"    {_mark('example_note')}", ""))
        case "levels":
            return f'levels: ["{_mark("levels")}"]\n'
        case "minimum_coverage":
            return "minimum_coverage: 1.0\n"
        case "minimum_denominator":
            return "minimum_denominator: 0\n"
        case "code" | "version" | "key":
            return f"{field}: {MARK}\n"
        case _ if field in _LONG:
            return f"{field}: >-\n  {_mark(field)}\n"
        case _:
            return f'{field}: "{_mark(field)}"\n'


def _mark(field: str) -> str:
    return f"{MARK}: {_HINTS[field]}"


def _with_fields(text: str, written: Mapping[str, str]) -> str:
    """A file in which some fields, over however many lines, stand otherwise."""
    return _FIELD.sub(lambda found: written.get(found[1], found[0]), text)
