AUDIT (
  name country_row_present,
  dialect duckdb
);

SELECT
  shown.view_code,
  shown.version_key,
  shown.group_key,
  shown.period_key
FROM @this_model AS shown
INNER JOIN reference.indicator AS indicator
  ON indicator.version_key = shown.version_key AND indicator.is_country_level
GROUP BY
  shown.view_code,
  shown.version_key,
  shown.group_key,
  shown.period_key
HAVING
  SUM(CASE WHEN shown.level_code = 'landelijk' THEN 1 ELSE 0 END) <> 1
