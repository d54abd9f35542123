"""Every clean-up of a cell, told in Dutch: what stood there, what it was read as, and where."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from expectations.cells import spell
from expectations.columns import Column
from expectations.distinct import Codes
from expectations.shape import ShapedColumn

_NAMED: Final = 20


def cell_normalisations(shaped: Mapping[Column, ShapedColumn], source_row: Codes, span: range) -> tuple[str, ...]:
    """One sentence per column of a file with cells that were read otherwise than they are spelled.

    Args:
        shaped: the read cells of all files.
        source_row: per position the row in its file.
        span: the positions of this file's rows.
    """
    sentences = [_sentence(column, content, source_row, span) for column, content in shaped.items()]
    return tuple(sentence for sentence in sentences if sentence)


def _sentence(column: Column, content: ShapedColumn, source_row: Codes, span: range) -> str | None:
    if not content.normalised:
        return None
    changed = span.start + np.flatnonzero(content.texts.among(content.normalised)[span.start : span.stop])
    if not len(changed):
        return None
    distinct, first, counts = np.unique(content.texts.codes[changed], return_index=True, return_counts=True)
    parts = [
        _part(content, int(number), int(source_row[changed[at]]), int(count))
        for number, at, count in list(zip(distinct, first, counts, strict=True))[:_NAMED]
    ]
    rest = f"; en nog {len(distinct) - _NAMED} andere schrijfwijzen" if len(distinct) > _NAMED else ""
    return f"Kolom {column}: {'; '.join(parts)}{rest}."


def _part(content: ShapedColumn, number: int, row: int, count: int) -> str:
    also = f" en {count - 1} keer verderop" if count > 1 else ""
    read = spell(content.values.things[number])
    return f"'{_visible(content.texts.things[number] or '')}' gelezen als '{read}' (rij {row}{also})"


def _visible(text: str) -> str:
    """The text with its invisible characters written as their code."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
