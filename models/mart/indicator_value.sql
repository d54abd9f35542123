MODEL (
  name mart.indicator_value,
  kind FULL,
  description 'Every indicator version, area and period, as a total and by age and sex where it is counted so, in which anything of it was delivered, where the version applies to the period or is that of today: value, interval, states and comparison with the country, in the own (exact) and the published (protected) view. An absent figure is a row with a state, never 0.',
  grain (view_code, version_key, area_key, group_key, period_key),
  depends_on (core.part, reference.policy),
  audits (
    not_null(
      columns := (
        view_code,
        version_key,
        indicator_code,
        indicator_version,
        area_key,
        area_code,
        level_code,
        period_key,
        period_code,
        period_start,
        interval_method,
        coverage,
        is_valid
      )
    ),
    whole_grain(columns := (view_code, version_key, area_key, group_key, period_key)),
    accepted_values("column" := view_code, is_in := ('own', 'published')),
    accepted_values("column" := comparison_code, is_in := ('similar', 'higher', 'lower', 'clearly_higher', 'clearly_lower')),
    forall(
      criteria := (
        coverage BETWEEN 0 AND 1,
        (
          value IS NULL
        ) = (
          NOT reason_code IS NULL
        ),
        lower_95 IS NULL OR lower_95 <= value + ABS(value) * 1e-9 AND value <= upper_95 + ABS(value) * 1e-9,
        lower_998 IS NULL OR lower_998 <= lower_95 AND upper_95 <= upper_998,
        (
          interval_method = 'none'
        ) = (
          lower_95 IS NULL
        )
      )
    ),
    published_shows_no_small_count,
    published_proportion_follows_counts,
    country_row_present
  )
);

WITH valued AS (
  SELECT
    viewed.view_code,
    viewed.version_key,
    viewed.area_key,
    viewed.group_key,
    counted.level_code,
    viewed.period_key,
    counted.period_start,
    viewed.numerator,
    viewed.denominator,
    counted.expected,
    CASE
      WHEN value.rounded_to IS NULL
      THEN value.multiplier * value.unit_value
      ELSE FLOOR(value.multiplier * value.unit_value * POWER(10.0, value.rounded_to) + 0.5) / POWER(10.0, value.rounded_to)
    END AS value,
    limits.lower_95,
    limits.upper_95,
    limits.lower_998,
    limits.upper_998,
    COALESCE(value.interval_method, 'none') AS interval_method,
    counted.coverage,
    counted.is_complete,
    counted.is_delivered,
    counted.is_provisional,
    counted.is_revised,
    counted.is_estimated,
    counted.is_converted,
    counted.is_break,
    counted.is_valid,
    viewed.reason_code
  FROM core.view_count AS viewed
  INNER JOIN core.indicator_count AS counted
    ON counted.version_key = viewed.version_key
    AND counted.area_key = viewed.area_key
    AND counted.group_key = viewed.group_key
    AND counted.period_key = viewed.period_key
  LEFT JOIN core.value AS value
    ON value.view_code = viewed.view_code
    AND value.version_key = viewed.version_key
    AND value.area_key = viewed.area_key
    AND value.group_key = viewed.group_key
    AND value.period_key = viewed.period_key
  LEFT JOIN core.value_interval AS limits
    ON limits.view_code = viewed.view_code
    AND limits.version_key = viewed.version_key
    AND limits.area_key = viewed.area_key
    AND limits.group_key = viewed.group_key
    AND limits.period_key = viewed.period_key
), compared AS (
  SELECT
    valued.view_code,
    valued.version_key,
    valued.area_key,
    valued.group_key,
    valued.period_key,
    country.value AS country_value,
    CASE
      WHEN valued.level_code = 'landelijk'
      OR NOT valued.is_complete
      OR NOT country.is_complete
      OR valued.lower_95 IS NULL
      OR country.value IS NULL
      THEN NULL
      WHEN country.value BETWEEN valued.lower_95 AND valued.upper_95
      THEN 'similar'
      WHEN country.value < valued.lower_998
      THEN 'clearly_higher'
      WHEN country.value < valued.lower_95
      THEN 'higher'
      WHEN country.value > valued.upper_998
      THEN 'clearly_lower'
      ELSE 'lower'
    END AS comparison_code
  FROM valued
  LEFT JOIN valued AS country
    ON country.level_code = 'landelijk'
    AND country.view_code = valued.view_code
    AND country.version_key = valued.version_key
    AND country.group_key = valued.group_key
    AND country.period_key = valued.period_key
)
SELECT
  CAST(valued.view_code AS TEXT) AS view_code, /* own or published */
  CAST(valued.version_key AS INT) AS version_key,
  CAST(indicator.indicator_code AS TEXT) AS indicator_code,
  CAST(indicator.version AS INT) AS indicator_version,
  CAST(valued.area_key AS INT) AS area_key,
  CAST(valued.group_key AS INT) AS group_key, /* 0 is the total */
  CAST(stratum_group.sex_code AS INT) AS sex_code, /* 0 both, 1 men, 2 women */
  CAST(stratum_group.age_group_code AS TEXT) AS age_group_code, /* totaal: all ages */
  CAST(area.area_code AS TEXT) AS area_code,
  CAST(valued.level_code AS TEXT) AS level_code, /* gemeente, zorgkantoorregio or landelijk */
  CAST(area.region_code AS TEXT) AS region_code, /* null for the country */
  CAST(valued.period_key AS INT) AS period_key,
  CAST(period.period_code AS TEXT) AS period_code,
  CAST(valued.period_start AS DATE) AS period_start,
  CAST(valued.numerator AS DOUBLE) AS numerator,
  CAST(valued.denominator AS DOUBLE) AS denominator,
  CAST(CASE WHEN indicator.kind_code = 'isr' THEN valued.expected END AS DOUBLE) AS expected, /* indirect standardisation only */
  CAST(valued.value AS DOUBLE) AS value, /* in the unit of the indicator; null when there is a reason */
  CAST(valued.lower_95 AS DOUBLE) AS lower_95,
  CAST(valued.upper_95 AS DOUBLE) AS upper_95,
  CAST(valued.lower_998 AS DOUBLE) AS lower_998,
  CAST(valued.upper_998 AS DOUBLE) AS upper_998,
  CAST(valued.interval_method AS TEXT) AS interval_method,
  CAST(valued.coverage AS DOUBLE) AS coverage, /* share of the inhabitants, 0 to 1 */
  CAST(valued.is_provisional AS BOOLEAN) AS is_provisional,
  CAST(valued.is_revised AS BOOLEAN) AS is_revised, /* a correction is in it */
  CAST(valued.is_estimated AS BOOLEAN) AS is_estimated, /* the population of an earlier year stands in */
  CAST(valued.is_break AS BOOLEAN) AS is_break, /* first period of a version that cannot be compared with the previous one */
  CAST(valued.is_converted AS BOOLEAN) AS is_converted, /* part of an ended area's counts is in it */
  CAST(valued.is_delivered AND NOT valued.is_complete AS BOOLEAN) AS is_incomplete,
  CAST(COALESCE(valued.reason_code = 'few_events', FALSE) AS BOOLEAN) AS is_few_events,
  CAST(COALESCE(valued.reason_code = 'suppressed', FALSE) AS BOOLEAN) AS is_suppressed,
  CAST(NOT valued.is_delivered AS BOOLEAN) AS is_not_delivered,
  CAST(COALESCE(valued.reason_code = 'unknown', FALSE) AS BOOLEAN) AS is_unknown,
  CAST(COALESCE(valued.reason_code = 'impossible', FALSE) AS BOOLEAN) AS is_impossible,
  CAST(COALESCE(valued.reason_code IN ('small_denominator', 'zero_denominator', 'no_full_year', 'no_base'), FALSE) AS BOOLEAN) AS is_not_filled, /* no value although it was delivered; the reason tells why */
  CAST(valued.reason_code AS TEXT) AS reason_code, /* why there is no value */
  CAST(compared.comparison_code AS TEXT) AS comparison_code, /* the area against the country; null: not compared */
  CAST(compared.country_value AS DOUBLE) AS country_value,
  CAST(valued.is_valid AS BOOLEAN) AS is_valid /* the version that applies to the period; false: the past under the version of today */
FROM valued
INNER JOIN compared
  ON compared.view_code = valued.view_code
  AND compared.version_key = valued.version_key
  AND compared.area_key = valued.area_key
  AND compared.group_key = valued.group_key
  AND compared.period_key = valued.period_key
INNER JOIN reference.indicator AS indicator
  ON indicator.version_key = valued.version_key
INNER JOIN reference.area AS area
  ON area.area_key = valued.area_key
INNER JOIN reference.stratum_group AS stratum_group
  ON stratum_group.group_key = valued.group_key
INNER JOIN core.period AS period
  ON period.period_key = valued.period_key
