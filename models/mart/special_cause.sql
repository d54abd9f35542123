MODEL (
  name mart.special_cause,
  kind FULL,
  description 'XmR (METHODS 4): the natural limits of each series of quarters, and the points that chance does not explain. From twelve quarters; with eight to eleven the limits are trial limits. Series without a known season keep whole years only.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key)),
    not_null(columns := (value, mean, lower, upper, is_trial, is_season_unknown)),
    accepted_values(
      "column" := cause_code,
      is_in := ('above_limits', 'below_limits', 'rising', 'falling', 'near_upper', 'near_lower', 'above_mean', 'below_mean')
    )
  )
);

WITH adjusted AS (
  SELECT
    point.version_key,
    point.area_key,
    point.period_key,
    point.quarter_number,
    point.value / COALESCE(season.factor, 1) AS value,
    indicator.is_seasonal AND season.factor IS NULL AS is_season_unknown,
    COUNT(point.value) OVER series_window AS point_count,
    ROW_NUMBER() OVER (PARTITION BY point.version_key, point.area_key ORDER BY point.quarter_number DESC) AS points_after
  FROM core.trend_point AS point
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = point.version_key
  LEFT JOIN core.season AS season
    ON season.version_key = point.version_key AND season.season_number = point.season_number
  WINDOW series_window AS (PARTITION BY point.version_key, point.area_key)
), kept AS (
  SELECT
    adjusted.version_key,
    adjusted.area_key,
    adjusted.period_key,
    adjusted.quarter_number,
    adjusted.value,
    adjusted.is_season_unknown,
    adjusted.value - LAG(adjusted.value) OVER (PARTITION BY adjusted.version_key, adjusted.area_key ORDER BY adjusted.quarter_number) AS step
  FROM adjusted
  WHERE
    NOT adjusted.is_season_unknown OR adjusted.points_after <= FLOOR(adjusted.point_count / 4.0) * 4
), averaged AS (
  SELECT
    kept.version_key,
    kept.area_key,
    kept.period_key,
    kept.quarter_number,
    kept.value,
    kept.is_season_unknown,
    kept.step,
    AVG(kept.value) OVER series_window AS mean,
    AVG(ABS(kept.step)) OVER series_window AS mean_step,
    COUNT(kept.value) OVER series_window AS point_count
  FROM kept
  WINDOW series_window AS (PARTITION BY kept.version_key, kept.area_key)
), limited AS (
  SELECT
    averaged.version_key,
    averaged.area_key,
    averaged.period_key,
    averaged.quarter_number,
    averaged.value,
    averaged.is_season_unknown,
    averaged.step,
    averaged.mean,
    averaged.point_count,
    2.66 * COALESCE(
      AVG(CASE WHEN ABS(averaged.step) < 3.267 * averaged.mean_step THEN ABS(averaged.step) END) OVER (PARTITION BY averaged.version_key, averaged.area_key),
      averaged.mean_step
    ) AS width,
    1e-9 * ABS(averaged.mean) AS tolerance
  FROM averaged
  WHERE
    averaged.point_count >= 8
), signed AS (
  SELECT
    limited.version_key,
    limited.area_key,
    limited.period_key,
    limited.quarter_number,
    limited.value,
    limited.is_season_unknown,
    limited.mean,
    limited.point_count,
    limited.width,
    CASE
      WHEN limited.value - limited.mean > limited.tolerance
      THEN 1
      WHEN limited.mean - limited.value > limited.tolerance
      THEN -1
      ELSE 0
    END AS side,
    CASE WHEN ABS(limited.value - limited.mean) > limited.width + limited.tolerance THEN 1 ELSE 0 END AS is_outside,
    CASE
      WHEN ABS(limited.value - limited.mean) > limited.width * 2 / 3 + limited.tolerance
      AND ABS(limited.value - limited.mean) <= limited.width + limited.tolerance
      THEN 1
      ELSE 0
    END AS is_near,
    CASE WHEN limited.step > limited.tolerance THEN 1 WHEN limited.step < -limited.tolerance THEN -1 ELSE 0 END AS direction
  FROM limited
), windowed AS (
  SELECT
    signed.version_key,
    signed.area_key,
    signed.period_key,
    signed.quarter_number,
    signed.value,
    signed.is_season_unknown,
    signed.mean,
    signed.point_count,
    signed.width,
    signed.side,
    signed.is_outside,
    signed.is_near,
    SUM(signed.direction) OVER (
      PARTITION BY signed.version_key, signed.area_key
      ORDER BY signed.quarter_number
      ROWS BETWEEN 5 PRECEDING AND CURRENT ROW
    ) AS direction_sum,
    SUM(signed.side) OVER (
      PARTITION BY signed.version_key, signed.area_key
      ORDER BY signed.quarter_number
      ROWS BETWEEN 6 PRECEDING AND CURRENT ROW
    ) AS side_sum,
    SUM(signed.side) OVER (
      PARTITION BY signed.version_key, signed.area_key
      ORDER BY signed.quarter_number
      ROWS BETWEEN 2 PRECEDING AND CURRENT ROW
    ) AS three_side_sum,
    SUM(signed.is_near) OVER (
      PARTITION BY signed.version_key, signed.area_key
      ORDER BY signed.quarter_number
      ROWS BETWEEN 2 PRECEDING AND CURRENT ROW
    ) AS near_count
  FROM signed
), filled_back AS (
  SELECT
    windowed.version_key,
    windowed.area_key,
    windowed.period_key,
    windowed.value,
    windowed.is_season_unknown,
    windowed.mean,
    windowed.point_count,
    windowed.width,
    windowed.side,
    windowed.is_outside,
    windowed.is_near,
    MAX(windowed.direction_sum) OVER seven_window AS highest_direction_sum,
    MIN(windowed.direction_sum) OVER seven_window AS lowest_direction_sum,
    MAX(windowed.side_sum) OVER seven_window AS highest_side_sum,
    MIN(windowed.side_sum) OVER seven_window AS lowest_side_sum,
    MAX(CASE WHEN windowed.near_count >= 2 THEN windowed.three_side_sum END) OVER three_window AS highest_near_sum,
    MIN(CASE WHEN windowed.near_count >= 2 THEN windowed.three_side_sum END) OVER three_window AS lowest_near_sum
  FROM windowed
  WINDOW seven_window AS (
    PARTITION BY windowed.version_key, windowed.area_key
    ORDER BY windowed.quarter_number
    ROWS BETWEEN CURRENT ROW AND 6 FOLLOWING
  ), three_window AS (
    PARTITION BY windowed.version_key, windowed.area_key
    ORDER BY windowed.quarter_number
    ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING
  )
)
SELECT
  CAST(filled_back.version_key AS INT) AS version_key,
  CAST(filled_back.area_key AS INT) AS area_key,
  CAST(filled_back.period_key AS INT) AS period_key,
  CAST(filled_back.value AS DOUBLE) AS value, /* of the single quarter, without season where that is known */
  CAST(filled_back.mean AS DOUBLE) AS mean,
  CAST(filled_back.mean - filled_back.width AS DOUBLE) AS lower,
  CAST(filled_back.mean + filled_back.width AS DOUBLE) AS upper,
  CAST(filled_back.point_count < 12 AS BOOLEAN) AS is_trial, /* fewer than twelve quarters */
  CAST(filled_back.is_season_unknown AS BOOLEAN) AS is_season_unknown,
  CAST(CASE
    WHEN filled_back.is_outside = 1 AND filled_back.side = 1
    THEN 'above_limits'
    WHEN filled_back.is_outside = 1 AND filled_back.side = -1
    THEN 'below_limits'
    WHEN filled_back.highest_direction_sum = 6
    THEN 'rising'
    WHEN filled_back.lowest_direction_sum = -6
    THEN 'falling'
    WHEN filled_back.is_near = 1 AND filled_back.side = 1 AND filled_back.highest_near_sum = 3
    THEN 'near_upper'
    WHEN filled_back.is_near = 1 AND filled_back.side = -1 AND filled_back.lowest_near_sum = -3
    THEN 'near_lower'
    WHEN filled_back.highest_side_sum = 7
    THEN 'above_mean'
    WHEN filled_back.lowest_side_sum = -7
    THEN 'below_mean'
  END AS TEXT) AS cause_code /* the first rule that holds; null: chance explains it */
FROM filled_back
