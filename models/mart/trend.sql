MODEL (
  name mart.trend,
  kind FULL,
  description 'Where every series goes now: the slope over the last eight quarters with its 90 % interval, and its direction where that excludes standing still. Exact; what leaves the house is the direction and a rounded slope.',
  grain (version_key, area_key),
  audits (
    whole_grain(columns := (version_key, area_key)),
    not_null(columns := (direction_code, period_key)),
    accepted_values("column" := direction_code, is_in := ('rising', 'falling', 'level', 'insufficient'))
  )
);

WITH ordered AS (
  SELECT
    trend.version_key,
    trend.area_key,
    trend.period_key,
    trend.slope,
    trend.slope - 1.6448536269514722 * trend.slope_error AS slope_lower,
    trend.slope + 1.6448536269514722 * trend.slope_error AS slope_upper,
    ROW_NUMBER() OVER (PARTITION BY trend.version_key, trend.area_key ORDER BY trend.quarter_number DESC) AS age
  FROM core.trend AS trend
)
SELECT
  CAST(ordered.version_key AS INT) AS version_key,
  CAST(ordered.area_key AS INT) AS area_key,
  CAST(ordered.period_key AS INT) AS period_key, /* the last quarter that is final and complete */
  CAST(CASE
    WHEN ordered.slope IS NULL
    THEN 'insufficient'
    WHEN ordered.slope_lower > 0
    THEN 'rising'
    WHEN ordered.slope_upper < 0
    THEN 'falling'
    ELSE 'level'
  END AS TEXT) AS direction_code, /* level: no direction shown beyond chance */
  CAST(ordered.slope AS DOUBLE) AS slope, /* per quarter, in the unit of the indicator */
  CAST(ordered.slope_lower AS DOUBLE) AS slope_lower,
  CAST(ordered.slope_upper AS DOUBLE) AS slope_upper
FROM ordered
WHERE
  ordered.age = 1
