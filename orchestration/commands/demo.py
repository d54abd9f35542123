"""`jzojp demo`: fill an empty data directory with the fictitious demo, through the real line."""

from orchestration.commands.console import answers, progress
from orchestration.demo.loading import BEHIND_THE_PAGE, FIRST_PAGE, load
from orchestration.progress_notice import noticed
from register.home import Home


def demo() -> None:
    """Vul een lege map met de fictieve demo. Ging er iets mis, dan gaat dezelfde opdracht verder waar het bleef."""
    home = Home.from_environment()
    with progress("Demo") as say:
        load(home, FIRST_PAGE, say=say)
        with noticed(home, say) as say_on_page:
            load(home, BEHIND_THE_PAGE, say=say_on_page)
    answers.print(f"De demo staat in {home.path}. Bekijk haar met 'jzojp up'.", markup=False)
