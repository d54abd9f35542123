"""The fictitious demo: files that look like deliveries and open data, and go through the real intake.

Here belongs what makes those *files* (`files.py` and what it uses) and what sends them through the line
(`loading.py`). No other part of the project may depend on a figure in them. Area codes, names and population totals
are real, every count and amount is made up; each file name begins with `fictief_`. What there is to find: `stories.py`.
"""

from orchestration.demo.files import DemoFile, DemoFiles, Phase, generate
from orchestration.demo.stories import STORIES, Story

__all__ = ["STORIES", "DemoFile", "DemoFiles", "Phase", "Story", "generate"]
