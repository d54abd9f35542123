AUDIT (
  name classifications_reconcile,
  dialect duckdb
);

WITH classified AS (
  SELECT
    basis.version_key,
    basis.period_key,
    basis.level_code,
    SUM(CAST(basis.numerator AS DECIMAL(38, 9))) AS numerator,
    SUM(CAST(basis.denominator AS DECIMAL(38, 9))) AS denominator
  FROM @this_model AS basis
  WHERE
    basis.group_key = 0 AND NOT basis.level_code IN ('wijk', 'gemeente', 'zorgkantoorregio', 'landelijk')
  GROUP BY
    basis.version_key,
    basis.period_key,
    basis.level_code
), summed AS (
  SELECT
    basis.version_key,
    basis.period_key,
    member.classification_code AS level_code,
    SUM(CAST(basis.numerator AS DECIMAL(38, 9))) AS numerator,
    SUM(CAST(basis.denominator AS DECIMAL(38, 9))) AS denominator
  FROM @this_model AS basis
  INNER JOIN reference.classification_member AS member
    ON member.gemeente_key = basis.area_key AND member.is_certain
  WHERE
    basis.group_key = 0 AND basis.level_code = 'gemeente' AND basis.coverage = 1
  GROUP BY
    basis.version_key,
    basis.period_key,
    member.classification_code
)
SELECT
  classified.version_key,
  classified.period_key,
  classified.level_code
FROM classified
LEFT JOIN summed
  ON summed.version_key = classified.version_key
  AND summed.period_key = classified.period_key
  AND summed.level_code = classified.level_code
WHERE
  ABS(COALESCE(classified.numerator, 0) - COALESCE(summed.numerator, 0)) > 0.000001 * (
    1 + ABS(COALESCE(summed.numerator, 0))
  )
  OR ABS(COALESCE(classified.denominator, 0) - COALESCE(summed.denominator, 0)) > 0.000001 * (
    1 + ABS(COALESCE(summed.denominator, 0))
  )
