MODEL (
  name core.component,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'What was delivered for each part of each definition version, by area as delivered; strata are kept only where the calculation needs them or figures are shown by age and sex.',
  grain (version_key, part_code, area_key, period_key, stratum_key),
  audits (
    not_null(columns := (version_key, part_code, area_key, period_key, stratum_key))
  )
);

WITH cell AS (
  SELECT
    source.version_key,
    source.part_code,
    observation.area_key,
    source.period_key,
    source.period_start,
    CASE WHEN indicator.kind_code IN ('dsr', 'isr') OR indicator.is_by_stratum THEN observation.stratum_key ELSE 0 END AS stratum_key,
    observation.amount,
    observation.sign_code,
    observation.is_provisional,
    observation.is_revised,
    observation.is_converted,
    source.is_estimated
  FROM core.part_source AS source
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = source.version_key
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = source.dataset_key
  INNER JOIN staging.observation AS observation
    ON observation.measure_key = source.measure_key AND observation.period_key = source.source_period_key
  INNER JOIN reference.stratum AS stratum
    ON stratum.stratum_key = observation.stratum_key
    AND (
      dataset.breakdown_code = 'total'
    ) = (
      stratum.standard_weight IS NULL
    )
    AND (
      dataset.breakdown_code = 'total' OR stratum.age_from >= indicator.age_from
    )
  WHERE
    source.period_start BETWEEN @start_date AND @end_date
)
SELECT
  CAST(cell.version_key AS INT) AS version_key,
  CAST(cell.part_code AS TEXT) AS part_code,
  CAST(cell.area_key AS INT) AS area_key,
  CAST(cell.period_key AS INT) AS period_key,
  CAST(cell.period_start AS DATE) AS period_start,
  CAST(cell.stratum_key AS INT) AS stratum_key, /* 0 where nothing needs strata */
  CAST(SUM(CAST(cell.amount AS DECIMAL(38, 9))) AS DOUBLE) AS amount, /* over the cells that have a number */
  CAST(COUNT(cell.amount) AS INT) AS cell_count, /* cells that have a number */
  CAST(BOOL_OR(CAST(cell.sign_code = 1 AS BOOLEAN)) AS BOOLEAN) AS is_bounded, /* a cell was delivered as <10 */
  CAST(BOOL_OR(CAST(cell.sign_code IN (2, 3) AS BOOLEAN)) AS BOOLEAN) AS is_unknown, /* a cell was delivered as unknown or secret */
  CAST(BOOL_OR(CAST(cell.is_provisional AS BOOLEAN)) AS BOOLEAN) AS is_provisional,
  CAST(BOOL_OR(CAST(cell.is_revised AS BOOLEAN)) AS BOOLEAN) AS is_revised,
  CAST(BOOL_OR(CAST(cell.is_converted AS BOOLEAN)) AS BOOLEAN) AS is_converted,
  CAST(BOOL_OR(CAST(cell.is_estimated AS BOOLEAN)) AS BOOLEAN) AS is_estimated
FROM cell
GROUP BY
  cell.version_key,
  cell.part_code,
  cell.area_key,
  cell.period_key,
  cell.period_start,
  cell.stratum_key
