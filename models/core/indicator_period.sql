MODEL (
  name core.indicator_period,
  kind FULL,
  description 'The periods of each definition version: those in which any of its measures was delivered at the frequency of the indicator. is_valid tells whether this is the version that applies to the period.',
  grain (version_key, period_key),
  audits (
    whole_grain(columns := (version_key, period_key))
  )
);

WITH delivered AS (
  SELECT DISTINCT
    part.version_key,
    batch.period_key,
    batch.period_start
  FROM reference.indicator_part AS part
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = part.version_key
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = part.dataset_key AND dataset.frequency_code = indicator.frequency_code
  INNER JOIN landing.batch_in_force AS batch
    ON batch.dataset_key = part.dataset_key
), judged AS (
  SELECT
    delivered.version_key,
    delivered.period_key,
    delivered.period_start,
    indicator.is_comparable,
    delivered.period_start >= indicator.valid_from
    AND delivered.period_start <= COALESCE(indicator.valid_until, CAST('9999-12-31' AS DATE)) AS is_valid
  FROM delivered
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = delivered.version_key
)
SELECT
  CAST(judged.version_key AS INT) AS version_key,
  CAST(judged.period_key AS INT) AS period_key,
  CAST(judged.period_start AS DATE) AS period_start,
  CAST(judged.is_valid AS BOOLEAN) AS is_valid, /* the version that applies to the period */
  CAST(judged.is_valid
  AND NOT judged.is_comparable
  AND judged.period_start = MIN(CASE WHEN judged.is_valid THEN judged.period_start END) OVER (PARTITION BY judged.version_key) AS BOOLEAN) AS is_break /* the first period of a version that is not comparable with the previous one */
FROM judged
