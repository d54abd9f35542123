"""Which years of a table must be asked again: CBS changed it since they were kept, or it has a newer year.

Only a table of which something was ingested is followed; beginning is a choice of the operator.
"""

from collections.abc import Mapping

from expectations.open_data.statline_contract import contract, period_code
from expectations.open_data.statline_document import is_statline_document, pack, unpack
from expectations.open_data.statline_table import modified
from indicators.periods import Period
from orchestration.statline.asking import Asker
from orchestration.statline.downloading import Say, download, latest_release
from register.access import Actor
from register.events import Ingested
from register.home import Home
from register.ingest import IngestReceipt, ingest
from register.ledger import Ledger
from register.open_data import OpenDataSource
from register.raw_files import RawFiles


def ingest_new_release(
    home: Home, table: str, actor: Actor, *, address: str | None = None, asker: Asker | None = None, say: Say
) -> list[IngestReceipt]:
    """Ingest the years of a table that are new or changed; none when nothing of it was ingested before.

    Raises:
        DownloadError: the server gave no usable answer.
        IngestRefusedError: a year is not as the contract says.
    """
    kept = _kept_releases(home, table)
    if not kept:
        say(f"Van tabel {table} is nog niets ingelezen; begin met 'jzojp ingest cbs {table} --period JAAR'.")
        return []
    asker = asker or Asker()
    release = latest_release(table, address=address, asker=asker)
    years = {period.year for period, moment in kept.items() if moment != release.modified}
    years |= {year for year in release.years if year > max(period.year for period in kept)}
    say(f"Tabel {table} is van {release.modified}; te lezen: {', '.join(map(str, sorted(years))) or 'niets nieuws'}.")
    periods = [Period.parse(str(year)) for year in sorted(years)]
    return [ingest_year(home, table, period, actor, address=address, asker=asker, say=say) for period in periods]


def ingest_year(
    home: Home, table: str, period: Period, actor: Actor, *, address: str | None, asker: Asker, say: Say
) -> IngestReceipt:
    """Download one year of a table and ingest it."""
    document = download(table, period, address=address, asker=asker, say=say)
    source = OpenDataSource(contract(table).dataset)
    return ingest(home, source, pack(document), f"{table}_{period_code(period)}.json", actor, period=period)


def _kept_releases(home: Home, table: str) -> Mapping[Period, str]:
    """Of every year of which answers for this table are in force: when CBS had last changed the table."""
    dataset = contract(table).dataset
    latest = {
        event.content.period: event.content.sha256
        for event in Ledger(home).events()
        if isinstance(event.content, Ingested) and event.content.source == dataset
    }
    contents = {period: RawFiles(home).read(sha256) for period, sha256 in latest.items()}
    documents = {period: unpack(content) for period, content in contents.items() if is_statline_document(content)}
    return {
        Period.parse(period): modified(document) for period, document in documents.items() if document.table == table
    }
