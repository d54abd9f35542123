MODEL (
  name core.value,
  kind FULL,
  description 'The value of every calculation kind, before the multiplier, and which interval belongs to it. With core.value_interval the one place where the formulas of METHODS 1 stand in SQL; they serve both views. A row with a reason has no value.',
  grain (view_code, version_key, area_key, group_key, period_key),
  audits (
    whole_grain(columns := (view_code, version_key, area_key, group_key, period_key)),
    accepted_values(
      "column" := interval_method,
      is_in := ('wilson', 'exact', 'byar', 'dobson', 'student', 'log', 'newcombe', 'none')
    )
  )
);

WITH counted AS (
  SELECT
    viewed.view_code,
    viewed.version_key,
    viewed.area_key,
    viewed.group_key,
    viewed.period_key,
    exact.kind_code,
    indicator.has_interval,
    CASE WHEN exact.kind_code = 'index' THEN 100 ELSE indicator.multiplier END AS multiplier,
    CASE WHEN viewed.view_code = 'published' AND exact.kind_code = 'dsr' THEN indicator.decimals END AS rounded_to,
    CASE WHEN exact.kind_code = 'dsr' THEN exact.numerator ELSE viewed.numerator END AS events,
    CASE WHEN exact.kind_code = 'isr' THEN exact.expected ELSE viewed.exposure END AS exposure,
    viewed.squares,
    viewed.minus_numerator,
    viewed.minus_exposure,
    viewed.base_numerator,
    viewed.base_numerator / NULLIF(viewed.base_exposure, 0) AS base_fraction,
    exact.standardised_rate,
    exact.standardised_variance
  FROM core.view_count AS viewed
  INNER JOIN core.indicator_count AS exact
    ON exact.version_key = viewed.version_key
    AND exact.area_key = viewed.area_key
    AND exact.group_key = viewed.group_key
    AND exact.period_key = viewed.period_key
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = viewed.version_key
  WHERE
    viewed.reason_code IS NULL
), divided AS (
  SELECT
    counted.view_code,
    counted.version_key,
    counted.area_key,
    counted.group_key,
    counted.period_key,
    counted.kind_code,
    counted.has_interval,
    counted.multiplier,
    counted.rounded_to,
    counted.events,
    counted.exposure,
    counted.events / NULLIF(counted.exposure, 0) AS fraction,
    counted.squares,
    counted.minus_numerator,
    counted.minus_exposure,
    counted.minus_numerator / NULLIF(counted.minus_exposure, 0) AS minus_fraction,
    counted.base_numerator,
    counted.base_fraction,
    counted.standardised_rate,
    counted.standardised_variance
  FROM counted
)
SELECT
  CAST(divided.view_code AS TEXT) AS view_code,
  CAST(divided.version_key AS INT) AS version_key,
  CAST(divided.area_key AS INT) AS area_key,
  CAST(divided.group_key AS INT) AS group_key,
  CAST(divided.period_key AS INT) AS period_key,
  CAST(divided.multiplier AS DOUBLE) AS multiplier,
  CAST(divided.rounded_to AS INT) AS rounded_to, /* decimals to which value and limits are published; null: not rounded */
  CAST(CASE
    WHEN divided.kind_code = 'dsr'
    THEN divided.standardised_rate
    WHEN divided.kind_code = 'index'
    THEN divided.fraction / NULLIF(divided.base_fraction, 0)
    WHEN divided.kind_code = 'difference'
    THEN divided.fraction - divided.minus_fraction
    ELSE divided.fraction
  END AS DOUBLE) AS unit_value, /* before the multiplier */
  CAST(CASE
    WHEN NOT divided.has_interval
    THEN 'none'
    WHEN divided.kind_code = 'proportion'
    THEN 'wilson'
    WHEN divided.kind_code IN ('rate', 'isr') AND divided.events < 10 AND divided.events = FLOOR(divided.events)
    THEN 'exact'
    WHEN divided.kind_code IN ('rate', 'isr')
    THEN 'byar'
    WHEN divided.kind_code = 'dsr'
    THEN 'dobson'
    WHEN divided.kind_code = 'mean' AND NOT divided.squares IS NULL AND divided.exposure >= 2
    THEN 'student'
    WHEN divided.kind_code = 'index' AND divided.events > 0
    THEN 'log'
    WHEN divided.kind_code = 'difference'
    THEN 'newcombe'
    ELSE 'none'
  END AS TEXT) AS interval_method,
  CAST(divided.events AS DOUBLE) AS events, /* the numerator; direct standardisation: the exact one in both views */
  CAST(divided.exposure AS DOUBLE) AS exposure, /* what it is divided by; indirect standardisation: the expected number */
  CAST(divided.minus_numerator AS DOUBLE) AS minus_numerator,
  CAST(divided.minus_exposure AS DOUBLE) AS minus_exposure,
  CAST(CASE
    WHEN divided.kind_code = 'dsr'
    THEN divided.standardised_variance / NULLIF(divided.events, 0)
    WHEN divided.kind_code = 'mean'
    THEN GREATEST(divided.squares - divided.events * divided.fraction, 0) / NULLIF(divided.exposure - 1, 0) / NULLIF(divided.exposure, 0)
    WHEN divided.kind_code = 'index'
    THEN 1 / NULLIF(divided.events, 0) + 1 / NULLIF(divided.base_numerator, 0)
  END AS DOUBLE) AS variance /* Dobson: Var/O; mean: variance of the mean; index: variance of the logarithm */
FROM divided
