"""What a publication lacks, without a database."""

from orchestration.backlog import compare


def test_an_empty_ledger_needs_no_publication() -> None:
    found = compare([], None)
    assert not found.is_behind
    assert found.cells == []
