MODEL (
  name core.region_status,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'For each version, zorgkantoorregio and period: which share of the population the figure covers. What the region delivers itself covers all of it; a sum covers the gemeenten that count.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key)),
    forall(criteria := (
      coverage BETWEEN 0 AND 1
    ))
  )
);

WITH summed AS (
  SELECT
    gemeente.version_key,
    gemeente.region_key,
    gemeente.period_key,
    gemeente.period_start,
    CAST(SUM(CAST(gemeente.inhabitants AS DECIMAL(38, 9))) AS DOUBLE) AS inhabitants,
    BOOL_OR(CAST(gemeente.is_delivered AS BOOLEAN)) AS is_delivered,
    BOOL_OR(CAST(gemeente.is_bounded_in_region AS BOOLEAN)) AS is_bounded,
    CASE
      WHEN BOOL_AND(CAST(gemeente.is_counted AS BOOLEAN))
      THEN 1
      ELSE CAST(SUM(CAST(CASE WHEN gemeente.is_counted THEN gemeente.inhabitants ELSE 0 END AS DECIMAL(38, 9))) AS DOUBLE) / NULLIF(CAST(SUM(CAST(gemeente.inhabitants AS DECIMAL(38, 9))) AS DOUBLE), 0)
    END AS coverage
  FROM core.gemeente_status AS gemeente
  WHERE
    gemeente.period_start BETWEEN @start_date AND @end_date
  GROUP BY
    gemeente.version_key,
    gemeente.region_key,
    gemeente.period_key,
    gemeente.period_start
), part_count AS (
  SELECT
    part.version_key,
    COUNT(part.part_code) AS part_count
  FROM core.part AS part
  GROUP BY
    part.version_key
), delivered AS (
  SELECT
    area_part.version_key,
    area_part.area_key,
    area_part.period_key,
    COUNT(area_part.part_code) AS part_count,
    BOOL_AND(CAST(area_part.is_usable AS BOOLEAN)) AS is_usable,
    BOOL_OR(CAST(area_part.is_bounded AS BOOLEAN)) AS is_bounded,
    BOOL_OR(CAST(area_part.is_unknown AS BOOLEAN)) AS is_unknown,
    BOOL_OR(CAST(area_part.part_code IN ('numerator', 'minus_numerator') AS BOOLEAN)) AS is_delivered
  FROM core.area_part AS area_part
  WHERE
    area_part.period_start BETWEEN @start_date AND @end_date
  GROUP BY
    area_part.version_key,
    area_part.area_key,
    area_part.period_key
)
SELECT
  CAST(summed.version_key AS INT) AS version_key,
  CAST(summed.region_key AS INT) AS area_key,
  CAST(summed.period_key AS INT) AS period_key,
  CAST(summed.period_start AS DATE) AS period_start,
  CAST(summed.inhabitants AS DOUBLE) AS inhabitants,
  CAST(summed.is_delivered OR COALESCE(delivered.is_delivered, FALSE) AS BOOLEAN) AS is_delivered,
  CAST(CASE
    WHEN NOT COALESCE(delivered.is_usable, TRUE)
    THEN 0
    WHEN COALESCE(delivered.part_count, 0) = part_count.part_count
    THEN 1
    WHEN COALESCE(delivered.part_count, 0) > 0 AND COALESCE(summed.coverage, 0) < 1
    THEN 0
    ELSE COALESCE(summed.coverage, 0)
  END AS DOUBLE) AS coverage, /* share of the inhabitants, 0 to 1; a delivered part beside an incomplete sum covers nothing */
  CAST(COALESCE(delivered.is_bounded, FALSE) AS BOOLEAN) AS is_bounded, /* delivered by the region as <10 */
  CAST(COALESCE(delivered.is_unknown, FALSE) AS BOOLEAN) AS is_unknown, /* delivered by the region as unknown or secret */
  CAST(COALESCE(delivered.part_count, 0) < part_count.part_count AND summed.is_bounded AS BOOLEAN) AS is_part_bounded /* a gemeente was delivered as <10 */
FROM summed
INNER JOIN part_count
  ON part_count.version_key = summed.version_key
LEFT JOIN delivered
  ON delivered.version_key = summed.version_key
  AND delivered.area_key = summed.region_key
  AND delivered.period_key = summed.period_key
