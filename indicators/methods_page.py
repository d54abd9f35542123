"""The page of methods: every indicator of the kernset with all that its definition says, as Markdown in Dutch.

Belongs here: what the page shows and in which order; the same definitions always make the same text.
Does not belong here: the words for codes (`definition_words.py`), the general rules (`methods_rules.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from indicators import definition_words as words
from indicators.definitions import IndicatorDefinition, Kernset, WorkedExample
from indicators.methods_rules import general_rules
from indicators.reviews import review_state, reviews

_TITLE: Final = """# De kernset: definities en methoden

Deze pagina is gemaakt met `jzojp kernset export --page docs/kernset.md`; wijzig haar niet met de hand.
Wat per versie is veranderd, staat in [de lijst van wijzigingen](indicator-changelog.md). Hoe iemand een indicator
toevoegt, staat in [add-an-indicator.md](add-an-indicator.md).
"""
_SHOWN_ELSEWHERE: Final = frozenset({"code", "name", "plain_name", "not_filled", "worked_example"})
"""The fields that stand in a heading or below the table."""


def methods_page(kernset: Kernset, definitions: Mapping[str, IndicatorDefinition]) -> str:
    """The whole page; `definitions` by id, with earlier versions."""
    listed = [definitions[name] for name in kernset.indicators]
    themes = [theme for theme in words.THEMES if any(definition.theme == theme for definition in listed)]
    parts = [
        _TITLE,
        f"**{_text(kernset.name)}** (versie {kernset.version}, status {kernset.status}). {_text(kernset.note)}\n",
        general_rules(),
        "## Alle indicatoren\n",
        _overview(listed),
        *chain.from_iterable(_theme(theme, listed, definitions) for theme in themes),
    ]
    return "\n".join(parts)


def fields_of(definition: IndicatorDefinition) -> Mapping[str, tuple[str, str]]:
    """What the table of an indicator shows: the label and the text by field of the definition."""
    kind = definition.calculation.kind
    state = review_state(definition, reviews())
    calculation = words.calculation_words(kind, has_interval=definition.has_interval())
    return {
        "definition": ("wat het is", definition.definition),
        "numerator_text": ("teller", definition.numerator_text),
        "denominator_text": ("noemer", definition.denominator_text),
        "why": ("waarom het ertoe doet", definition.why),
        "how_to_read": ("hoe te lezen", definition.how_to_read),
        "theme": ("thema", words.THEMES[definition.theme]),
        "movement": ("beweging", definition.movement),
        "aim": ("doel", definition.aim),
        "polarity": ("richting", words.POLARITIES[definition.polarity]),
        "unit": ("eenheid", definition.unit),
        "multiplier": ("factor", dutch_number(definition.multiplier)),
        "decimals": ("cijfers achter de komma", str(definition.decimals)),
        "calculation": ("berekening", f"{calculation}; {_settings(definition)}"),
        "frequency": ("hoe vaak", words.FREQUENCIES[definition.frequency]),
        "window": ("tijdvak", words.WINDOWS[definition.window]),
        "is_seasonal": ("hangt af van het seizoen", _yes(is_so=definition.is_seasonal)),
        "levels": ("niveaus", ", ".join(words.LEVELS[level] for level in definition.levels)),
        "minimum_coverage": (
            "kleinste dekking",
            f"{dutch_number(100 * definition.minimum_coverage)} % van de inwoners",
        ),
        "minimum_denominator": ("kleinste noemer", dutch_number(definition.minimum_denominator)),
        "protection": ("kleine aantallen", words.PROTECTIONS[definition.protection]),
        "source": ("herkomst van de definitie", definition.source),
        "delivered_by": ("wie levert", definition.delivered_by),
        "open_source": ("open bron", definition.open_source or "geen bekend"),
        "standardisation": ("standaardisatie", definition.standardisation),
        "pitfalls": ("let op", definition.pitfalls),
        "choices": ("eigen keuzes", definition.choices or "geen"),
        "author": ("opsteller", definition.author),
        "checker": ("nagerekend door", state.checker),
        "review_date": ("opnieuw bekijken op", state.due.isoformat()),
        "key": ("sleutel", str(definition.key)),
    }


def dutch_number(value: float) -> str:
    """A number with a decimal comma and points between thousands."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _overview(listed: Sequence[IndicatorDefinition]) -> str:
    rows = [
        (definition.id, definition.plain_name, words.THEMES[definition.theme], definition.unit,
         "niet gevuld" if definition.not_filled else "gevuld")
        for definition in sorted(listed, key=lambda definition: definition.code)
    ]  # fmt: skip
    return _table(("indicator", "naam", "thema", "eenheid", "cijfers"), rows)


def _theme(
    theme: str, listed: Sequence[IndicatorDefinition], definitions: Mapping[str, IndicatorDefinition]
) -> Iterator[str]:
    yield f"## {words.THEMES[theme]}\n"
    for definition in sorted(listed, key=lambda definition: definition.code):
        if definition.theme == theme:
            versions = [other for other in definitions.values() if other.code == definition.code]
            yield from _indicator(definition, sorted(versions, key=lambda version: version.version))


def _indicator(definition: IndicatorDefinition, versions: Sequence[IndicatorDefinition]) -> Iterator[str]:
    yield f"### {definition.code} {_text(definition.name)}\n"
    yield f"{_text(definition.plain_name)}.\n"
    if definition.not_filled:
        yield f"**Niet gevuld.** {_text(definition.not_filled)}\n"
    yield _table(("veld", "inhoud"), list(fields_of(definition).values()))
    yield _example(definition.worked_example)
    yield "Versies:\n"
    yield _table(
        ("versie", "geldt vanaf", "te vergelijken met de vorige", "reden"),
        [(version.id, str(version.valid_from), _comparable(version), version.reason) for version in versions],
    )


def _example(example: WorkedExample) -> str:
    numbers = example.model_dump(mode="json", exclude={"note", "strata"}, exclude_none=True)
    told = ", ".join(f"{words.PARTS[name]} {dutch_number(number)}" for name, number in numbers.items())
    text = f"Rekenvoorbeeld: {told}. {_text(example.note)}\n"
    if not example.strata:
        return text
    cells = [cell.model_dump(mode="json", exclude={"age_band", "sex"}, exclude_none=True) for cell in example.strata]
    rows = [
        (cell.age_band, cell.sex, *map(dutch_number, numbers.values()))
        for cell, numbers in zip(example.strata, cells, strict=True)
    ]
    return f"{text}\n{_table(('leeftijd', 'geslacht', *(words.PARTS[name] for name in cells[0])), rows)}"


def _settings(definition: IndicatorDefinition) -> str:
    """The measures of each part, and the settings that differ from what a calculation has by itself."""
    parts = [f"{words.PARTS[part]}: {' + '.join(codes)}" for part, codes in definition.parts().items()]
    settings = definition.calculation.model_dump(
        mode="json", exclude_defaults=True, exclude={"kind", "interval", "reference", *map(str, definition.parts())}
    )
    told = [words.SETTINGS.get(name, f"{name} {{}}").format(_setting(value)) for name, value in settings.items()]
    return "; ".join([*parts, *told])


def _setting(value: object) -> str:
    return dutch_number(value) if isinstance(value, float) else str(value)


def _comparable(version: IndicatorDefinition) -> str:
    if version.comparable_with_previous is None:
        return "eerste versie"
    return _yes(is_so=version.comparable_with_previous)


def _yes(*, is_so: bool) -> str:
    return "ja" if is_so else "nee"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *([_text(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _text(text: str) -> str:
    """A text of a definition in which nothing is read as markup."""
    escaped = " ".join(text.split())
    for sign in ("\\", "|", "<", "*", "_", "`", "["):
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped
