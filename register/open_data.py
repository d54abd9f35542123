"""The sources of open data: a closed list, and the reader of each."""

from enum import StrEnum

from expectations.open_data.open_data_file import OpenDataFile


class OpenDataSource(StrEnum):
    """A source, named as its dataset in the catalogue."""

    VEKTIS = "vektis"
    POPULATION = "population"


def read_open_data(source: OpenDataSource, content: bytes) -> OpenDataFile:
    """Read a file of a source; what is wrong with it comes back as findings."""
    if source is OpenDataSource.VEKTIS:
        from expectations.open_data.vektis import read_vektis

        return read_vektis(content)
    from expectations.open_data.population import read_population

    return read_population(content)
