AUDIT (
  name known_area,
  dialect duckdb
);

SELECT
  fact.area_key
FROM @this_model AS fact
LEFT JOIN reference.area AS known
  ON known.area_key = fact.area_key
WHERE
  known.area_key IS NULL
