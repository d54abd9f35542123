"""Every rule that a finding can name: its code, how much it weighs, and its Dutch message and remedy.

Belongs here: the one place of each rule's words. Whether a rule holds is decided by the reader (`reading/`), the
row model (`shape.py`) or the suite (`suites/delivery.json`), each of which names the rule by its code.
The words in braces are filled in from the row.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict

from expectations.findings import Finding, FindingGroup, Severity
from expectations.personal_data import echo
from indicators.errors import DefinitionError


class Rule(StrEnum):
    """The closed list of rules; the code is what a finding shows."""

    FILE_EMPTY = "bestand.leeg"
    FILE_NO_ROWS = "bestand.geen_rijen"
    FILE_NOT_FILLED = "bestand.niet_ingevuld"
    FILE_TOO_LARGE = "bestand.te_groot"
    FILE_KNOWN_PERSONAL_DATA = "bestand.bekende_persoonsgegevens"
    FILE_TYPE = "bestand.type"
    FILE_DAMAGED = "bestand.beschadigd"
    FILE_UNREADABLE = "bestand.niet_leesbaar"
    FILE_UNPACKED_TOO_LARGE = "bestand.uitgepakt_te_groot"
    FILE_UNSAFE = "bestand.onveilig"
    FILE_SEVERAL_SHEETS = "bestand.meerdere_bladen"
    FILE_ENCODING = "bestand.tekenset"
    FILE_MIXED_ENCODING = "bestand.gemengde_tekenset"
    FILE_QUOTE = "bestand.aanhalingsteken"
    FILE_ONE_COLUMN = "bestand.een_kolom"
    FILE_TOO_MANY_ERRORS = "bestand.te_veel_fouten"
    HEADER_ABSENT = "kop.ontbreekt"
    HEADER_COLUMN_MISSING = "kop.kolom_ontbreekt"
    HEADER_DUPLICATE = "kop.dubbel"
    HEADER_UNKNOWN = "kop.onbekend"
    HEADER_TOO_MANY = "kop.te_veel_kolommen"
    ROW_FIELD_COUNT = "rij.aantal_velden"
    ROWS_NOT_FILLED = "rij.niet_ingevuld"
    CELL_REQUIRED = "cel.verplicht"
    CELL_EXCEL_ERROR = "cel.excel_fout"
    CELL_FORMULA_WITHOUT_RESULT = "cel.formule_zonder_uitkomst"
    CELL_RAISED_TEXT = "cel.opgemaakte_tekst"
    CELL_MERGED = "cel.samengevoegd"
    CELL_OUTSIDE_TABLE = "cel.buiten_tabel"
    PRIVACY_BSN = "privacy.bsn"
    PRIVACY_CONTACT = "privacy.contactgegevens"
    PRIVACY_BIRTH_DATE = "privacy.geboortedatum"
    NUMBER_NONE = "getal.geen_getal"
    NUMBER_AMBIGUOUS = "getal.dubbelzinnig"
    NUMBER_NOT_WHOLE = "getal.niet_geheel"
    NUMBER_NEGATIVE = "getal.negatief"
    PERIOD_INVALID = "periode.ongeldig"
    PERIOD_AMBIGUOUS = "periode.dubbelzinnig"
    PERIOD_NOT_ASKED = "periode.niet_gevraagd"
    PERIOD_OTHER = "periode.andere"
    PERIOD_NOT_OVER = "periode.niet_voorbij"
    DELIVERY_LATE = "levering.te_laat"
    STATUS_UNKNOWN = "status.onbekend"
    INDICATOR_UNKNOWN = "indicator.onbekend"
    INDICATOR_NOT_ASKED = "indicator.niet_gevraagd"
    AREA_MISSING = "gebied.ontbreekt"
    AREA_FORM = "gebied.vorm"
    AREA_NAME_UNKNOWN = "gebied.naam_onbekend"
    AREA_CODE_FROM_NAME = "gebied.code_uit_naam"
    AREA_CODE_COMPLETED = "code.voorloopnul"
    AREA_UNKNOWN = "gebied.onbekend"
    AREA_ENDED = "gebied.opgeheven"
    AREA_OTHER_REGION = "rechten.andere_regio"
    AREA_LEVEL = "gebied.niveau"
    AREA_NAME_DIFFERS = "gebied.naam_wijkt_af"
    AGE_UNKNOWN = "leeftijd.onbekend"
    SEX_UNKNOWN = "geslacht.onbekend"
    STRATUM_MISSING = "uitsplitsing.ontbreekt"
    STRATUM_NOT_ASKED = "uitsplitsing.niet_gevraagd"
    DENOMINATOR_MISSING = "noemer.ontbreekt"
    DENOMINATOR_NOT_ASKED = "noemer.niet_gevraagd"
    DENOMINATOR_DIFFERS = "noemer.wijkt_af"
    DENOMINATOR_ZERO = "relatie.noemer_nul"
    BOTH_ZERO = "relatie.teller_en_noemer_nul"
    NUMERATOR_ABOVE_DENOMINATOR = "relatie.teller_groter_dan_noemer"
    VALUE_DIFFERS = "waarde.past_niet"
    CHANGE_LARGE = "verandering.groot"
    TREND_OUTLIER = "trend.uitbijter"
    TOTAL_DIFFERS = "totaal.past_niet"
    ROW_REPEATED = "sleutel.dubbel"
    ROW_CONFLICTING = "sleutel.tegenstrijdig"
    SMALL_COUNTS = "aantal.klein"
    AREAS_MISSING = "volledigheid.gebieden"
    STRATA_MISSING = "volledigheid.uitsplitsing"
    NOT_CHECKED = "controle.niet_uitgevoerd"
    OPEN_DATA_YEAR = "open_data.jaar"
    OPEN_DATA_DIFFERS = "open_data.wijkt_af"
    OPEN_DATA_INDELING = "open_data.indeling"
    OPEN_DATA_NAME_UNKNOWN = "open_data.naam_onbekend"
    OPEN_DATA_KEY_INVALID = "open_data.sleutel_ongeldig"
    OPEN_DATA_NUMBER = "open_data.geen_getal"
    OPEN_DATA_REPEATED = "open_data.dubbel"
    STATLINE_DOCUMENT = "statline.document"
    STATLINE_DIFFERS = "statline.wijkt_af"
    STATLINE_SELECTION = "statline.selectie"
    STATLINE_CELL = "statline.cel"
    STATLINE_CELL_MISSING = "statline.cel_ontbreekt"
    STATLINE_AREA_UNKNOWN = "statline.gebied_onbekend"
    STATLINE_AREA_MISSING = "statline.gebied_ontbreekt"
    STATLINE_TOTAL = "statline.optelling"


ABOUT_PERSONAL_DATA: Final = frozenset({Rule.PRIVACY_BSN, Rule.PRIVACY_CONTACT, Rule.PRIVACY_BIRTH_DATE})
"""The rules that find personal data in a file."""


class RuleText(BaseModel):
    """How a rule weighs and what it says; `message` and `remedy` are Dutch templates.

    `asks_reason`: a warning that can only be confirmed with a reason.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity
    message: str
    remedy: str
    asks_reason: bool = False


@cache
def rule_texts() -> Mapping[Rule, RuleText]:
    """The text of every rule, from `rules.yaml`.

    Raises:
        DefinitionError: the file lacks a rule or has one that does not exist.
    """
    raw = yaml.safe_load(files("expectations").joinpath("rules.yaml").read_text(encoding="utf-8"))
    if set(raw) != set(Rule):
        raise DefinitionError(f"rules.yaml and Rule differ: {sorted(set(raw) ^ set(Rule))}")
    return {Rule(code): RuleText.model_validate(text) for code, text in raw.items()}


@cache
def words_of(rule: Rule) -> frozenset[str]:
    """The words that the message and the remedy of a rule fill in."""
    text = rule_texts()[rule]
    fields = [field for template in (text.message, text.remedy) for _, field, _, _ in Formatter().parse(template)]
    return frozenset(field for field in fields if field)


def asks_reason(told: Iterable[Finding | FindingGroup]) -> bool:
    """Whether one of these is a warning that can only be confirmed with a reason."""
    return any(item.severity is Severity.WARNING and rule_texts()[Rule(item.rule)].asks_reason for item in told)


def make_finding(
    rule: Rule, *, row: int | None = None, column: str | None = None, value: str | None = None, **details: Any
) -> Finding:
    """A finding in the words of the rule; `details` fill the braces, beside row, column and value.

    What the file says is repeated without the personal data in it.
    """
    text, given = rule_texts()[rule], {**details, "row": row, "column": column, "value": value}
    words = {name: _repeated(given[name]) for name in words_of(rule) if name in given}
    return Finding(
        row=row,
        column=_repeated(column),
        value=_repeated(value),
        rule=rule,
        severity=text.severity,
        message=text.message.format_map(words),
        remedy=text.remedy.format_map(words),
    )


def _repeated(word: Any) -> Any:
    return echo(word) if isinstance(word, str) else word
