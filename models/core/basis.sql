MODEL (
  name core.basis,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'One row per version, area and period, delivered or not: the counts of each part over all strata, what standardisation makes of the strata, and how complete it is.',
  grain (version_key, area_key, period_key),
  depends_on (
    reference.classification_member
  ),
  audits (whole_grain(columns := (version_key, area_key, period_key)), classifications_reconcile)
);

WITH cell AS (
  SELECT
    component.version_key,
    component.area_key,
    component.level_code,
    component.period_key,
    component.stratum_key,
    component.numerator,
    component.denominator,
    component.squares,
    component.minus_numerator,
    component.minus_denominator,
    component.is_provisional,
    component.is_revised,
    component.is_converted,
    component.is_estimated
  FROM core.area_component AS component
  WHERE
    component.period_start BETWEEN @start_date AND @end_date
), country AS (
  SELECT
    cell.version_key,
    cell.period_key,
    cell.stratum_key,
    cell.numerator,
    cell.denominator
  FROM cell
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = cell.version_key AND indicator.kind_code = 'isr'
  WHERE
    cell.level_code = 'landelijk'
), standard AS (
  SELECT
    cell.version_key,
    cell.area_key,
    cell.period_key,
    cell.numerator,
    cell.denominator,
    cell.squares,
    cell.minus_numerator,
    cell.minus_denominator,
    cell.is_provisional,
    cell.is_revised,
    cell.is_converted,
    cell.is_estimated,
    stratum.standard_weight AS weight,
    stratum.standard_weight / NULLIF(cell.denominator * indicator.denominator_factor, 0) AS weight_per_person,
    CASE
      WHEN cell.denominator = 0
      THEN 0
      ELSE cell.denominator * country.numerator / NULLIF(country.denominator, 0)
    END AS expected
  FROM cell
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = cell.version_key
  INNER JOIN reference.stratum AS stratum
    ON stratum.stratum_key = cell.stratum_key
  LEFT JOIN country
    ON country.version_key = cell.version_key
    AND country.period_key = cell.period_key
    AND country.stratum_key = cell.stratum_key
), collapsed AS (
  SELECT
    standard.version_key,
    standard.area_key,
    standard.period_key,
    CAST(SUM(CAST(standard.numerator AS DECIMAL(38, 9))) AS DOUBLE) AS numerator,
    CAST(SUM(CAST(standard.denominator AS DECIMAL(38, 9))) AS DOUBLE) AS denominator,
    CAST(SUM(CAST(standard.squares AS DECIMAL(38, 9))) AS DOUBLE) AS squares,
    CAST(SUM(CAST(standard.minus_numerator AS DECIMAL(38, 9))) AS DOUBLE) AS minus_numerator,
    CAST(SUM(CAST(standard.minus_denominator AS DECIMAL(38, 9))) AS DOUBLE) AS minus_denominator,
    CASE
      WHEN COUNT(standard.expected) = COUNT(standard.denominator)
      THEN CAST(SUM(CAST(standard.expected AS DECIMAL(38, 18))) AS DOUBLE)
    END AS expected,
    CASE
      WHEN COUNT(standard.weight_per_person) = COUNT(standard.weight)
      THEN CAST(SUM(CAST(standard.numerator * standard.weight_per_person AS DECIMAL(38, 18))) AS DOUBLE) / NULLIF(SUM(standard.weight), 0)
    END AS standardised_rate,
    CASE
      WHEN COUNT(standard.weight_per_person) = COUNT(standard.weight)
      THEN CAST(SUM(CAST(standard.numerator * standard.weight_per_person * standard.weight_per_person AS DECIMAL(38, 18))) AS DOUBLE) / NULLIF(SUM(standard.weight) * SUM(standard.weight), 0)
    END AS standardised_variance,
    BOOL_OR(CAST(standard.is_provisional AS BOOLEAN)) AS is_provisional,
    BOOL_OR(CAST(standard.is_revised AS BOOLEAN)) AS is_revised,
    BOOL_OR(CAST(standard.is_converted AS BOOLEAN)) AS is_converted,
    BOOL_OR(CAST(standard.is_estimated AS BOOLEAN)) AS is_estimated
  FROM standard
  GROUP BY
    standard.version_key,
    standard.area_key,
    standard.period_key
)
SELECT
  CAST(status.version_key AS INT) AS version_key,
  CAST(status.area_key AS INT) AS area_key,
  CAST(status.level_code AS TEXT) AS level_code,
  CAST(status.period_key AS INT) AS period_key,
  CAST(status.period_start AS DATE) AS period_start,
  CAST(collapsed.numerator AS DOUBLE) AS numerator,
  CAST(collapsed.denominator AS DOUBLE) AS denominator, /* as delivered, before the denominator factor */
  CAST(collapsed.squares AS DOUBLE) AS squares,
  CAST(collapsed.minus_numerator AS DOUBLE) AS minus_numerator,
  CAST(collapsed.minus_denominator AS DOUBLE) AS minus_denominator,
  CAST(collapsed.expected AS DOUBLE) AS expected, /* indirect standardisation: sum of n x reference rate, the reference being the country */
  CAST(collapsed.standardised_rate AS DOUBLE) AS standardised_rate, /* direct standardisation, per 1; null when a stratum has no inhabitants */
  CAST(collapsed.standardised_variance AS DOUBLE) AS standardised_variance,
  CAST(status.is_delivered AS BOOLEAN) AS is_delivered,
  CAST(status.coverage AS DOUBLE) AS coverage,
  CAST(status.is_bounded AS BOOLEAN) AS is_bounded,
  CAST(status.is_unknown AS BOOLEAN) AS is_unknown,
  CAST(status.is_part_bounded AS BOOLEAN) AS is_part_bounded,
  CAST(COALESCE(collapsed.is_provisional, FALSE) AS BOOLEAN) AS is_provisional,
  CAST(COALESCE(collapsed.is_revised, FALSE) AS BOOLEAN) AS is_revised,
  CAST(COALESCE(collapsed.is_converted, FALSE) AS BOOLEAN) AS is_converted,
  CAST(COALESCE(collapsed.is_estimated, FALSE) AS BOOLEAN) AS is_estimated
FROM core.area_status AS status
LEFT JOIN collapsed
  ON collapsed.version_key = status.version_key
  AND collapsed.area_key = status.area_key
  AND collapsed.period_key = status.period_key
WHERE
  status.period_start BETWEEN @start_date AND @end_date
