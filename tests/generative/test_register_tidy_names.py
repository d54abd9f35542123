"""A tidy file name is harmless, whatever was sent."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from register.file_names import MAXIMUM_LENGTH, tidy_file_name


@given(st.text(max_size=400))
def test_a_tidy_name_is_one_short_visible_part_and_stays_what_it_is(sent: str) -> None:
    tidy = tidy_file_name(sent)
    assert 0 < len(tidy) <= MAXIMUM_LENGTH
    assert tidy not in {".", ".."}
    assert not set(tidy) & {"/", "\\"}
    assert all(unicodedata.category(character)[0] != "C" for character in tidy)
    assert tidy_file_name(tidy) == tidy
