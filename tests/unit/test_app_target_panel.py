"""What readers are told about a national doelstelling, and which one may stand in a picture."""

from app.target_panel import drawable_target, number_sentence, target_html
from app.target_records import Target
from indicators.agreed_path import Direction
from indicators.definitions import Theme
from indicators.targets import ProgressGap, TargetKind, TargetStatus

TARGET = Target(
    target_code="D08",
    issuer="GALA",
    text="14 % krijgt een inschatting",
    theme_code=Theme.PREVENTIE,
    kind_code=TargetKind.LEVEL,
    direction_code=Direction.AT_LEAST,
    value=14.0,
    unit="%",
    status_code=TargetStatus.GELDEND,
    indicator_code="PRE02",
    level_value=14.0,
    gap_code=ProgressGap.NO_BASE,
    source="veiligheid.nl",
    certainty="bevestigd",
)


def changed(**fields: object) -> Target:
    return TARGET.model_copy(update=fields)


def test_a_target_is_drawn_only_in_the_unit_of_the_indicator_and_while_it_stands() -> None:
    other = [
        changed(level_value=None),
        changed(status_code=TargetStatus.VERLOPEN),
        changed(status_code=TargetStatus.LOSGELATEN),
        changed(is_current=False),
    ]
    assert drawable_target(other) is None
    assert drawable_target([*other, TARGET]) == 14.0


def test_a_target_without_a_number_shows_no_number() -> None:
    made = target_html([changed(value=None, level_value=None, text="snel genoeg")])
    assert "Er is geen getal afgesproken." in made
    assert not any(letter.isdigit() for letter in made)


def test_a_target_says_its_number_its_status_and_what_lacks() -> None:
    made = target_html([TARGET])
    assert "Doel: ten minste 14 %." in made
    assert "Geen voortgangscijfer: er is geen uitgangssituatie afgesproken." in made
    assert "Status: geldend. Bron: veiligheid.nl (bevestigd)." in made


def test_a_relative_change_says_relative_to_what() -> None:
    relative = changed(
        kind_code=TargetKind.RELATIVE_CHANGE, direction_code=Direction.DECREASE, value=-20.0, target_period_code="2025"
    )
    assert number_sentence(relative) == "Doel: 20 % minder dan in het begin, te halen in 2025."


def test_an_earlier_version_stays_readable_below_the_one_that_holds() -> None:
    made = target_html([changed(is_current=False), changed(target_version=2, value=16.0, reason="Bijgesteld.")])
    assert made.index("ten minste 16 %") < made.index("ten minste 14 %")
    assert "Versie 2: Bijgesteld." in made
    assert "Dit was versie 1; er is een latere." in made


def test_a_target_of_an_old_publication_can_still_be_read() -> None:
    row = {
        "target_code": "D10", "issuer": "Treeknormen", "text": "4 weken", "value": 4.0, "unit": "weken",
        "kind_code": "at_most", "base": None, "year": 2020, "status_code": "geldend", "indicator_code": "GGZ01",
        "indicator_version": 1, "has_indicator": True, "source": "vzinfo.nl", "certainty": "bevestigd",
    }  # fmt: skip
    old = Target.model_validate(row)
    assert (old.target_version, old.is_current, old.kind_code) == (1, True, TargetKind.LEVEL)
    assert "Doel: 4 weken." in target_html([old])
