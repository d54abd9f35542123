AUDIT (
  name known_level,
  dialect duckdb
);

SELECT
  area.area_key
FROM @this_model AS area
LEFT JOIN reference.classification_member AS member
  ON member.area_key = area.area_key AND member.classification_code = area.level_code
WHERE
  NOT area.level_code IN ('landelijk', 'zorgkantoorregio', 'gemeente', 'wijk') AND member.area_key IS NULL
