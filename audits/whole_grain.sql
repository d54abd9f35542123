AUDIT (
  name whole_grain,
  dialect duckdb
);

SELECT
  @EACH(@columns, c -> c)
FROM @this_model
GROUP BY
  @EACH(@columns, c -> c)
HAVING
  COUNT(*) > 1 OR @REDUCE(@EACH(@columns, c -> c IS NULL), (l, r) -> l OR r)
