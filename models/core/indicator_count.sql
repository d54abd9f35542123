MODEL (
  name core.indicator_count,
  kind FULL,
  description 'The exact counts from which a value is made, over the window of the definition (the period, or the last four quarters), for the areas of the definition, as a total (group 0) and by age and sex: of a version in the periods to which it applies, and of the version in the kernset in force in all periods.',
  grain (version_key, area_key, group_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, group_key, period_key))
  )
);

WITH judged AS (
  SELECT
    basis.version_key,
    basis.area_key,
    basis.group_key,
    basis.level_code,
    basis.period_key,
    basis.period_start,
    CASE WHEN basis.group_key <> 0 AND indicator.kind_code = 'dsr' THEN 'rate' ELSE indicator.kind_code END AS kind_code,
    period.quarter_number,
    basis.numerator,
    basis.denominator,
    basis.squares,
    basis.minus_numerator,
    basis.minus_denominator,
    basis.expected,
    basis.standardised_rate,
    basis.standardised_variance,
    basis.is_delivered,
    basis.coverage,
    basis.is_bounded,
    basis.is_unknown,
    basis.is_provisional,
    basis.is_revised,
    basis.is_converted,
    basis.is_estimated,
    basis.coverage > 0
    AND basis.coverage >= indicator.minimum_coverage
    AND NOT basis.is_part_bounded
    AND (
      indicator.kind_code <> 'isr'
      OR (
        country.coverage >= indicator.minimum_coverage AND NOT country.is_part_bounded
      )
    ) AS is_complete,
    indicator.window_code = 'rolling_year' AS is_rolling,
    indicator.base_year * 10 + period.period_key - period.calendar_year * 10 AS base_period_key
  FROM core.basis AS basis
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = basis.version_key
  INNER JOIN core.period AS period
    ON period.period_key = basis.period_key
  INNER JOIN core.basis AS country
    ON country.level_code = 'landelijk'
    AND country.group_key = 0
    AND country.version_key = basis.version_key
    AND country.period_key = basis.period_key
  WHERE
    (
      basis.level_code = 'wijk' AND indicator.is_wijk_level
    )
    OR (
      basis.level_code = 'gemeente' AND indicator.is_gemeente_level
    )
    OR (
      basis.level_code = 'zorgkantoorregio' AND indicator.is_region_level
    )
    OR (
      basis.level_code = 'landelijk' AND indicator.is_country_level
    )
    OR (
      NOT basis.level_code IN ('wijk', 'gemeente', 'zorgkantoorregio', 'landelijk')
      AND indicator.is_classification_level
    )
), year_sum AS (
  SELECT
    judged.version_key,
    judged.area_key,
    judged.group_key,
    judged.period_key,
    SUM(CASE WHEN judged.is_complete THEN judged.numerator END) OVER year_window AS numerator,
    COUNT(CASE WHEN judged.is_complete THEN judged.numerator END) OVER year_window AS quarter_count,
    MIN(judged.coverage) OVER year_window AS coverage,
    BOOL_OR(CAST(judged.is_provisional AS BOOLEAN)) OVER year_window AS is_provisional,
    BOOL_OR(CAST(judged.is_revised AS BOOLEAN)) OVER year_window AS is_revised,
    BOOL_OR(CAST(judged.is_converted AS BOOLEAN)) OVER year_window AS is_converted,
    BOOL_OR(CAST(judged.is_estimated AS BOOLEAN)) OVER year_window AS is_estimated
  FROM judged
  WHERE
    judged.is_rolling
  WINDOW year_window AS (
    PARTITION BY judged.version_key, judged.area_key, judged.group_key
    ORDER BY judged.quarter_number
    RANGE BETWEEN 3 PRECEDING AND CURRENT ROW
  )
), windowed AS (
  SELECT
    judged.version_key,
    judged.area_key,
    judged.group_key,
    judged.level_code,
    judged.period_key,
    judged.period_start,
    judged.kind_code,
    judged.base_period_key,
    CASE WHEN NOT judged.is_rolling THEN judged.numerator WHEN year_sum.quarter_count = 4 THEN year_sum.numerator END AS numerator,
    CASE WHEN judged.is_complete AND NOT judged.is_provisional THEN judged.numerator END AS increment,
    judged.denominator,
    judged.squares,
    judged.minus_numerator,
    judged.minus_denominator,
    judged.expected,
    judged.standardised_rate,
    judged.standardised_variance,
    judged.is_delivered,
    COALESCE(year_sum.coverage, judged.coverage) AS coverage,
    judged.is_bounded,
    judged.is_unknown,
    COALESCE(year_sum.quarter_count = 4, TRUE) AS has_full_window,
    judged.is_complete AND COALESCE(year_sum.quarter_count = 4, TRUE) AS is_complete,
    COALESCE(year_sum.is_provisional, judged.is_provisional) AS is_provisional,
    COALESCE(year_sum.is_revised, judged.is_revised) AS is_revised,
    COALESCE(year_sum.is_converted, judged.is_converted) AS is_converted,
    COALESCE(year_sum.is_estimated, judged.is_estimated) AS is_estimated
  FROM judged
  LEFT JOIN year_sum
    ON year_sum.version_key = judged.version_key
    AND year_sum.area_key = judged.area_key
    AND year_sum.group_key = judged.group_key
    AND year_sum.period_key = judged.period_key
)
SELECT
  CAST(windowed.version_key AS INT) AS version_key,
  CAST(windowed.area_key AS INT) AS area_key,
  CAST(windowed.group_key AS INT) AS group_key, /* 0 is the total; reference.stratum_group */
  CAST(windowed.level_code AS TEXT) AS level_code,
  CAST(windowed.period_key AS INT) AS period_key,
  CAST(windowed.period_start AS DATE) AS period_start,
  CAST(windowed.kind_code AS TEXT) AS kind_code, /* of the indicator; a directly standardised rate within one group is the rate */
  CAST(windowed.numerator AS DOUBLE) AS numerator, /* a rolling year: sum of four quarters, null unless all four are complete */
  CAST(windowed.increment AS DOUBLE) AS increment, /* numerator of the period alone; null unless complete and final */
  CAST(windowed.denominator AS DOUBLE) AS denominator, /* a rolling year: of the last quarter */
  CAST(windowed.squares AS DOUBLE) AS squares,
  CAST(windowed.minus_numerator AS DOUBLE) AS minus_numerator,
  CAST(windowed.minus_denominator AS DOUBLE) AS minus_denominator,
  CAST(CASE WHEN base.is_complete THEN base.numerator END AS DOUBLE) AS base_numerator, /* same quarter of the base year */
  CAST(CASE WHEN base.is_complete THEN base.denominator END AS DOUBLE) AS base_denominator,
  CAST(windowed.expected AS DOUBLE) AS expected,
  CAST(windowed.standardised_rate AS DOUBLE) AS standardised_rate,
  CAST(windowed.standardised_variance AS DOUBLE) AS standardised_variance,
  CAST(windowed.is_delivered AS BOOLEAN) AS is_delivered,
  CAST(windowed.coverage AS DOUBLE) AS coverage, /* a rolling year: the lowest of its quarters */
  CAST(windowed.is_bounded AS BOOLEAN) AS is_bounded,
  CAST(windowed.is_unknown AS BOOLEAN) AS is_unknown,
  CAST(windowed.has_full_window AS BOOLEAN) AS has_full_window, /* all four quarters of a rolling year are complete */
  CAST(windowed.is_complete AS BOOLEAN) AS is_complete, /* enough coverage and no part delivered as <10 */
  CAST(windowed.is_provisional AS BOOLEAN) AS is_provisional,
  CAST(windowed.is_revised AS BOOLEAN) AS is_revised,
  CAST(windowed.is_converted AS BOOLEAN) AS is_converted,
  CAST(windowed.is_estimated AS BOOLEAN) AS is_estimated,
  CAST(indicator_period.is_break AS BOOLEAN) AS is_break,
  CAST(indicator_period.is_valid AS BOOLEAN) AS is_valid /* the version that applies to the period; false: the past under the version of today */
FROM windowed
INNER JOIN reference.indicator AS indicator
  ON indicator.version_key = windowed.version_key
INNER JOIN core.indicator_period AS indicator_period
  ON indicator_period.version_key = windowed.version_key
  AND indicator_period.period_key = windowed.period_key
  AND (
    indicator_period.is_valid OR indicator.is_current
  )
LEFT JOIN windowed AS base
  ON base.version_key = windowed.version_key
  AND base.area_key = windowed.area_key
  AND base.group_key = windowed.group_key
  AND base.period_key = windowed.base_period_key
