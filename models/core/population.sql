MODEL (
  name core.population,
  kind FULL,
  description 'Inhabitants of each gemeente, the weight of coverage, for every period: of 1 January of the same year, else the latest earlier year, else the earliest later one; 1 where no population is known.',
  grain (period_key, area_key),
  audits (
    whole_grain(columns := (period_key, area_key))
  )
);

WITH counted AS (
  SELECT
    observation.period_key,
    observation.area_key,
    CAST(SUM(CAST(observation.amount AS DECIMAL(38, 9))) AS DOUBLE) AS inhabitants
  FROM staging.observation AS observation
  INNER JOIN reference.measure AS measure
    ON measure.measure_key = observation.measure_key
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = measure.dataset_key AND dataset.dataset_code = 'population'
  INNER JOIN reference.stratum AS stratum
    ON stratum.stratum_key = observation.stratum_key
    AND (
      stratum.standard_weight IS NULL
    ) = (
      dataset.breakdown_code = 'total'
    )
  GROUP BY
    observation.period_key,
    observation.area_key
), counted_year AS (
  SELECT DISTINCT
    counted.period_key
  FROM counted
), chosen_year AS (
  SELECT
    period.period_key,
    COALESCE(
      MAX(CASE WHEN counted_year.period_key <= period.period_key THEN counted_year.period_key END),
      MIN(counted_year.period_key)
    ) AS source_period_key
  FROM core.period AS period
  LEFT JOIN counted_year
    ON TRUE
  GROUP BY
    period.period_key
)
SELECT
  CAST(chosen_year.period_key AS INT) AS period_key,
  CAST(area.area_key AS INT) AS area_key,
  CAST(area.region_key AS INT) AS region_key,
  CAST(COALESCE(counted.inhabitants, 1) AS DOUBLE) AS inhabitants
FROM chosen_year
CROSS JOIN reference.area AS area
LEFT JOIN counted
  ON counted.period_key = chosen_year.source_period_key AND counted.area_key = area.area_key
WHERE
  area.is_reporting AND area.level_code = 'gemeente' AND NOT area.region_key IS NULL
