"""The corrected file of the demo, delivered through the real intake."""

from orchestration.demo.files import Phase
from orchestration.demo.loading import start
from register.access import OPERATOR
from register.home import Home
from register.intake import Confirmation, Delivery, receive
from register.receipts import Receipt


def deliver_the_correction(home: Home) -> Receipt:
    """Send the corrected file of the demo: PRE02 of ZK06 over 2026Q2."""
    files = start(home)
    (file,) = files.of(Phase.CORRECTION)
    delivery = Delivery(files.content(file), file.path.name, str(file.region_code), file.period)
    (receipt,) = receive(home, [delivery], OPERATOR, confirmation=Confirmation("dubbel geteld"))
    return receipt
