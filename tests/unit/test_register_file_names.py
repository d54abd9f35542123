"""The name of a sent file is tidied to something that can only be shown."""

import pytest

from register.file_names import NAMELESS, tidy_file_name


@pytest.mark.parametrize(
    ("sent", "tidy"),
    [
        ("levering ZK08.csv", "levering ZK08.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\levering.csv", "levering.csv"),
        ("a\x00b\r\nc.csv", "abc.csv"),
        ("levering\u202evsc.exe", "leveringvsc.exe"),
        ("  twee   spaties.csv ", "twee spaties.csv"),
        ("cafe\u0301.csv", "café.csv"),
        ("", NAMELESS),
        ("..", NAMELESS),
        ("map/", NAMELESS),
    ],
)
def test_examples(sent: str, tidy: str) -> None:
    assert tidy_file_name(sent) == tidy
