MODEL (
  name core.basis,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'One row per version, area and period, delivered or not, for the total (group 0): the counts of each part over all strata, what standardisation makes of the strata, and how complete it is. Where a version is counted by age and sex there is such a row for every group of strata too: age groups by sex, and the sums of those over either.',
  grain (version_key, area_key, group_key, period_key),
  depends_on (
    reference.classification_member
  ),
  audits (whole_grain(columns := (version_key, area_key, group_key, period_key)), classifications_reconcile)
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
    CASE WHEN indicator.is_by_stratum THEN stratum.cell_key ELSE 0 END AS cell_key,
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
), cell_sum AS (
  SELECT
    standard.version_key,
    standard.area_key,
    standard.period_key,
    standard.cell_key,
    SUM(CAST(standard.numerator AS DECIMAL(38, 9))) AS numerator,
    SUM(CAST(standard.denominator AS DECIMAL(38, 9))) AS denominator,
    SUM(CAST(standard.squares AS DECIMAL(38, 9))) AS squares,
    SUM(CAST(standard.minus_numerator AS DECIMAL(38, 9))) AS minus_numerator,
    SUM(CAST(standard.minus_denominator AS DECIMAL(38, 9))) AS minus_denominator,
    COUNT(standard.denominator) AS denominator_count,
    SUM(CAST(standard.expected AS DECIMAL(38, 18))) AS expected,
    COUNT(standard.expected) AS expected_count,
    SUM(standard.weight) AS weight,
    COUNT(standard.weight) AS weight_count,
    COUNT(standard.weight_per_person) AS weighted_count,
    SUM(CAST(standard.numerator * standard.weight_per_person AS DECIMAL(38, 18))) AS weighted,
    SUM(CAST(standard.numerator * standard.weight_per_person * standard.weight_per_person AS DECIMAL(38, 18))) AS weighted_twice,
    BOOL_OR(CAST(standard.is_provisional AS BOOLEAN)) AS is_provisional,
    BOOL_OR(CAST(standard.is_revised AS BOOLEAN)) AS is_revised,
    BOOL_OR(CAST(standard.is_converted AS BOOLEAN)) AS is_converted,
    BOOL_OR(CAST(standard.is_estimated AS BOOLEAN)) AS is_estimated
  FROM standard
  GROUP BY
    standard.version_key,
    standard.area_key,
    standard.period_key,
    standard.cell_key
), collapsed AS (
  SELECT
    cell_sum.version_key,
    cell_sum.area_key,
    cell_sum.period_key,
    shown.group_key,
    CAST(SUM(cell_sum.numerator) AS DOUBLE) AS numerator,
    CAST(SUM(cell_sum.denominator) AS DOUBLE) AS denominator,
    CAST(SUM(cell_sum.squares) AS DOUBLE) AS squares,
    CAST(SUM(cell_sum.minus_numerator) AS DOUBLE) AS minus_numerator,
    CAST(SUM(cell_sum.minus_denominator) AS DOUBLE) AS minus_denominator,
    CASE
      WHEN SUM(cell_sum.expected_count) = SUM(cell_sum.denominator_count)
      THEN CAST(SUM(cell_sum.expected) AS DOUBLE)
    END AS expected,
    CASE
      WHEN SUM(cell_sum.weighted_count) = SUM(cell_sum.weight_count)
      THEN CAST(SUM(cell_sum.weighted) AS DOUBLE) / NULLIF(SUM(cell_sum.weight), 0)
    END AS standardised_rate,
    CASE
      WHEN SUM(cell_sum.weighted_count) = SUM(cell_sum.weight_count)
      THEN CAST(SUM(cell_sum.weighted_twice) AS DOUBLE) / NULLIF(SUM(cell_sum.weight) * SUM(cell_sum.weight), 0)
    END AS standardised_variance,
    BOOL_OR(CAST(cell_sum.is_provisional AS BOOLEAN)) AS is_provisional,
    BOOL_OR(CAST(cell_sum.is_revised AS BOOLEAN)) AS is_revised,
    BOOL_OR(CAST(cell_sum.is_converted AS BOOLEAN)) AS is_converted,
    BOOL_OR(CAST(cell_sum.is_estimated AS BOOLEAN)) AS is_estimated
  FROM cell_sum
  INNER JOIN reference.stratum_group_cell AS shown
    ON shown.cell_key = cell_sum.cell_key
  GROUP BY
    cell_sum.version_key,
    cell_sum.area_key,
    cell_sum.period_key,
    shown.group_key
), asked AS (
  SELECT
    status.version_key,
    status.area_key,
    status.level_code,
    shown.group_key,
    status.period_key,
    status.period_start,
    status.is_delivered,
    status.coverage,
    status.is_bounded,
    status.is_unknown,
    status.is_part_bounded
  FROM core.area_status AS status
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = status.version_key
  INNER JOIN core.indicator_group AS shown
    ON shown.version_key = status.version_key
  WHERE
    status.period_start BETWEEN @start_date AND @end_date
    AND (
      shown.group_key = 0
      OR (
        status.is_delivered
        AND (
          status.level_code IN ('zorgkantoorregio', 'landelijk')
          OR (
            status.level_code = 'gemeente' AND indicator.is_gemeente_level
          )
        )
      )
    )
)
SELECT
  CAST(asked.version_key AS INT) AS version_key,
  CAST(asked.area_key AS INT) AS area_key,
  CAST(asked.group_key AS INT) AS group_key, /* 0 is the total; reference.stratum_group */
  CAST(asked.level_code AS TEXT) AS level_code,
  CAST(asked.period_key AS INT) AS period_key,
  CAST(asked.period_start AS DATE) AS period_start,
  CAST(collapsed.numerator AS DOUBLE) AS numerator,
  CAST(collapsed.denominator AS DOUBLE) AS denominator, /* as delivered, before the denominator factor */
  CAST(collapsed.squares AS DOUBLE) AS squares,
  CAST(collapsed.minus_numerator AS DOUBLE) AS minus_numerator,
  CAST(collapsed.minus_denominator AS DOUBLE) AS minus_denominator,
  CAST(collapsed.expected AS DOUBLE) AS expected, /* indirect standardisation: sum of n x reference rate, the reference being the country */
  CAST(collapsed.standardised_rate AS DOUBLE) AS standardised_rate, /* direct standardisation, per 1; null when a stratum has no inhabitants */
  CAST(collapsed.standardised_variance AS DOUBLE) AS standardised_variance,
  CAST(asked.is_delivered AS BOOLEAN) AS is_delivered,
  CAST(asked.coverage AS DOUBLE) AS coverage,
  CAST(asked.is_bounded AS BOOLEAN) AS is_bounded,
  CAST(asked.is_unknown AS BOOLEAN) AS is_unknown,
  CAST(asked.is_part_bounded AS BOOLEAN) AS is_part_bounded,
  CAST(COALESCE(collapsed.is_provisional, FALSE) AS BOOLEAN) AS is_provisional,
  CAST(COALESCE(collapsed.is_revised, FALSE) AS BOOLEAN) AS is_revised,
  CAST(COALESCE(collapsed.is_converted, FALSE) AS BOOLEAN) AS is_converted,
  CAST(COALESCE(collapsed.is_estimated, FALSE) AS BOOLEAN) AS is_estimated
FROM asked
LEFT JOIN collapsed
  ON collapsed.version_key = asked.version_key
  AND collapsed.area_key = asked.area_key
  AND collapsed.group_key = asked.group_key
  AND collapsed.period_key = asked.period_key
