MODEL (
  name core.trend_point,
  kind FULL,
  description 'What a test over time looks at: exact values of single quarters, final and complete, of regions and the country, under the version of today. Of a rolling year it is the quarter that was added, because overlapping years are not independent (METHODS 4).',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key)),
    not_null(columns := (quarter_number, season_number, value))
  )
);

WITH single AS (
  SELECT
    counted.version_key,
    counted.area_key,
    counted.level_code,
    counted.period_key,
    CASE
      WHEN indicator.window_code = 'rolling_year'
      THEN indicator.multiplier * counted.increment / NULLIF(counted.denominator * indicator.denominator_factor, 0)
      WHEN counted.is_complete AND NOT counted.is_provisional
      THEN value.multiplier * value.unit_value
    END AS value,
    CASE
      WHEN indicator.window_code <> 'rolling_year'
      THEN (
        limits.upper_95 - limits.lower_95
      ) / 2
      WHEN indicator.kind_code = 'proportion'
      THEN indicator.multiplier * 1.959963984540054 * SQRT(
        3.841458820694124 + 4 * counted.increment * GREATEST(1 - counted.increment / NULLIF(counted.denominator, 0), 0)
      ) / (
        2 * (
          counted.denominator + 3.841458820694124
        )
      )
    END AS half_width
  FROM core.indicator_count AS counted
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = counted.version_key
  LEFT JOIN core.value AS value
    ON value.view_code = 'own'
    AND value.version_key = counted.version_key
    AND value.area_key = counted.area_key
    AND value.group_key = counted.group_key
    AND value.period_key = counted.period_key
  LEFT JOIN core.value_interval AS limits
    ON limits.view_code = 'own'
    AND limits.version_key = counted.version_key
    AND limits.area_key = counted.area_key
    AND limits.group_key = counted.group_key
    AND limits.period_key = counted.period_key
  WHERE
    indicator.is_current
    AND counted.group_key = 0
    AND indicator.frequency_code = 'quarter'
    AND counted.level_code IN ('zorgkantoorregio', 'landelijk')
    AND counted.denominator >= indicator.minimum_denominator
)
SELECT
  CAST(single.version_key AS INT) AS version_key,
  CAST(single.area_key AS INT) AS area_key,
  CAST(single.level_code AS TEXT) AS level_code,
  CAST(single.period_key AS INT) AS period_key,
  CAST(period.quarter_number AS INT) AS quarter_number, /* consecutive */
  CAST(single.period_key - 10 * period.calendar_year AS INT) AS season_number, /* 1 to 4 */
  CAST(single.value AS DOUBLE) AS value, /* in the unit of the indicator */
  CAST(single.half_width AS DOUBLE) AS half_width /* of the 95 % interval; of a quarter of a rolling year Wilson's, and null where it is no proportion */
FROM single
INNER JOIN core.period AS period
  ON period.period_key = single.period_key
WHERE
  NOT single.value IS NULL
