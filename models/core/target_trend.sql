MODEL (
  name core.target_trend,
  kind FULL,
  description 'The state of every agreed path in every quarter of its series, by the rule of METHODS 4 with settings A (h = 2.25, q = 0.30): the first that holds.',
  grain (path_code, indicator_code, area_key, period_key),
  audits (
    whole_grain(columns := (path_code, indicator_code, area_key, period_key)),
    accepted_values(
      "column" := state_code,
      is_in := ('insufficient', 'reached', 'worsening', 'stalled', 'too_slow', 'improving', 'undecided')
    )
  )
);

WITH segment AS (
  SELECT
    point.path_code,
    point.indicator_code,
    point.area_key,
    point.quarter_number AS first_quarter,
    point.value AS first_value,
    LEAD(point.quarter_number) OVER path_window AS last_quarter,
    LEAD(point.value) OVER path_window AS last_value
  FROM reference.agreed_point AS point
  WINDOW path_window AS (PARTITION BY point.path_code, point.indicator_code, point.area_key ORDER BY point.quarter_number)
), followed AS (
  SELECT
    path.path_code,
    path.indicator_code,
    path.area_key,
    path.direction_code,
    path.orientation,
    path.orientation * path.pace AS pace,
    path.orientation * path.target_value AS target_value,
    path.target_quarter - trend.quarter_number AS quarters_left,
    trend.version_key,
    trend.period_key,
    trend.quarter_number,
    path.orientation * value.multiplier * value.unit_value AS shown_value,
    trend.half_width,
    path.orientation * trend.value AS value,
    trend.slope_count,
    path.orientation * trend.slope AS slope,
    path.orientation * trend.slope - 1.6448536269514722 * trend.slope_error AS slope_lower,
    path.orientation * trend.slope + 1.6448536269514722 * trend.slope_error AS slope_upper,
    path.orientation * trend.line_value AS line_value,
    CASE
      WHEN trend.kink_count >= 8
      THEN path.orientation * (
        path.pace * trend.kink_time - trend.kink_value
      ) / SQRT(trend.kink_spread)
    END AS lost_pace_z,
    path.orientation * (
      segment.first_value + COALESCE(
        (
          segment.last_value - segment.first_value
        ) * (
          trend.quarter_number - segment.first_quarter
        ) / CAST(segment.last_quarter - segment.first_quarter AS DOUBLE),
        0
      )
    ) AS path_value
  FROM reference.agreed_path AS path
  INNER JOIN reference.indicator AS indicator
    ON indicator.indicator_code = path.indicator_code AND indicator.is_current AND indicator.polarity_code <> 'neutral'
  INNER JOIN core.trend AS trend
    ON trend.version_key = indicator.version_key AND trend.area_key = path.area_key
  INNER JOIN core.value AS value
    ON value.view_code = 'own'
    AND value.version_key = trend.version_key
    AND value.area_key = trend.area_key
    AND value.group_key = 0
    AND value.period_key = trend.period_key
  LEFT JOIN segment
    ON segment.path_code = path.path_code
    AND segment.indicator_code = path.indicator_code
    AND segment.area_key = path.area_key
    AND segment.first_quarter <= trend.quarter_number
    AND (
      segment.last_quarter IS NULL OR trend.quarter_number < segment.last_quarter
    )
)
SELECT
  CAST(followed.path_code AS TEXT) AS path_code,
  CAST(followed.indicator_code AS TEXT) AS indicator_code,
  CAST(followed.area_key AS INT) AS area_key,
  CAST(followed.version_key AS INT) AS version_key,
  CAST(followed.period_key AS INT) AS period_key,
  CAST(followed.quarter_number AS INT) AS quarter_number,
  CAST(CASE
    WHEN followed.slope_count < 5
    THEN 'insufficient'
    WHEN followed.direction_code = 'hold' OR followed.pace <= 0
    THEN CASE
      WHEN followed.shown_value >= COALESCE(followed.path_value, followed.target_value)
      THEN 'reached'
      WHEN followed.value + followed.half_width < COALESCE(followed.path_value, followed.target_value)
      THEN 'worsening'
      ELSE 'undecided'
    END
    WHEN followed.shown_value >= followed.target_value
    THEN 'reached'
    WHEN followed.slope_upper < 0
    THEN 'worsening'
    WHEN followed.lost_pace_z > 2.25 AND followed.slope_lower <= 0 AND followed.slope < 0.30 * followed.pace
    THEN 'stalled'
    WHEN followed.slope_lower > 0 AND followed.slope_upper < followed.pace
    THEN 'too_slow'
    WHEN followed.slope_lower > 0
    THEN 'improving'
    ELSE 'undecided'
  END AS TEXT) AS state_code,
  CAST(followed.orientation * followed.shown_value AS DOUBLE) AS value, /* as it is shown */
  CAST(followed.orientation * followed.path_value AS DOUBLE) AS path_value, /* what was agreed for the quarter; null before the baseline */
  CAST(followed.shown_value - followed.path_value AS DOUBLE) AS ahead, /* of the path, in the agreed direction; below 0: behind */
  CAST(followed.slope AS DOUBLE) AS pace, /* per quarter, in the agreed direction, like the others */
  CAST(followed.slope_lower AS DOUBLE) AS pace_lower, /* 90 % */
  CAST(followed.slope_upper AS DOUBLE) AS pace_upper,
  CAST(followed.pace AS DOUBLE) AS agreed_pace,
  CAST(CASE
    WHEN followed.quarters_left > 0
    THEN (
      followed.target_value - followed.shown_value
    ) / followed.quarters_left
  END AS DOUBLE) AS needed_pace, /* to reach the target in time; null when its period is over */
  CAST(followed.lost_pace_z AS DOUBLE) AS lost_pace_z,
  CAST(COALESCE(
    followed.shown_value < followed.target_value
    AND followed.quarters_left > 0
    AND followed.line_value + followed.slope_upper * followed.quarters_left < followed.target_value,
    FALSE
  ) AS BOOLEAN) AS is_out_of_reach /* the upper limit of the pace, kept up, does not get there in time */
FROM followed
