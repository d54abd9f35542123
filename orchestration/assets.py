"""The assets that Dagster shows: landing, definitions, the models, the publication.

Each one reads, calls one function of the pipeline and reports; what they do is in `pipeline.py`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from graphlib import TopologicalSorter
from itertools import groupby
from typing import Any

import dagster as dg

from expectations.publication import publication_check_names
from indicators.definitions import definitions as indicator_definitions
from indicators.definitions import kernset
from orchestration.model_catalogue import model_descriptions
from orchestration.partitions import CELLS, cells_of
from orchestration.pipeline import compute, land, publish
from orchestration.publication_judge import warm_up_judge
from orchestration.sqlmesh_bridge import AuditOutcome, ModelDescription
from register.access import OPERATOR
from register.home import Home
from register.publications import PublicationStatus

WAREHOUSE_POOL = "warehouse"
AUDITS = "audits"
LANDING = dg.AssetKey(["landing", "delivery"])
DEFINITIONS = dg.AssetKey(["landing", "definitions"])
PUBLICATION = dg.AssetKey(["publication"])
_DELIVERED = frozenset({"landing.observation", "landing.batch_in_force"})


@dg.asset(
    key=LANDING,
    group_name="landing",
    partitions_def=CELLS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    description="De geaccepteerde rijen per regio en kwartaal, gelezen uit de ruwe bestanden van het register.",
)
def landing_delivery(context: dg.AssetExecutionContext) -> None:
    """Read the accepted rows of each cell in the partition range, so that the models find them."""
    landed = land(Home.from_environment(), cells_of(context.partition_keys))
    context.log.info("%d aanleveringen, waarvan %d opnieuw gelezen", landed.batch_count, landed.read_count)


@dg.asset(
    key=DEFINITIONS,
    group_name="definitions",
    description="De definities van de indicatoren, de kernset en de naslagtabellen, zoals ze in de code staan.",
)
def definitions() -> dg.MaterializeResult[None]:
    """Read every definition; a file that differs from the hash lock stops the run here."""
    metadata: dict[str, Any] = {"kernset": kernset().version, "definities": sorted(indicator_definitions())}
    return dg.MaterializeResult(metadata=metadata)


def _key(model_name: str) -> dg.AssetKey:
    return dg.AssetKey(model_name.split("."))


def _upstream(table: str) -> dg.AssetKey:
    """The asset that makes a table: a model, or one of the two that fill landing."""
    if not table.startswith("landing."):
        return _key(table)
    return LANDING if table in _DELIVERED else DEFINITIONS


def _spec(model: ModelDescription) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=_key(model.name),
        deps={_upstream(name) for name in model.depends_on},
        description=model.description,
        group_name=model.layer,
        code_version=model.data_hash,
        metadata={
            "dagster/column_schema": dg.TableSchema(
                columns=[
                    dg.TableColumn(name=column.name, type=column.type, description=column.description)
                    for column in model.columns
                ]
            ),
            "dagster/column_lineage": dg.TableColumnLineage(
                {
                    column.name: [
                        dg.TableColumnDep(asset_key=_upstream(source.model), column_name=source.column)
                        for source in column.sources
                    ]
                    for column in model.columns
                }
            ),
        },
    )


def _check_specs(models: Sequence[ModelDescription]) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(AUDITS, asset=_key(model.name), description=", ".join(model.audits))
        for model in models
        if model.audits
    ]


def build_models_asset() -> dg.AssetsDefinition:
    """The SQLMesh models as one step: they are computed together, on a copy of the warehouse."""
    models = _in_order(model_descriptions(Home.from_environment()))

    @dg.multi_asset(
        name="models",
        specs=[_spec(model) for model in models],
        check_specs=_check_specs(models),
        pool=WAREHOUSE_POOL,
    )
    def computed(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        warm_up_judge()
        report = compute(Home.from_environment(), say=context.log.info)
        if report.is_accepted:
            yield from (dg.MaterializeResult(asset_key=_key(model.name)) for model in models)
        yield from _check_results(report.audits)
        if not report.is_accepted:
            raise dg.Failure("Een controle op de modellen is niet gehaald; de cijfers in gebruik zijn ongewijzigd.")

    return computed


def _in_order(models: Sequence[ModelDescription]) -> list[ModelDescription]:
    """Every model after those it reads, as Dagster wants to hear of them."""
    by_name = {model.name: model for model in models}
    names = TopologicalSorter({model.name: set(model.depends_on) & set(by_name) for model in models}).static_order()
    return [by_name[name] for name in names]


def _check_results(audits: Sequence[AuditOutcome]) -> Iterator[dg.AssetCheckResult]:
    """One check per model, because every event costs Dagster's storage 13 ms and there are 95 audits."""
    for model_name, group in groupby(sorted(audits, key=lambda audit: audit.model), key=lambda audit: audit.model):
        failing = {audit.name: audit.failing_count for audit in group}
        yield dg.AssetCheckResult(
            asset_key=_key(model_name), check_name=AUDITS, passed=not any(failing.values()), metadata=failing
        )


@cache
def all_assets() -> tuple[dg.AssetsDefinition, ...]:
    """Every asset, in the order of the line; made once, because the models are described by SQLMesh."""
    return (landing_delivery, definitions, build_models_asset(), publication)


def keys_after_landing() -> list[dg.AssetKey]:
    """What is computed when no delivery changed: everything but landing."""
    return sorted(key for asset in all_assets() for key in asset.keys if key != LANDING)


@dg.asset(
    key=PUBLICATION,
    group_name="publication",
    deps=[dg.AssetKey(["mart", "indicator_value"])],
    check_specs=[dg.AssetCheckSpec(name, asset=PUBLICATION) for name in publication_check_names()],
    pool=WAREHOUSE_POOL,
    description="De onveranderlijke momentopname van alle beschermde cijfers, met manifest.",
)
def publication(
    context: dg.AssetExecutionContext,
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Judge the figures and make a concept publication of them."""
    report = publish(Home.from_environment(), status=PublicationStatus.CONCEPT, actor=OPERATOR, say=context.log.info)
    for check in report.checks:
        yield dg.AssetCheckResult(
            check_name=check.name,
            passed=check.passed,
            metadata={"melding": check.message, "aantal": check.failing_count},
        )
    if report.manifest is None:
        raise dg.Failure("Een controle op de publicatie is niet gehaald; de vorige publicatie blijft staan.")
    yield dg.MaterializeResult(metadata={"publicatie": report.manifest.id, "bestanden": len(report.manifest.inputs)})
