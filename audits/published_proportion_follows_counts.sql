AUDIT (
  name published_proportion_follows_counts,
  dialect duckdb
);

SELECT
  shown.version_key,
  shown.area_key,
  shown.period_key
FROM @this_model AS shown
INNER JOIN reference.indicator AS indicator
  ON indicator.version_key = shown.version_key AND indicator.kind_code = 'proportion'
WHERE
  shown.view_code = 'published'
  AND NOT shown.value IS NULL
  AND COALESCE(
    ABS(
      shown.value - indicator.multiplier * shown.numerator / NULLIF(shown.denominator * indicator.denominator_factor, 0)
    ) > 1e-9 * indicator.multiplier,
    TRUE
  )
