"""`jzojp status`: what was delivered, what is in force, and whether the publication holds it."""

from collections import Counter

from orchestration.commands.console import Format, operator, print_json, print_pairs, print_table
from orchestration.commands.options import FormatOption
from register.access import Action, require
from register.home import Home
from register.ledger import Ledger
from register.submissions import submissions


def status(format_: FormatOption = Format.TEXT) -> None:
    """Toon de aanleveringen, hun stand en of de publicatie bij is."""
    from indicators.areas import COUNTRY
    from orchestration.backlog import compare, latest_manifest

    require(operator(), Action.READ_DELIVERY_STATUS, COUNTRY)
    home = Home.from_environment()
    events, manifest = Ledger(home).events(), latest_manifest(home)
    found = list(submissions(events).values())
    summary = {
        "home": str(home.path),
        "ledger_sequence": events[-1].sequence if events else 0,
        "publication": manifest.id if manifest else None,
        "publication_status": manifest.status.value if manifest else None,
        "is_behind": compare(events, manifest).is_behind,
        "submission_counts": dict(Counter(item.state.value for item in found)),
    }
    rows = [
        {
            "submission": item.number,
            "region": item.delivery.region,
            "period": item.delivery.period,
            "state": item.state.value,
            "received_at": item.received_at.isoformat(timespec="seconds"),
            "file_name": item.delivery.file_name,
            "superseded_by": list(item.superseded_by),
        }
        for item in found
    ]
    if format_ is Format.JSON:
        print_json({**summary, "submissions": rows})
        return
    print_pairs(summary)
    print_table("Laatste aanleveringen", ("nummer", "regio", "periode", "stand", "ontvangen", "bestand"), [
        list(row.values())[:6] for row in rows[-20:]
    ])  # fmt: skip
