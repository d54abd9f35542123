MODEL (
  name core.value_interval,
  kind FULL,
  description 'The limits of every value, in the unit of the indicator (METHODS 1): Wilson, exact and Byar, Dobson, Student, the log method and Newcombe. Each formula stands here once, for both views and both confidence levels.',
  grain (view_code, version_key, area_key, group_key, period_key),
  audits (
    whole_grain(columns := (view_code, version_key, area_key, group_key, period_key))
  )
);

WITH confidence AS (
  SELECT
    '95' AS confidence_code,
    CAST(1.959963984540054 AS DOUBLE) AS z
  UNION ALL
  SELECT
    '998' AS confidence_code,
    CAST(3.090232306167813 AS DOUBLE) AS z
), operand AS (
  SELECT
    value.view_code,
    value.version_key,
    value.area_key,
    value.group_key,
    value.period_key,
    'first' AS operand_code,
    value.events,
    value.exposure
  FROM core.value AS value
  WHERE
    value.interval_method IN ('wilson', 'newcombe')
  UNION ALL
  SELECT
    value.view_code,
    value.version_key,
    value.area_key,
    value.group_key,
    value.period_key,
    'second' AS operand_code,
    value.minus_numerator AS events,
    value.minus_exposure AS exposure
  FROM core.value AS value
  WHERE
    value.interval_method = 'newcombe'
), wilson AS (
  SELECT
    operand.view_code,
    operand.version_key,
    operand.area_key,
    operand.group_key,
    operand.period_key,
    operand.operand_code,
    confidence.confidence_code,
    operand.events / NULLIF(operand.exposure, 0) AS fraction,
    (
      2 * operand.events + confidence.z * confidence.z
    ) / (
      2 * (
        operand.exposure + confidence.z * confidence.z
      )
    ) AS centre,
    confidence.z * SQRT(
      confidence.z * confidence.z + 4 * operand.events * GREATEST(1 - operand.events / NULLIF(operand.exposure, 0), 0)
    ) / (
      2 * (
        operand.exposure + confidence.z * confidence.z
      )
    ) AS margin
  FROM operand
  CROSS JOIN confidence
), wilson_limit AS (
  SELECT
    wilson.view_code,
    wilson.version_key,
    wilson.area_key,
    wilson.group_key,
    wilson.period_key,
    wilson.confidence_code,
    MAX(CASE WHEN wilson.operand_code = 'first' THEN wilson.fraction END) AS first_fraction,
    MAX(CASE WHEN wilson.operand_code = 'first' THEN GREATEST(wilson.centre - wilson.margin, 0) END) AS first_lower,
    MAX(CASE WHEN wilson.operand_code = 'first' THEN LEAST(wilson.centre + wilson.margin, 1) END) AS first_upper,
    MAX(CASE WHEN wilson.operand_code = 'second' THEN wilson.fraction END) AS second_fraction,
    MAX(CASE WHEN wilson.operand_code = 'second' THEN GREATEST(wilson.centre - wilson.margin, 0) END) AS second_lower,
    MAX(CASE WHEN wilson.operand_code = 'second' THEN LEAST(wilson.centre + wilson.margin, 1) END) AS second_upper
  FROM wilson
  GROUP BY
    wilson.view_code,
    wilson.version_key,
    wilson.area_key,
    wilson.group_key,
    wilson.period_key,
    wilson.confidence_code
), poisson AS (
  SELECT
    value.view_code,
    value.version_key,
    value.area_key,
    value.group_key,
    value.period_key,
    confidence.confidence_code,
    CASE
      WHEN value.interval_method = 'exact' AND confidence.confidence_code = '95'
      THEN exact.lower_95
      WHEN value.interval_method = 'exact'
      THEN exact.lower_998
      WHEN value.events = 0
      THEN 0
      ELSE GREATEST(value.events * POWER(1 - 1 / (
        9 * value.events
      ) - confidence.z / (
        3 * SQRT(value.events)
      ), 3), 0)
    END AS lower_count,
    CASE
      WHEN value.interval_method = 'exact' AND confidence.confidence_code = '95'
      THEN exact.upper_95
      WHEN value.interval_method = 'exact'
      THEN exact.upper_998
      ELSE (
        value.events + 1
      ) * POWER(1 - 1 / (
        9 * (
          value.events + 1
        )
      ) + confidence.z / (
        3 * SQRT(value.events + 1)
      ), 3)
    END AS upper_count
  FROM core.value AS value
  CROSS JOIN confidence
  LEFT JOIN reference.poisson_limit AS exact
    ON exact.events = value.events
  WHERE
    value.interval_method IN ('exact', 'byar', 'dobson')
), student AS (
  SELECT
    value.view_code,
    value.version_key,
    value.area_key,
    value.group_key,
    value.period_key,
    confidence.confidence_code,
    CASE
      WHEN NOT quantile.degrees_of_freedom IS NULL AND confidence.confidence_code = '95'
      THEN quantile.t_95
      WHEN NOT quantile.degrees_of_freedom IS NULL
      THEN quantile.t_998
      ELSE confidence.z + (
        POWER(confidence.z, 3) + confidence.z
      ) / (
        4 * (
          FLOOR(value.exposure) - 1
        )
      ) + (
        5 * POWER(confidence.z, 5) + 16 * POWER(confidence.z, 3) + 3 * confidence.z
      ) / (
        96 * POWER(FLOOR(value.exposure) - 1, 2)
      ) + (
        3 * POWER(confidence.z, 7) + 19 * POWER(confidence.z, 5) + 17 * POWER(confidence.z, 3) - 15 * confidence.z
      ) / (
        384 * POWER(FLOOR(value.exposure) - 1, 3)
      ) + (
        79 * POWER(confidence.z, 9) + 776 * POWER(confidence.z, 7) + 1482 * POWER(confidence.z, 5) - 1920 * POWER(confidence.z, 3) - 945 * confidence.z
      ) / (
        92160 * POWER(FLOOR(value.exposure) - 1, 4)
      )
    END AS quantile
  FROM core.value AS value
  CROSS JOIN confidence
  LEFT JOIN reference.student_t AS quantile
    ON quantile.degrees_of_freedom = FLOOR(value.exposure) - 1
  WHERE
    value.interval_method = 'student'
), unit_limit AS (
  SELECT
    value.view_code,
    value.version_key,
    value.area_key,
    value.group_key,
    value.period_key,
    confidence.confidence_code,
    value.multiplier,
    value.rounded_to,
    CASE value.interval_method
      WHEN 'wilson'
      THEN wilson_limit.first_lower
      WHEN 'newcombe'
      THEN value.unit_value - SQRT(
        POWER(wilson_limit.first_fraction - wilson_limit.first_lower, 2) + POWER(wilson_limit.second_upper - wilson_limit.second_fraction, 2)
      )
      WHEN 'exact'
      THEN poisson.lower_count / NULLIF(value.exposure, 0)
      WHEN 'byar'
      THEN poisson.lower_count / NULLIF(value.exposure, 0)
      WHEN 'dobson'
      THEN value.unit_value + SQRT(value.variance) * (
        poisson.lower_count - value.events
      )
      WHEN 'student'
      THEN value.unit_value - student.quantile * SQRT(value.variance)
      WHEN 'log'
      THEN value.unit_value * EXP(-confidence.z * SQRT(value.variance))
    END AS lower_limit,
    CASE value.interval_method
      WHEN 'wilson'
      THEN wilson_limit.first_upper
      WHEN 'newcombe'
      THEN value.unit_value + SQRT(
        POWER(wilson_limit.first_upper - wilson_limit.first_fraction, 2) + POWER(wilson_limit.second_fraction - wilson_limit.second_lower, 2)
      )
      WHEN 'exact'
      THEN poisson.upper_count / NULLIF(value.exposure, 0)
      WHEN 'byar'
      THEN poisson.upper_count / NULLIF(value.exposure, 0)
      WHEN 'dobson'
      THEN value.unit_value + SQRT(value.variance) * (
        poisson.upper_count - value.events
      )
      WHEN 'student'
      THEN value.unit_value + student.quantile * SQRT(value.variance)
      WHEN 'log'
      THEN value.unit_value * EXP(confidence.z * SQRT(value.variance))
    END AS upper_limit
  FROM core.value AS value
  CROSS JOIN confidence
  LEFT JOIN wilson_limit
    ON wilson_limit.view_code = value.view_code
    AND wilson_limit.version_key = value.version_key
    AND wilson_limit.area_key = value.area_key
    AND wilson_limit.group_key = value.group_key
    AND wilson_limit.period_key = value.period_key
    AND wilson_limit.confidence_code = confidence.confidence_code
  LEFT JOIN poisson
    ON poisson.view_code = value.view_code
    AND poisson.version_key = value.version_key
    AND poisson.area_key = value.area_key
    AND poisson.group_key = value.group_key
    AND poisson.period_key = value.period_key
    AND poisson.confidence_code = confidence.confidence_code
  LEFT JOIN student
    ON student.view_code = value.view_code
    AND student.version_key = value.version_key
    AND student.area_key = value.area_key
    AND student.group_key = value.group_key
    AND student.period_key = value.period_key
    AND student.confidence_code = confidence.confidence_code
  WHERE
    value.interval_method <> 'none'
), scaled AS (
  SELECT
    unit_limit.view_code,
    unit_limit.version_key,
    unit_limit.area_key,
    unit_limit.group_key,
    unit_limit.period_key,
    unit_limit.confidence_code,
    CASE
      WHEN unit_limit.rounded_to IS NULL
      THEN unit_limit.multiplier * unit_limit.lower_limit
      ELSE FLOOR(unit_limit.multiplier * unit_limit.lower_limit * POWER(10.0, unit_limit.rounded_to) + 0.5) / POWER(10.0, unit_limit.rounded_to)
    END AS lower_limit,
    CASE
      WHEN unit_limit.rounded_to IS NULL
      THEN unit_limit.multiplier * unit_limit.upper_limit
      ELSE FLOOR(unit_limit.multiplier * unit_limit.upper_limit * POWER(10.0, unit_limit.rounded_to) + 0.5) / POWER(10.0, unit_limit.rounded_to)
    END AS upper_limit
  FROM unit_limit
)
SELECT
  CAST(scaled.view_code AS TEXT) AS view_code,
  CAST(scaled.version_key AS INT) AS version_key,
  CAST(scaled.area_key AS INT) AS area_key,
  CAST(scaled.group_key AS INT) AS group_key,
  CAST(scaled.period_key AS INT) AS period_key,
  CAST(MAX(CASE WHEN scaled.confidence_code = '95' THEN scaled.lower_limit END) AS DOUBLE) AS lower_95,
  CAST(MAX(CASE WHEN scaled.confidence_code = '95' THEN scaled.upper_limit END) AS DOUBLE) AS upper_95,
  CAST(MAX(CASE WHEN scaled.confidence_code = '998' THEN scaled.lower_limit END) AS DOUBLE) AS lower_998,
  CAST(MAX(CASE WHEN scaled.confidence_code = '998' THEN scaled.upper_limit END) AS DOUBLE) AS upper_998
FROM scaled
GROUP BY
  scaled.view_code,
  scaled.version_key,
  scaled.area_key,
  scaled.group_key,
  scaled.period_key
