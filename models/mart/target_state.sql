MODEL (
  name mart.target_state,
  kind FULL,
  description 'How every agreed path stands now: its state in the last quarter that is final and complete, the one before, and why where there is none. Exact; what leaves the house is the state and a rounded pace.',
  grain (path_code, indicator_code, area_key),
  audits (
    whole_grain(columns := (path_code, indicator_code, area_key)),
    not_null(columns := (state_code, is_out_of_reach)),
    accepted_values(
      "column" := state_code,
      is_in := ('not_assessable', 'insufficient', 'reached', 'worsening', 'stalled', 'too_slow', 'improving', 'undecided')
    ),
    forall(
      criteria := (
        reason_code IS NULL OR state_code = 'not_assessable',
        NOT reason_code IS NULL OR state_code <> 'not_assessable'
      )
    )
  )
);

WITH ordered AS (
  SELECT
    trend.*,
    ROW_NUMBER() OVER path_window AS age,
    LEAD(trend.state_code) OVER path_window AS previous_state_code
  FROM core.target_trend AS trend
  WINDOW path_window AS (PARTITION BY trend.path_code, trend.indicator_code, trend.area_key ORDER BY trend.quarter_number DESC)
), reasoned AS (
  SELECT
    path.path_code,
    path.indicator_code,
    path.area_key,
    path.is_public,
    indicator.decimals,
    CASE
      WHEN indicator.version_key IS NULL
      THEN 'no_indicator'
      WHEN indicator.polarity_code = 'neutral'
      THEN 'neutral'
      WHEN indicator.frequency_code <> 'quarter'
      THEN 'not_quarterly'
      WHEN NOT indicator.has_interval
      THEN 'no_interval'
    END AS reason_code
  FROM reference.agreed_path AS path
  LEFT JOIN reference.indicator AS indicator
    ON indicator.indicator_code = path.indicator_code AND indicator.is_current
)
SELECT
  CAST(reasoned.path_code AS TEXT) AS path_code,
  CAST(reasoned.indicator_code AS TEXT) AS indicator_code,
  CAST(reasoned.area_key AS INT) AS area_key,
  CAST(area.area_code AS TEXT) AS area_code,
  CAST(area.region_code AS TEXT) AS region_code,
  CAST(period.period_code AS TEXT) AS period_code, /* the last quarter that counts; null where there is none */
  CAST(CASE
    WHEN NOT reasoned.reason_code IS NULL
    THEN 'not_assessable'
    ELSE COALESCE(ordered.state_code, 'insufficient')
  END AS TEXT) AS state_code,
  CAST(reasoned.reason_code AS TEXT) AS reason_code, /* why it cannot be assessed */
  CAST(ordered.previous_state_code AS TEXT) AS previous_state_code, /* a quarter earlier */
  CAST(ordered.value AS DOUBLE) AS value,
  CAST(ordered.path_value AS DOUBLE) AS path_value,
  CAST(ordered.ahead AS DOUBLE) AS ahead,
  CAST(ordered.pace AS DOUBLE) AS pace,
  CAST(ordered.pace_lower AS DOUBLE) AS pace_lower,
  CAST(ordered.pace_upper AS DOUBLE) AS pace_upper,
  CAST(ordered.agreed_pace AS DOUBLE) AS agreed_pace,
  CAST(ordered.needed_pace AS DOUBLE) AS needed_pace,
  CAST(ordered.lost_pace_z AS DOUBLE) AS lost_pace_z,
  CAST(COALESCE(ordered.is_out_of_reach, FALSE) AS BOOLEAN) AS is_out_of_reach,
  CAST(COALESCE(reasoned.decimals, 0) AS INT) AS decimals, /* to which a pace is rounded that leaves the house */
  CAST(reasoned.is_public AS BOOLEAN) AS is_public
FROM reasoned
INNER JOIN reference.area AS area
  ON area.area_key = reasoned.area_key
LEFT JOIN ordered
  ON ordered.path_code = reasoned.path_code
  AND ordered.indicator_code = reasoned.indicator_code
  AND ordered.area_key = reasoned.area_key
  AND ordered.age = 1
LEFT JOIN core.period AS period
  ON period.period_key = ordered.period_key
