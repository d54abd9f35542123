AUDIT (
  name known_stratum,
  dialect duckdb
);

SELECT
  fact.stratum_key
FROM @this_model AS fact
LEFT JOIN reference.stratum AS known
  ON known.stratum_key = fact.stratum_key
WHERE
  known.stratum_key IS NULL
