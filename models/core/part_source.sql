MODEL (
  name core.part_source,
  kind FULL,
  description 'From which period each measure of a version is taken: the period itself, or, for a yearly measure under a quarterly indicator, the same year or else the latest earlier year, which makes the value estimated.',
  grain (version_key, part_code, measure_key, period_key),
  audits (
    whole_grain(columns := (version_key, part_code, measure_key, period_key))
  )
);

WITH wanted AS (
  SELECT
    part.version_key,
    part.part_code,
    part.measure_key,
    part.dataset_key,
    indicator_period.period_key,
    indicator_period.period_start,
    dataset.frequency_code = indicator.frequency_code AS is_same_frequency
  FROM reference.indicator_part AS part
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = part.version_key
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = part.dataset_key
  INNER JOIN core.indicator_period AS indicator_period
    ON indicator_period.version_key = part.version_key
), yearly AS (
  SELECT DISTINCT
    batch.dataset_key,
    batch.period_key,
    batch.period_start
  FROM landing.batch_in_force AS batch
), matched AS (
  SELECT
    wanted.version_key,
    wanted.part_code,
    wanted.measure_key,
    wanted.dataset_key,
    wanted.period_key,
    wanted.period_start,
    wanted.is_same_frequency,
    CASE WHEN wanted.is_same_frequency THEN wanted.period_key ELSE MAX(yearly.period_key) END AS source_period_key
  FROM wanted
  LEFT JOIN yearly
    ON NOT wanted.is_same_frequency
    AND yearly.dataset_key = wanted.dataset_key
    AND yearly.period_start <= wanted.period_start
  GROUP BY
    wanted.version_key,
    wanted.part_code,
    wanted.measure_key,
    wanted.dataset_key,
    wanted.period_key,
    wanted.period_start,
    wanted.is_same_frequency
)
SELECT
  CAST(matched.version_key AS INT) AS version_key,
  CAST(matched.part_code AS TEXT) AS part_code,
  CAST(matched.measure_key AS INT) AS measure_key,
  CAST(matched.dataset_key AS INT) AS dataset_key,
  CAST(matched.period_key AS INT) AS period_key,
  CAST(matched.period_start AS DATE) AS period_start,
  CAST(matched.source_period_key AS INT) AS source_period_key, /* the period in which the measure was delivered */
  CAST(NOT matched.is_same_frequency AND FLOOR(matched.source_period_key / 10.0) < FLOOR(matched.period_key / 10.0) AS BOOLEAN) AS is_estimated /* an earlier year stands in */
FROM matched
WHERE
  NOT matched.source_period_key IS NULL
