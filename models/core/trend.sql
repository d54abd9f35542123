MODEL (
  name core.trend,
  kind FULL,
  description 'What a series of quarters says about its change, seen from each of its quarters (METHODS 4): the weighted slope over the last eight, and the sums from which the pace lost over the last six of twelve follows, whatever pace was agreed. Quarters of a rolling year are taken four times, so that all is in the unit of the year. Variation beyond chance is pooled over the regions.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key)),
    not_null(columns := (quarter_number, value, half_width, slope_count, kink_count, extra_variation)),
    forall(criteria := (slope_count < 5 OR slope_error > 0, kink_count < 8 OR kink_spread > 0))
  )
);

WITH adjusted AS (
  SELECT
    point.version_key,
    point.area_key,
    point.level_code,
    point.period_key,
    point.quarter_number,
    point.value * scale.factor AS value,
    point.half_width * scale.factor AS half_width,
    POWER(point.half_width * scale.factor / 1.959963984540054, 2) AS variance
  FROM core.trend_point AS point
  INNER JOIN (
    SELECT
      indicator.version_key,
      quarter.season_number,
      CASE WHEN indicator.window_code = 'rolling_year' THEN 4 ELSE 1 END / COALESCE(season.factor, 1) AS factor
    FROM reference.indicator AS indicator
    CROSS JOIN (
      SELECT DISTINCT
        season_number
      FROM core.trend_point
    ) AS quarter
    LEFT JOIN core.season AS season
      ON season.version_key = indicator.version_key AND season.season_number = quarter.season_number
  ) AS scale
    ON scale.version_key = point.version_key AND scale.season_number = point.season_number
  WHERE
    point.half_width > 0
), seen AS (
  SELECT
    now.version_key,
    now.area_key,
    now.level_code,
    now.quarter_number,
    CAST(earlier.quarter_number - now.quarter_number AS DOUBLE) AS time, /* 0 is now */
    CAST(GREATEST(0, earlier.quarter_number - now.quarter_number + 6) AS DOUBLE) AS kink,
    earlier.quarter_number > now.quarter_number - 8 AS is_in_slope,
    earlier.value - now.value AS value,
    earlier.variance
  FROM adjusted AS now
  INNER JOIN adjusted AS earlier
    ON earlier.version_key = now.version_key
    AND earlier.area_key = now.area_key
    AND earlier.quarter_number <= now.quarter_number
    AND earlier.quarter_number > now.quarter_number - 12
), plain AS (
  SELECT
    seen.version_key,
    seen.quarter_number,
    COUNT(*) AS point_count,
    AVG(seen.variance) AS mean_variance,
    SUM(seen.time * seen.time) - SUM(seen.time) * SUM(seen.time) / COUNT(*) AS time_spread,
    SUM(seen.time * seen.value) - SUM(seen.time) * SUM(seen.value) / COUNT(*) AS together,
    SUM(seen.value * seen.value) - SUM(seen.value) * SUM(seen.value) / COUNT(*) AS value_spread
  FROM seen
  WHERE
    seen.is_in_slope AND seen.level_code = 'zorgkantoorregio'
  GROUP BY
    seen.version_key,
    seen.area_key,
    seen.quarter_number
  HAVING
    COUNT(*) >= 5
), pooled AS (
  SELECT
    plain.version_key,
    plain.quarter_number,
    GREATEST(
      0,
      AVG(
        (
          plain.value_spread - plain.together * plain.together / plain.time_spread
        ) / (
          plain.point_count - 2
        ) - plain.mean_variance
      )
    ) AS extra_variation
  FROM plain
  GROUP BY
    plain.version_key,
    plain.quarter_number
), weighted AS (
  SELECT
    seen.version_key,
    seen.area_key,
    seen.quarter_number,
    seen.time,
    seen.kink,
    seen.is_in_slope,
    seen.value,
    COALESCE(pooled.extra_variation, 0) AS extra_variation,
    1 / (
      seen.variance + COALESCE(pooled.extra_variation, 0)
    ) AS weight
  FROM seen
  LEFT JOIN pooled
    ON pooled.version_key = seen.version_key AND pooled.quarter_number = seen.quarter_number
), slope_sum AS (
  SELECT
    weighted.version_key,
    weighted.area_key,
    weighted.quarter_number,
    COUNT(*) AS point_count,
    SUM(weighted.weight) AS total,
    SUM(weighted.weight * weighted.time) AS time,
    SUM(weighted.weight * weighted.value) AS value,
    SUM(weighted.weight * weighted.time * weighted.time) AS time_time,
    SUM(weighted.weight * weighted.time * weighted.value) AS time_value
  FROM weighted
  WHERE
    weighted.is_in_slope
  GROUP BY
    weighted.version_key,
    weighted.area_key,
    weighted.quarter_number
), slope AS (
  SELECT
    slope_sum.version_key,
    slope_sum.area_key,
    slope_sum.quarter_number,
    slope_sum.point_count,
    slope_sum.time / slope_sum.total AS mean_time,
    slope_sum.value / slope_sum.total AS mean_value,
    slope_sum.time_time - slope_sum.time * slope_sum.time / slope_sum.total AS time_spread,
    slope_sum.time_value - slope_sum.time * slope_sum.value / slope_sum.total AS together
  FROM slope_sum
), kink AS (
  SELECT
    weighted.version_key,
    weighted.area_key,
    weighted.quarter_number,
    COUNT(*) AS point_count,
    MAX(weighted.extra_variation) AS extra_variation,
    SUM(weighted.weight * weighted.kink * weighted.time) - SUM(weighted.weight * weighted.kink) * SUM(weighted.weight * weighted.time) / SUM(weighted.weight) AS kink_time,
    SUM(weighted.weight * weighted.kink * weighted.value) - SUM(weighted.weight * weighted.kink) * SUM(weighted.weight * weighted.value) / SUM(weighted.weight) AS kink_value,
    SUM(weighted.weight * weighted.kink * weighted.kink) - SUM(weighted.weight * weighted.kink) * SUM(weighted.weight * weighted.kink) / SUM(weighted.weight) AS kink_spread
  FROM weighted
  GROUP BY
    weighted.version_key,
    weighted.area_key,
    weighted.quarter_number
)
SELECT
  CAST(adjusted.version_key AS INT) AS version_key,
  CAST(adjusted.area_key AS INT) AS area_key,
  CAST(adjusted.period_key AS INT) AS period_key,
  CAST(adjusted.quarter_number AS INT) AS quarter_number,
  CAST(adjusted.value AS DOUBLE) AS value, /* without season; of a rolling year its last quarter, four times */
  CAST(adjusted.half_width AS DOUBLE) AS half_width,
  CAST(slope.point_count AS INT) AS slope_count, /* of the last eight quarters */
  CAST(CASE WHEN slope.point_count >= 5 THEN slope.together / slope.time_spread END AS DOUBLE) AS slope, /* per quarter; null with fewer than five */
  CAST(CASE WHEN slope.point_count >= 5 THEN 1 / SQRT(slope.time_spread) END AS DOUBLE) AS slope_error,
  CAST(CASE
    WHEN slope.point_count >= 5
    THEN adjusted.value + slope.mean_value - slope.together / slope.time_spread * slope.mean_time
  END AS DOUBLE) AS line_value, /* of the line, in this quarter */
  CAST(kink.point_count AS INT) AS kink_count, /* of the last twelve quarters */
  CAST(CASE WHEN kink.point_count >= 8 THEN kink.kink_time END AS DOUBLE) AS kink_time, /* null with fewer than eight */
  CAST(CASE WHEN kink.point_count >= 8 THEN kink.kink_value END AS DOUBLE) AS kink_value,
  CAST(CASE WHEN kink.point_count >= 8 THEN kink.kink_spread END AS DOUBLE) AS kink_spread,
  CAST(kink.extra_variation AS DOUBLE) AS extra_variation
FROM adjusted
INNER JOIN slope
  ON slope.version_key = adjusted.version_key
  AND slope.area_key = adjusted.area_key
  AND slope.quarter_number = adjusted.quarter_number
INNER JOIN kink
  ON kink.version_key = adjusted.version_key
  AND kink.area_key = adjusted.area_key
  AND kink.quarter_number = adjusted.quarter_number
