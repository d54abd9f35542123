AUDIT (
  name published_shows_no_small_count,
  dialect duckdb
);

SELECT
  shown.version_key,
  shown.area_key,
  shown.period_key,
  part.part_code
FROM @this_model AS shown
INNER JOIN core.part AS part
  ON part.version_key = shown.version_key AND NOT part.is_owner_protected
CROSS JOIN reference.policy AS policy
WHERE
  shown.view_code = 'published'
  AND shown.level_code <> 'landelijk'
  AND CASE
    WHEN part.part_code = 'numerator'
    THEN shown.numerator
    WHEN part.part_code = 'denominator'
    THEN shown.denominator
    ELSE 0
  END <> 0
  AND ABS(
    CASE
      WHEN part.part_code = 'numerator'
      THEN shown.numerator
      WHEN part.part_code = 'denominator'
      THEN shown.denominator
      ELSE 0
    END
  ) < policy.threshold
