"""What the template tells beside the rows: how to fill it in, and which codes there are. Dutch for data officers.

Belongs here: the words. How a line looks is in `template_workbook.py`. No line may look like the header of a delivery,
or its sheet would be taken for the data; a test sees to it.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from expectations.canonical import SIGN_SPELLINGS, SignCode
from expectations.template import Template
from indicators.measures import Breakdown
from indicators.periods import Period
from indicators.strata import TOTAL, Sex
from indicators.uitvraag import AskedDataset


class LineKind(StrEnum):
    """What a line is for."""

    HEADING = "heading"
    COLUMNS = "columns"
    TEXT = "text"


class Line(NamedTuple):
    """The cells of one line of a sheet."""

    cells: tuple[str, ...]
    kind: LineKind = LineKind.TEXT


SIGN_MEANINGS: Final[Mapping[SignCode, str]] = {
    SignCode.UNKNOWN: "Onbekend: u hebt het aantal niet.",
    SignCode.SECRET: "Geheim: u mag het aantal niet geven.",
    SignCode.BELOW_TEN: "Minder dan 10 (1 tot en met 9), en het precieze aantal mag u niet geven.",
}
_NOTHING: Final = Line(())


def instruction(template: Template) -> list[Line]:
    """The sheet that tells what to do, until when, and what happens next."""
    return [
        _heading(f"Aanleveren {template.region.name} ({template.region.code}), {_quarter(template.period)}"),
        *_when(template),
        _NOTHING,
        _heading("Zo vult u het in"),
        *_steps(),
        _NOTHING,
        _heading("Tekens in plaats van een aantal"),
        *_signs(),
        _NOTHING,
        _heading("Wat er daarna gebeurt"),
        *_afterwards(),
        _NOTHING,
        _heading("Vragen?"),
        _text(
            "Wie helpt u?", "Het programmabureau dat u om deze cijfers vroeg. Noem de regio en het kwartaal hierboven."
        ),
    ]


def code_list(template: Template) -> list[Line]:
    """The sheet with the codes: indicators, areas, age bands, sexes and signs."""
    return [
        _heading("Indicatoren"),
        Line(("Code", "Naam", "Wat telt in de teller", "Wat telt in de noemer", "Waarvoor"), LineKind.COLUMNS),
        *(_indicator(asked) for asked in template.uitvraag.asks),
        _NOTHING,
        _heading("Gebieden"),
        *_areas(template),
        _NOTHING,
        _heading("Leeftijden en geslachten, waar een indicator is uitgesplitst"),
        _text("Leeftijden", ", ".join(template.age_bands)),
        _text("Geslachten", f"{Sex.M.code} is man, {Sex.V.code} is vrouw"),
        _text("Niet uitgesplitst", f"{TOTAL} in beide kolommen"),
        _NOTHING,
        _heading("Tekens"),
        *_signs(),
    ]


def _when(template: Template) -> Iterator[Line]:
    due = template.uitvraag.due_date(template.period)
    yield _text("Uiterste datum", f"{due:%d-%m-%Y}. Eerder mag ook.")
    yield _text("Uitvraag", f"{template.uitvraag.name}.")
    optional = [asked.code for asked in template.uitvraag.asks if asked.is_optional]
    if optional:
        yield _text("Vrijwillig", f"{', '.join(optional)}. Laat u die rijen leeg, dan wordt er niets gemist.")


def _steps() -> Iterator[Line]:
    yield _text(
        "1. Blad Levering", "Vul per rij de teller in, en de noemer waar het vak geel is. Een grijs vak laat u leeg."
    )
    yield _text(
        "2. Vorig kwartaal", "De cursieve cijfers zijn die van vorig kwartaal. Ze zijn er om mee te vergelijken."
    )
    yield _text(
        "3. Weet u een aantal niet?", "Schrijf dan een teken, zoals hieronder. Schrijf geen 0 als u het niet weet."
    )
    yield _text(
        "4. Waarde", "Dit vak is niet verplicht. Vult u uw eigen uitkomst in, dan moet die bij de aantallen passen."
    )
    yield _text("5. Status", "Kies 'voorlopig' als de cijfers nog kunnen veranderen.")
    yield _text(
        "6. Toelichting", "Schrijf hier wat een lezer moet weten. Nooit namen, geboortedatums of burgerservicenummers."
    )
    yield _text(
        "7. In delen",
        "Lever een indicator altijd in zijn geheel aan: een later bestand vervangt alles wat u eerder over die "
        "indicator gaf. Laat alle rijen van een indicator leeg als u die later aanlevert.",
    )
    yield _text("8. Rijen", "U mag rijen weghalen, toevoegen en verplaatsen. Laat de namen van de kolommen staan.")
    yield _text("9. Bewaren", "Bewaar het als Excel-bestand (.xlsx) en lever het aan.")


def _afterwards() -> Iterator[Line]:
    yield _text("Controle", "U krijgt meteen antwoord: goedgekeurd, goedgekeurd met vragen, of afgekeurd.")
    yield _text("Goedgekeurd", "De cijfers tellen mee. Ze vervangen wat u eerder over dezelfde indicatoren gaf.")
    yield _text("Met vragen", "De cijfers tellen pas mee als u ze bevestigt. Soms is daar een reden bij nodig.")
    yield _text("Afgekeurd", "Er telt niets mee. U kunt het bestand terugkrijgen met de fouten gemarkeerd.")
    yield _text(
        "Kleine aantallen", "Lever 1 tot en met 9 gewoon aan. De dienst schermt ze af voordat iets openbaar wordt."
    )


def _signs() -> Iterator[Line]:
    return (_text(SIGN_SPELLINGS[sign], meaning) for sign, meaning in SIGN_MEANINGS.items())


def _indicator(asked: AskedDataset) -> Line:
    denominator = "Laat u leeg: de dienst gebruikt het aantal inwoners."
    if asked.denominator:
        denominator = f"{asked.denominator.name} ({asked.denominator.unit})."
    name = asked.dataset.name + (" (vrijwillig)" if asked.is_optional else "")
    return _text(asked.code, name, f"{asked.numerator.name} ({asked.numerator.unit}).", denominator, _where(asked))


def _where(asked: AskedDataset) -> str:
    first, *others = asked.levels
    where = f"Per {first}" + "".join(f"; mag ook per {other}" for other in others)
    if asked.breakdown is Breakdown.TOTAL:
        return f"{where}."
    return f"{where}. Per geslacht en per vijf jaar vanaf {asked.age_from} jaar."


def _areas(template: Template) -> Iterator[Line]:
    yield _text(template.region.code, f"{template.region.name} (zorgkantoorregio)")
    names = {row.area.code: row.area.name for row in template.rows} | {template.region.code: ""}
    yield from (_text(code, name) for code, name in sorted(names.items()) if name)


def _quarter(period: Period) -> str:
    return f"{period.number}e kwartaal {period.year} ({period.code})"


def _heading(text: str) -> Line:
    return Line((text,), LineKind.HEADING)


def _text(*cells: str) -> Line:
    return Line(cells)
