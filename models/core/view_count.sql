MODEL (
  name core.view_count,
  kind FULL,
  description 'The counts of each view side by side, and the first reason that holds why no value can be made of them.',
  grain (view_code, version_key, area_key, group_key, period_key),
  audits (
    whole_grain(columns := (view_code, version_key, area_key, group_key, period_key)),
    accepted_values(
      "column" := reason_code,
      is_in := (
        'not_delivered',
        'incomplete',
        'few_events',
        'suppressed',
        'small_denominator',
        'zero_denominator',
        'impossible',
        'unknown',
        'no_full_year',
        'no_base'
      )
    )
  )
);

WITH viewed AS (
  SELECT
    'own' AS view_code
  UNION ALL
  SELECT
    'published' AS view_code
), pivoted AS (
  SELECT
    component.view_code,
    component.version_key,
    component.area_key,
    component.group_key,
    component.period_key,
    MAX(CASE WHEN component.part_code = 'numerator' THEN component.amount END) AS numerator,
    MAX(CASE WHEN component.part_code = 'denominator' THEN component.amount END) AS denominator,
    MAX(CASE WHEN component.part_code = 'squares' THEN component.amount END) AS squares,
    MAX(CASE WHEN component.part_code = 'minus_numerator' THEN component.amount END) AS minus_numerator,
    MAX(CASE WHEN component.part_code = 'minus_denominator' THEN component.amount END) AS minus_denominator,
    MAX(CASE WHEN component.part_code = 'base_numerator' THEN component.amount END) AS base_numerator,
    MAX(CASE WHEN component.part_code = 'base_denominator' THEN component.amount END) AS base_denominator,
    BOOL_OR(CAST(component.is_hidden AS BOOLEAN)) AS is_hidden
  FROM core.protected_component AS component
  GROUP BY
    component.view_code,
    component.version_key,
    component.area_key,
    component.group_key,
    component.period_key
), judged AS (
  SELECT
    viewed.view_code,
    counted.version_key,
    counted.area_key,
    counted.group_key,
    counted.period_key,
    pivoted.numerator,
    pivoted.denominator * indicator.denominator_factor AS exposure,
    pivoted.denominator,
    pivoted.squares,
    pivoted.minus_numerator,
    pivoted.minus_denominator * indicator.denominator_factor AS minus_exposure,
    pivoted.base_numerator,
    pivoted.base_denominator * indicator.denominator_factor AS base_exposure,
    COALESCE(pivoted.is_hidden, FALSE)
    OR COALESCE(
      (
        counted.kind_code = 'proportion' OR counted.kind_code = 'difference' AND indicator.has_interval
      )
      AND viewed.view_code = 'published'
      AND counted.numerator <= counted.denominator * indicator.denominator_factor
      AND pivoted.numerator > pivoted.denominator * indicator.denominator_factor,
      FALSE
    )
    OR COALESCE(
      counted.kind_code = 'difference'
      AND indicator.has_interval
      AND viewed.view_code = 'published'
      AND counted.minus_numerator <= counted.minus_denominator * indicator.denominator_factor
      AND pivoted.minus_numerator > pivoted.minus_denominator * indicator.denominator_factor,
      FALSE
    ) AS is_hidden,
    CASE
      WHEN NOT counted.is_delivered
      THEN 'not_delivered'
      WHEN counted.is_bounded
      THEN 'suppressed'
      WHEN counted.is_unknown OR counted.level_code IN ('wijk', 'gemeente') AND counted.denominator IS NULL
      THEN 'unknown'
      WHEN counted.coverage = 0 AND indicator.window_code = 'period'
      THEN 'incomplete'
      WHEN NOT counted.has_full_window
      THEN 'no_full_year'
      WHEN counted.numerator IS NULL OR counted.denominator IS NULL
      THEN 'incomplete'
      WHEN counted.kind_code = 'dsr' AND counted.numerator < 10
      THEN 'few_events'
      WHEN counted.denominator = 0
      OR counted.kind_code = 'difference'
      AND COALESCE(counted.minus_denominator, 0) = 0
      OR counted.kind_code = 'isr'
      AND COALESCE(counted.expected, 0) = 0
      OR counted.kind_code = 'dsr'
      AND counted.standardised_rate IS NULL
      THEN 'zero_denominator'
      WHEN counted.denominator < 0
      OR counted.kind_code = 'difference'
      AND counted.minus_denominator < 0
      OR counted.kind_code = 'isr'
      AND counted.expected < 0
      THEN 'impossible'
      WHEN (
        counted.kind_code IN ('proportion', 'rate', 'dsr', 'index')
        OR counted.kind_code IN ('isr', 'difference')
        AND indicator.has_interval
      )
      AND (
        counted.numerator < 0 OR COALESCE(counted.minus_numerator < 0, FALSE)
      )
      THEN 'impossible'
      WHEN (
        counted.kind_code = 'proportion' OR counted.kind_code = 'difference' AND indicator.has_interval
      )
      AND (
        counted.numerator > counted.denominator * indicator.denominator_factor
        OR COALESCE(counted.minus_numerator > counted.minus_denominator * indicator.denominator_factor, FALSE)
      )
      THEN 'impossible'
      WHEN counted.denominator < indicator.minimum_denominator
      THEN 'small_denominator'
      WHEN counted.kind_code = 'index'
      AND (
        COALESCE(counted.base_numerator, 0) <= 0 OR COALESCE(counted.base_denominator, 0) <= 0
      )
      THEN 'no_base'
    END AS exact_reason_code
  FROM core.indicator_count AS counted
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = counted.version_key
  CROSS JOIN viewed
  LEFT JOIN pivoted
    ON pivoted.view_code = viewed.view_code
    AND pivoted.version_key = counted.version_key
    AND pivoted.area_key = counted.area_key
    AND pivoted.group_key = counted.group_key
    AND pivoted.period_key = counted.period_key
)
SELECT
  CAST(judged.view_code AS TEXT) AS view_code,
  CAST(judged.version_key AS INT) AS version_key,
  CAST(judged.area_key AS INT) AS area_key,
  CAST(judged.group_key AS INT) AS group_key,
  CAST(judged.period_key AS INT) AS period_key,
  CAST(judged.numerator AS DOUBLE) AS numerator,
  CAST(judged.denominator AS DOUBLE) AS denominator,
  CAST(judged.exposure AS DOUBLE) AS exposure, /* denominator x denominator factor: what a value is divided by */
  CAST(judged.squares AS DOUBLE) AS squares,
  CAST(judged.minus_numerator AS DOUBLE) AS minus_numerator,
  CAST(judged.minus_exposure AS DOUBLE) AS minus_exposure,
  CAST(judged.base_numerator AS DOUBLE) AS base_numerator,
  CAST(judged.base_exposure AS DOUBLE) AS base_exposure,
  CAST(judged.is_hidden AS BOOLEAN) AS is_hidden, /* a count is hidden, or rounding made a part larger than the whole */
  CAST(CASE WHEN judged.is_hidden THEN 'suppressed' ELSE judged.exact_reason_code END AS TEXT) AS reason_code /* null when a value can be made */
FROM judged
