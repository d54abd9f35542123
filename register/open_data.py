"""The sources of open data: a closed list, the reader of each, and the year of a file."""

import re
from enum import StrEnum
from typing import Final

from expectations.open_data.open_data_file import OpenDataFile
from indicators.errors import UnknownCodeError
from indicators.periods import Period

_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class OpenDataSource(StrEnum):
    """A source, named as its dataset in the catalogue."""

    VEKTIS = "vektis"
    POPULATION = "population"
    GEZONDHEIDSMONITOR = "gezondheidsmonitor"


def year_in_name(file_name: str) -> Period:
    """The year in the name of a file (`vektis_2023_gemeente.csv`): the sources publish one file a year so named.

    Raises:
        UnknownCodeError: there is no year in the name, or more than one.
    """
    found = set(_YEAR.findall(file_name))
    if len(found) != 1:
        raise UnknownCodeError(
            f"Uit de naam {file_name} blijkt niet over welk jaar het bestand gaat. "
            "Noem het jaar erbij, of zet precies één jaartal in de naam."
        )
    return Period.parse(found.pop())


def read_open_data(source: OpenDataSource, content: bytes, period: Period) -> OpenDataFile:
    """Read a file of a source over a year; what is wrong with it comes back as findings.

    Population comes in three forms, which their bytes tell apart: answers of CBS StatLine, a CSV that was downloaded
    there by hand, and a CSV of our own.
    """
    if source is OpenDataSource.VEKTIS:
        from expectations.open_data.vektis import read_vektis

        return read_vektis(content, period=period)
    if source is OpenDataSource.GEZONDHEIDSMONITOR:
        from expectations.open_data.statline_contract import table_of
        from expectations.open_data.statline_estimates import read_statline_estimates

        return read_statline_estimates(content, table_of(source), period=period)
    from expectations.open_data.population import read_population
    from expectations.open_data.statline_csv import is_statline_csv
    from expectations.open_data.statline_document import is_statline_document
    from expectations.open_data.statline_population import read_statline_population

    if is_statline_document(content) or is_statline_csv(content, "03759ned"):
        return read_statline_population(content, period=period)
    return read_population(content, period=period)
