MODEL (
  name core.wijk_status,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'The wijken for which anything was delivered, per version that has figures of wijken: whether every part is complete. A wijk is never added to anything; its gemeente has its own figure.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key))
  )
);

WITH part_count AS (
  SELECT
    part.version_key,
    COUNT(part.part_code) AS part_count
  FROM core.part AS part
  GROUP BY
    part.version_key
)
SELECT
  CAST(area_part.version_key AS INT) AS version_key,
  CAST(area_part.area_key AS INT) AS area_key,
  CAST(area_part.period_key AS INT) AS period_key,
  CAST(area_part.period_start AS DATE) AS period_start,
  CAST(BOOL_OR(CAST(area_part.part_code IN ('numerator', 'minus_numerator') AS BOOLEAN)) AS BOOLEAN) AS is_delivered, /* anything of the numerator */
  CAST(BOOL_AND(CAST(area_part.is_usable AS BOOLEAN)) AND COUNT(area_part.part_code) = MAX(part_count.part_count) AS BOOLEAN) AS is_usable, /* every part is complete */
  CAST(BOOL_OR(CAST(area_part.is_bounded AS BOOLEAN)) AS BOOLEAN) AS is_bounded,
  CAST(BOOL_OR(CAST(area_part.is_unknown AS BOOLEAN)) AS BOOLEAN) AS is_unknown
FROM core.area_part AS area_part
INNER JOIN reference.indicator AS indicator
  ON indicator.version_key = area_part.version_key AND indicator.is_wijk_level
INNER JOIN reference.area AS area
  ON area.area_key = area_part.area_key AND area.level_code = 'wijk' AND area.is_reporting
INNER JOIN part_count
  ON part_count.version_key = area_part.version_key
WHERE
  area_part.period_start BETWEEN @start_date AND @end_date
GROUP BY
  area_part.version_key,
  area_part.area_key,
  area_part.period_key,
  area_part.period_start
