"""A second version of an indicator through the whole line, as a maintainer adds it and a reader then meets it.

The package `indicators` is copied, changed by the commands of docs/add-an-indicator.md, and run in place of ours.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import yaml

from register.home import Home
from tests.support_kernset import SHIPPED

CODE, FIRST_PERIOD = "PRE02", "2026Q1"


def jzojp(package: Path, home: Home, *arguments: str) -> str:
    """Run a command with the changed definitions, and return what it printed."""
    environment = os.environ | {"PYTHONPATH": f"{package.parent}{os.pathsep}{Path.cwd()}", "JZOJP_HOME": str(home.path)}
    command = [sys.executable, "-P", "-c", "from orchestration.command_line import main; main()", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add_a_version(package: Path, home: Home) -> None:
    """PRE02 counts one quarter instead of four, from 2026Q1, and cannot be compared with what was."""
    place = ("--folder", str(package))
    jzojp(package, home, "kernset", "new", CODE, "--from", f"{CODE}@1", *place)
    file = package / "definitions" / f"{CODE}.v2.yaml"
    answers = {
        "window": "period",
        "valid_from": FIRST_PERIOD,
        "comparable_with_previous": "false",
        "reason": "Een kwartaal in plaats van een jaar.",
        "author": "A",
        "checker": "B",
        "review_date": "2027-07-01",
    }
    text = file.read_text("utf-8")
    for field, answer in answers.items():
        text = re.sub(rf"^{field}:.*\n(?: .*\n)*", f"{field}: {answer}\n", text, flags=re.MULTILINE)
    file.write_text(text, "utf-8")
    jzojp(package, home, "kernset", "lock", *place)
    jzojp(package, home, "kernset", "next", f"{CODE}@2", *place)
    newest = max((package / "kernsets").glob("*.yaml"), key=lambda path: yaml.safe_load(path.read_text())["number"])
    filled_in = yaml.safe_load(newest.read_text("utf-8")) | {"reason": "Voorbeeld."}
    newest.write_text(yaml.safe_dump(filled_in), "utf-8")
    jzojp(package, home, "kernset", "lock", *place)
    jzojp(package, home, "kernset", "check", *place)


def figures(package: Path, home: Home, *options: str) -> pd.DataFrame:
    """The figures of one region, by period."""
    told = jzojp(package, home, "values", CODE, "--area", "ZK09", "--format", "csv", *options)
    return pd.read_csv(io.StringIO(told), dtype={"reason_code": "string"}).set_index("period_code")


def test_a_new_version_keeps_what_was_published_and_shows_the_past_under_both(demo_home: Home, tmp_path: Path) -> None:
    package = Path(shutil.copytree(SHIPPED, tmp_path / "package" / "indicators"))
    before = figures(package, demo_home)
    add_a_version(package, demo_home)
    jzojp(package, demo_home, "publish", "--status", "voorlopig")

    then = figures(package, demo_home)
    assert list(then.index) == list(before.index)
    is_old = then.index < FIRST_PERIOD
    assert then["indicator_version"].tolist() == [1 if old else 2 for old in is_old]
    shown = ["numerator", "denominator", "value", "reason_code"]
    pd.testing.assert_frame_equal(then.loc[is_old, shown], before.loc[is_old, shown])
    assert then.index[then["is_break"]].tolist() == [FIRST_PERIOD]

    today = figures(package, demo_home, "--history", "today")
    assert list(today.index) == list(before.index)
    assert set(today["indicator_version"]) == {2}
    pd.testing.assert_frame_equal(today.loc[~is_old, shown], then.loc[~is_old, shown])
    assert then["reason_code"].iloc[0] == "no_full_year"
    assert today["value"].notna().all()
    assert (today["numerator"] < before["numerator"]).loc[before["value"].notna()].all()
