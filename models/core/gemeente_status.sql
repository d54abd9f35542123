MODEL (
  name core.gemeente_status,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'For each version, gemeente and period, delivered or not: whether its parts are complete and whether they count in the sum of its region. A part that the region delivers itself is not asked of its gemeenten.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key))
  )
);

WITH wanted AS (
  SELECT
    indicator_period.version_key,
    indicator_period.period_key,
    indicator_period.period_start,
    part.part_code,
    population.area_key,
    population.region_key,
    population.inhabitants
  FROM core.indicator_period AS indicator_period
  INNER JOIN core.part AS part
    ON part.version_key = indicator_period.version_key
  INNER JOIN core.population AS population
    ON population.period_key = indicator_period.period_key
  WHERE
    indicator_period.period_start BETWEEN @start_date AND @end_date
), matched AS (
  SELECT
    wanted.version_key,
    wanted.area_key,
    wanted.region_key,
    wanted.period_key,
    wanted.period_start,
    wanted.inhabitants,
    NOT own.part_code IS NULL AND wanted.part_code IN ('numerator', 'minus_numerator') AS is_delivered,
    NOT region.part_code IS NULL AS is_of_region,
    COALESCE(own.is_usable, FALSE) AS is_usable,
    COALESCE(own.is_bounded, FALSE) AS is_bounded,
    COALESCE(own.is_unknown, FALSE) AS is_unknown
  FROM wanted
  LEFT JOIN core.area_part AS own
    ON own.version_key = wanted.version_key
    AND own.part_code = wanted.part_code
    AND own.area_key = wanted.area_key
    AND own.period_key = wanted.period_key
  LEFT JOIN core.area_part AS region
    ON region.version_key = wanted.version_key
    AND region.part_code = wanted.part_code
    AND region.area_key = wanted.region_key
    AND region.period_key = wanted.period_key
)
SELECT
  CAST(matched.version_key AS INT) AS version_key,
  CAST(matched.area_key AS INT) AS area_key,
  CAST(matched.region_key AS INT) AS region_key,
  CAST(matched.period_key AS INT) AS period_key,
  CAST(matched.period_start AS DATE) AS period_start,
  CAST(MAX(matched.inhabitants) AS DOUBLE) AS inhabitants,
  CAST(BOOL_OR(CAST(matched.is_delivered AS BOOLEAN)) AS BOOLEAN) AS is_delivered, /* anything of the numerator */
  CAST(BOOL_AND(CAST(matched.is_usable AS BOOLEAN)) AS BOOLEAN) AS is_usable, /* every part is complete */
  CAST(BOOL_AND(CAST(matched.is_usable OR matched.is_of_region AS BOOLEAN)) AS BOOLEAN) AS is_counted, /* every part that the region does not deliver is complete */
  CAST(BOOL_OR(CAST(matched.is_bounded AS BOOLEAN)) AS BOOLEAN) AS is_bounded,
  CAST(BOOL_OR(CAST(matched.is_unknown AS BOOLEAN)) AS BOOLEAN) AS is_unknown,
  CAST(BOOL_OR(CAST(matched.is_bounded AND NOT matched.is_of_region AS BOOLEAN)) AS BOOLEAN) AS is_bounded_in_region /* a part that counts in the region was delivered as <10 */
FROM matched
GROUP BY
  matched.version_key,
  matched.area_key,
  matched.region_key,
  matched.period_key,
  matched.period_start
