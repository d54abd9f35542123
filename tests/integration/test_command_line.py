"""`jzojp` as somebody at a terminal meets it: answers, exit codes and errors that name the remedy."""

import json
from pathlib import Path

import pytest

from orchestration import command_line
from register.home import Home


@pytest.fixture
def jzojp(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run one command in this process: (exit code, stdout, stderr)."""

    def run(home: Home | Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("JZOJP_HOME", str(home.path if isinstance(home, Home) else home))
        monkeypatch.setattr("sys.argv", ["jzojp", *arguments])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        out, err = capsys.readouterr()
        code = stopped.value.code
        return (code if isinstance(code, int) else 0), out, err

    return run


def delivery(folder: Path, *rows: str) -> str:
    path = folder / "levering.csv"
    path.write_text("\n".join(["Indicator;Periode;Gebiedscode;Teller;Noemer", *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_a_good_file_is_accepted(jzojp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = delivery(tmp_path, "PRE02;2025Q4;GM0080;801;6675")
    code, out, _ = jzojp(
        tmp_path / "home", "submit", file, "--region", "ZK08", "--period", "2025Q4", "--format", "json"
    )
    answer = json.loads(out)
    assert code == 0
    assert answer["outcome"] == "accepted"
    assert answer["rows_read"] == 1
    assert isinstance(answer["submission"], int)
    code, out, _ = jzojp(tmp_path / "home", "status", "--format", "json")
    assert json.loads(out)["submissions"][0]["state"] == "accepted"
    assert json.loads(out)["is_behind"] is True


def test_a_bad_file_is_refused_with_place_value_rule_and_remedy(jzojp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = delivery(tmp_path, "PRE02;2025Q4;GM0080;veel;6675", "PRE02;2025Q4;GM0344;1;100")
    code, out, _ = jzojp(
        tmp_path / "home", "submit", file, "--region", "ZK08", "--period", "2025Q4", "--format", "json"
    )
    errors = [item for item in json.loads(out)["findings"] if item["severity"] == "error"]
    assert code == 1
    assert [(item["row"], item["column"], item["value"]) for item in errors] == [
        (2, "Teller", "veel"),
        (3, "Gebiedscode", "GM0344"),
    ]
    assert all(item["rule"] and item["message"] and item["remedy"] for item in errors)


def test_a_dry_run_keeps_nothing(jzojp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = delivery(tmp_path, "PRE02;2025Q4;GM0080;801;6675")
    arguments = ("submit", file, "--region", "ZK08", "--period", "2025Q4", "--dry-run", "--format", "json")
    code, out, _ = jzojp(tmp_path / "home", *arguments)
    assert (code, json.loads(out)["submission"]) == (0, None)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("values", "PRE02", "--period", "ooit"), "geen periode"),
        (("values", "PRE02", "--level", "straat"), "geen niveau"),
        (("values", "XXX99"), "kies uit"),
        (("values", "PRE02", "--area", "ZK99"), "ZK99"),
        (("submit", "/geen/bestand.csv", "--region", "ZK08", "--period", "2025Q4"), "bestand"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(jzojp, demo_home: Home, arguments: tuple[str, ...], told: str) -> None:  # type: ignore[no-untyped-def]
    code, _, err = jzojp(demo_home, *arguments)
    assert code == 2
    assert told in err


def test_without_a_publication_the_remedy_is_named(jzojp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = jzojp(tmp_path / "home", "values", "PRE02")
    assert code == 3
    assert "jzojp publish" in err


def test_values_as_csv_and_json_name_version_publication_and_interval(jzojp, demo_home: Home) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = jzojp(demo_home, "values", "GGZ03", "--level", "region", "--period", "2026Q2", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert len({row["area_code"] for row in rows}) == 31
    for row in rows:
        assert row["indicator_version"] == 1
        assert row["publication_id"]
        if row["value"] is not None:
            assert row["lower_95"] <= row["value"] <= row["upper_95"]
    _, out, _ = jzojp(demo_home, "values", "GGZ03", "--area", "ZK09", "--view", "own", "--format", "csv")
    assert out.splitlines()[0].startswith("publication_id,")
    assert len(out.splitlines()) == 9


def test_values_by_age_and_sex_name_the_group_and_leave_the_total_out(jzojp, demo_home: Home) -> None:  # type: ignore[no-untyped-def]
    asked = ("values", "OUD01", "--area", "ZK09", "--period", "2026Q2", "--format", "json")
    _, out, _ = jzojp(demo_home, *asked)
    assert len(json.loads(out)) == 1
    for view in ("published", "own"):
        _, out, _ = jzojp(demo_home, *asked, "--by", "age_sex", "--view", view)
        rows = json.loads(out)
        assert len({(row["age_group"], row["sex"]) for row in rows}) == len(rows) == 11
        assert ("totaal", "totaal") not in {(row["age_group"], row["sex"]) for row in rows}
        assert {row["interval_method"] for row in rows} == {"byar"}
    _, out, _ = jzojp(demo_home, "values", "PRE02", "--by", "age_sex", "--format", "json")
    assert json.loads(out) == []


def test_open_data_without_a_column_is_refused(jzojp, demo_home: Home) -> None:  # type: ignore[no-untyped-def]
    whole = (demo_home.demo_path / "fictief_vektis_2023_gemeente.csv").read_text("utf-8").splitlines()
    name = "kosten_eerstelijnsverblijf"
    place = whole[0].split(";").index(name)
    file = demo_home.path / "vektis_2023_gemeente.csv"
    lines = [";".join(cell for n, cell in enumerate(line.split(";")) if n != place) for line in whole]
    file.write_text("\n".join(lines), encoding="utf-8")
    code, _, err = jzojp(demo_home, "ingest", "vektis", str(file))
    assert code == 1
    assert name in err
    assert "niets opgeslagen" in err


def test_a_template_is_written_once_and_never_over_a_file_that_is_there(  # type: ignore[no-untyped-def]
    jzojp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("template", "--region", "ZK08", "--period", "4e kwartaal 2025", "--as", "csv")
    code, out, _ = jzojp(tmp_path / "home", *arguments)
    assert (code, out) == (0, "sjabloon_ZK08_2025Q4.csv\n")
    assert (tmp_path / out.strip()).read_text("utf-8-sig").startswith("Indicator;Periode;")
    code, _, err = jzojp(tmp_path / "home", *arguments)
    assert code == 2
    assert "bestaat al" in err


def test_a_template_goes_where_it_is_asked_and_a_machine_hears_where(jzojp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    arguments = ("template", "--region", "ZK08", "--period", "2025Q4", "--format", "json", "--output")
    code, out, _ = jzojp(tmp_path / "home", *arguments, str(tmp_path / "eigen.xlsx"))
    assert code == 0
    assert json.loads(out)["path"] == str(tmp_path / "eigen.xlsx")
    assert (tmp_path / "eigen.xlsx").read_bytes().startswith(b"PK")
    code, _, err = jzojp(tmp_path / "home", *arguments, str(tmp_path / "nergens" / "eigen.xlsx"))
    assert code == 2
    assert "bestaat niet" in err


def test_a_template_of_no_region_is_wrong_use(jzojp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = jzojp(tmp_path / "home", "template", "--region", "GM0080", "--period", "2025Q4")
    assert code == 2
    assert "geen zorgkantoorregio" in err
