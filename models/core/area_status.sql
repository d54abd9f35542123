MODEL (
  name core.area_status,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'How complete the figure of each version, area and period is, at every level; the country is what is delivered for it as a whole, or else the sum of the regions that have a figure.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key)),
    forall(criteria := (
      coverage BETWEEN 0 AND 1
    ))
  )
);

WITH gemeente AS (
  SELECT
    status.version_key,
    status.area_key,
    'gemeente' AS level_code,
    status.period_key,
    status.period_start,
    status.is_delivered,
    CASE WHEN status.is_usable THEN 1.0 ELSE 0.0 END AS coverage,
    status.is_bounded,
    status.is_unknown,
    FALSE AS is_part_bounded
  FROM core.gemeente_status AS status
  WHERE
    status.period_start BETWEEN @start_date AND @end_date
), wijk AS (
  SELECT
    status.version_key,
    status.area_key,
    'wijk' AS level_code,
    status.period_key,
    status.period_start,
    status.is_delivered,
    CASE WHEN status.is_usable THEN 1.0 ELSE 0.0 END AS coverage,
    status.is_bounded,
    status.is_unknown,
    FALSE AS is_part_bounded
  FROM core.wijk_status AS status
  WHERE
    status.period_start BETWEEN @start_date AND @end_date
), region AS (
  SELECT
    status.version_key,
    status.area_key,
    'zorgkantoorregio' AS level_code,
    status.period_key,
    status.period_start,
    status.is_delivered,
    status.coverage,
    status.is_bounded,
    status.is_unknown,
    status.is_part_bounded
  FROM core.region_status AS status
  WHERE
    status.period_start BETWEEN @start_date AND @end_date
), country_sum AS (
  SELECT
    status.version_key,
    area.area_key,
    status.period_key,
    status.period_start,
    BOOL_OR(CAST(status.is_delivered AS BOOLEAN)) AS is_delivered,
    CASE
      WHEN BOOL_AND(CAST(status.coverage = 1 AS BOOLEAN))
      THEN 1
      ELSE CAST(SUM(CAST(status.coverage * status.inhabitants AS DECIMAL(38, 9))) AS DOUBLE) / NULLIF(CAST(SUM(CAST(status.inhabitants AS DECIMAL(38, 9))) AS DOUBLE), 0)
    END AS coverage,
    BOOL_OR(CAST(status.is_bounded OR status.is_part_bounded AS BOOLEAN)) AS is_part_bounded
  FROM core.region_status AS status
  CROSS JOIN reference.area AS area
  WHERE
    area.level_code = 'landelijk' AND status.period_start BETWEEN @start_date AND @end_date
  GROUP BY
    status.version_key,
    area.area_key,
    status.period_key,
    status.period_start
), country AS (
  SELECT
    country_sum.version_key,
    country_sum.area_key,
    'landelijk' AS level_code,
    country_sum.period_key,
    country_sum.period_start,
    country_sum.is_delivered OR NOT own.version_key IS NULL AS is_delivered,
    CASE WHEN own.version_key IS NULL THEN country_sum.coverage WHEN own.is_usable THEN 1 ELSE 0 END AS coverage,
    COALESCE(own.is_bounded, FALSE) AS is_bounded,
    COALESCE(own.is_unknown, FALSE) AS is_unknown,
    own.version_key IS NULL AND country_sum.is_part_bounded AS is_part_bounded
  FROM country_sum
  LEFT JOIN core.country_status AS own
    ON own.version_key = country_sum.version_key
    AND own.area_key = country_sum.area_key
    AND own.period_key = country_sum.period_key
), classification AS (
  SELECT
    status.version_key,
    status.area_key,
    status.level_code,
    status.period_key,
    status.period_start,
    status.is_delivered,
    status.coverage,
    FALSE AS is_bounded,
    FALSE AS is_unknown,
    status.is_part_bounded
  FROM core.classification_status AS status
  WHERE
    status.period_start BETWEEN @start_date AND @end_date
), every_level AS (
  SELECT
    *
  FROM gemeente
  UNION ALL
  SELECT
    *
  FROM wijk
  UNION ALL
  SELECT
    *
  FROM classification
  UNION ALL
  SELECT
    *
  FROM region
  UNION ALL
  SELECT
    *
  FROM country
)
SELECT
  CAST(every_level.version_key AS INT) AS version_key,
  CAST(every_level.area_key AS INT) AS area_key,
  CAST(every_level.level_code AS TEXT) AS level_code,
  CAST(every_level.period_key AS INT) AS period_key,
  CAST(every_level.period_start AS DATE) AS period_start,
  CAST(every_level.is_delivered AS BOOLEAN) AS is_delivered, /* anything of the numerator, by the area or a part of it */
  CAST(COALESCE(every_level.coverage, 0) AS DOUBLE) AS coverage, /* share of the inhabitants, 0 to 1 */
  CAST(every_level.is_bounded AS BOOLEAN) AS is_bounded, /* delivered as <10 */
  CAST(every_level.is_unknown AS BOOLEAN) AS is_unknown, /* delivered as unknown or secret */
  CAST(every_level.is_part_bounded AS BOOLEAN) AS is_part_bounded /* a part of the sum was delivered as <10 */
FROM every_level
