AUDIT (
  name one_certain_area,
  dialect duckdb
);

SELECT
  member.classification_code,
  member.gemeente_key
FROM @this_model AS member
GROUP BY
  member.classification_code,
  member.gemeente_key
HAVING
  SUM(CASE WHEN member.is_certain THEN 1 ELSE 0 END) > 1
  OR (
    SUM(CASE WHEN member.is_certain THEN 1 ELSE 0 END) = 1 AND COUNT(*) > 1
  )
