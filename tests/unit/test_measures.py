"""The catalogue of datasets and measures, and how YAML becomes models."""

from pathlib import Path

import pytest

from indicators.errors import DefinitionError, UnknownCodeError
from indicators.measures import Catalogue, Dataset, Source, catalogue
from indicators.yaml_models import read_model, read_models

DATASET = """
code: ABC01
key: 9
name: Voorbeeld
source: delivery
owner: regio
frequency: quarter
level: gemeente
breakdown: total
measures:
  - {code: ABC01.teller, key: 901, name: Teller, unit: personen}
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "example.yaml"
    path.write_text(text, "utf-8")
    return path


def test_keys_are_unique_and_measures_belong_to_their_dataset() -> None:
    found = catalogue()
    assert len({dataset.key for dataset in found.datasets.values()}) == len(found.datasets)
    assert len({measure.key for measure in found.measures.values()}) == len(found.measures)
    assert all(found.dataset_of(code).code == code.split(".")[0] for code in found.measures)


def test_the_key_of_a_measure_begins_with_that_of_its_dataset() -> None:
    for dataset in catalogue().datasets.values():
        if dataset.key >= 100:
            numbers = range(100 * dataset.key + 1, 100 * dataset.key + 1 + len(dataset.measures))
            assert [measure.key for measure in dataset.measures] == list(numbers), dataset.code


def test_delivered_datasets_have_no_measures_of_open_data() -> None:
    delivered = catalogue().delivered()
    assert {"PRE01", "PRE02", "OUD10", "KWA01"} <= {dataset.code for dataset in delivered}
    assert not {"vektis", "population", "gezondheidsmonitor", "KOS02", "PRO01"} & {
        dataset.code for dataset in delivered
    }
    assert catalogue().dataset("vektis").source is Source.OPEN_DATA


def test_unknown_dataset_is_named() -> None:
    with pytest.raises(UnknownCodeError, match="XYZ"):
        catalogue().dataset("XYZ")


def test_a_key_used_twice_is_refused(tmp_path: Path) -> None:
    dataset = read_model(Dataset, _file(tmp_path, DATASET))
    other = dataset.model_copy(update={"code": "ABC02"})
    with pytest.raises(DefinitionError, match="dataset key is used twice"):
        Catalogue((dataset, other))
    with pytest.raises(DefinitionError, match="measure key is used twice"):
        Catalogue((dataset, other.model_copy(update={"key": 10})))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("key: 9\n", "key: '9'\n", "key"),
        ("key: 9\n", "key: 9\nsurprise: 1\n", "surprise"),
        ("level: gemeente", "level: provincie", "level"),
        ("ABC01.teller", "ABC02.teller", "must begin with"),
        ("name: Voorbeeld", "name: 5", "name"),
        ("name: Voorbeeld", "name: {a: [", "not YAML"),
        ("name: Voorbeeld", "name: 2025-01-01", None),
    ],
)
def test_faulty_yaml_is_refused_with_its_place(tmp_path: Path, old: str, new: str, message: str | None) -> None:
    file = _file(tmp_path, DATASET.replace(old, new, 1))
    if message is None:
        assert read_model(Dataset, file).name == "2025-01-01"
        return
    with pytest.raises(DefinitionError, match=rf"(?s)example\.yaml.*{message}"):
        read_model(Dataset, file)


def test_a_list_of_models_names_the_entry(tmp_path: Path) -> None:
    entry = "- " + DATASET.strip().replace("\n", "\n  ") + "\n"
    assert len(read_models(Dataset, _file(tmp_path, entry))) == 1
    with pytest.raises(DefinitionError, match="entry 2"):
        read_models(Dataset, _file(tmp_path, entry + entry.replace("level: gemeente", "level: x")))
    with pytest.raises(DefinitionError, match="must hold a list"):
        read_models(Dataset, _file(tmp_path, DATASET))
