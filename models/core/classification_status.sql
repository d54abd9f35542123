MODEL (
  name core.classification_status,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'For each version that is rolled up, area of another classification and period: which share of the inhabitants the sum of its gemeenten covers. A gemeente of which every part is complete counts, unless it is only a possible member.',
  grain (version_key, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key)),
    forall(criteria := (
      coverage BETWEEN 0 AND 1
    ))
  )
);

WITH placed AS (
  SELECT
    gemeente.version_key,
    member.area_key,
    member.classification_code,
    gemeente.period_key,
    gemeente.period_start,
    gemeente.inhabitants,
    gemeente.is_delivered AND member.is_certain AS is_delivered,
    gemeente.is_usable AND member.is_certain AS is_counted,
    gemeente.is_bounded
  FROM core.gemeente_status AS gemeente
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = gemeente.version_key AND indicator.is_classification_level
  INNER JOIN reference.classification_member AS member
    ON member.gemeente_key = gemeente.area_key
  WHERE
    gemeente.period_start BETWEEN @start_date AND @end_date
)
SELECT
  CAST(placed.version_key AS INT) AS version_key,
  CAST(placed.area_key AS INT) AS area_key,
  CAST(placed.classification_code AS TEXT) AS level_code,
  CAST(placed.period_key AS INT) AS period_key,
  CAST(placed.period_start AS DATE) AS period_start,
  CAST(BOOL_OR(CAST(placed.is_delivered AS BOOLEAN)) AS BOOLEAN) AS is_delivered, /* anything of the numerator, by a gemeente that has its place here */
  CAST(CASE
    WHEN BOOL_AND(CAST(placed.is_counted AS BOOLEAN))
    THEN 1
    ELSE CAST(SUM(CAST(CASE WHEN placed.is_counted THEN placed.inhabitants ELSE 0 END AS DECIMAL(38, 9))) AS DOUBLE) / NULLIF(CAST(SUM(CAST(placed.inhabitants AS DECIMAL(38, 9))) AS DOUBLE), 0)
  END AS DOUBLE) AS coverage, /* share of the inhabitants, 0 to 1 */
  CAST(BOOL_OR(CAST(placed.is_bounded AS BOOLEAN)) AS BOOLEAN) AS is_part_bounded /* a gemeente was delivered as <10 */
FROM placed
GROUP BY
  placed.version_key,
  placed.area_key,
  placed.classification_code,
  placed.period_key,
  placed.period_start
