MODEL (
  name mart.spread,
  kind FULL,
  description 'The spread over the gemeenten of a region and of the country: p10, median and p90 of the gemeenten that have a value, by linear interpolation between order statistics (type 7 of Hyndman and Fan: position 1 + (n - 1) x share).',
  grain (view_code, version_key, region_key, period_key),
  audits (
    not_null(columns := (view_code, version_key, region_key, period_key, area_count, withheld_count)),
    whole_grain(columns := (view_code, version_key, region_key, period_key)),
    forall(
      criteria := ((
          area_count = 0
        ) = (
          median IS NULL
      ), p10 IS NULL OR p10 <= median AND median <= p90)
    )
  )
);

WITH gemeente AS (
  SELECT
    shown.view_code,
    shown.version_key,
    area.region_key,
    shown.area_key,
    shown.period_key,
    shown.value
  FROM mart.indicator_value AS shown
  INNER JOIN reference.area AS area
    ON area.area_key = shown.area_key
  WHERE
    shown.level_code = 'gemeente' AND shown.group_key = 0
), grouped AS (
  SELECT
    gemeente.view_code,
    gemeente.version_key,
    gemeente.region_key,
    gemeente.area_key,
    gemeente.period_key,
    gemeente.value
  FROM gemeente
  UNION ALL
  SELECT
    gemeente.view_code,
    gemeente.version_key,
    country.area_key AS region_key,
    gemeente.area_key,
    gemeente.period_key,
    gemeente.value
  FROM gemeente
  CROSS JOIN reference.area AS country
  WHERE
    country.level_code = 'landelijk'
), counted AS (
  SELECT
    grouped.view_code,
    grouped.version_key,
    grouped.region_key,
    grouped.period_key,
    COUNT(grouped.value) AS area_count,
    COUNT(grouped.area_key) - COUNT(grouped.value) AS withheld_count
  FROM grouped
  GROUP BY
    grouped.view_code,
    grouped.version_key,
    grouped.region_key,
    grouped.period_key
), ranked AS (
  SELECT
    grouped.view_code,
    grouped.version_key,
    grouped.region_key,
    grouped.period_key,
    grouped.value,
    ROW_NUMBER() OVER (
      PARTITION BY grouped.view_code, grouped.version_key, grouped.region_key, grouped.period_key
      ORDER BY grouped.value, grouped.area_key
    ) AS position
  FROM grouped
  WHERE
    NOT grouped.value IS NULL
), share AS (
  SELECT
    'p10' AS share_code,
    CAST(0.1 AS DOUBLE) AS share
  UNION ALL
  SELECT
    'median' AS share_code,
    CAST(0.5 AS DOUBLE) AS share
  UNION ALL
  SELECT
    'p90' AS share_code,
    CAST(0.9 AS DOUBLE) AS share
), weighted AS (
  SELECT
    ranked.view_code,
    ranked.version_key,
    ranked.region_key,
    ranked.period_key,
    share.share_code,
    ranked.value * GREATEST(1 - ABS(ranked.position - (
      1 + (
        counted.area_count - 1
      ) * share.share
    )), 0) AS contribution
  FROM ranked
  INNER JOIN counted
    ON counted.view_code = ranked.view_code
    AND counted.version_key = ranked.version_key
    AND counted.region_key = ranked.region_key
    AND counted.period_key = ranked.period_key
  CROSS JOIN share
), summed AS (
  SELECT
    weighted.view_code,
    weighted.version_key,
    weighted.region_key,
    weighted.period_key,
    SUM(CASE WHEN weighted.share_code = 'p10' THEN weighted.contribution END) AS p10,
    SUM(CASE WHEN weighted.share_code = 'median' THEN weighted.contribution END) AS median,
    SUM(CASE WHEN weighted.share_code = 'p90' THEN weighted.contribution END) AS p90
  FROM weighted
  GROUP BY
    weighted.view_code,
    weighted.version_key,
    weighted.region_key,
    weighted.period_key
)
SELECT
  CAST(counted.view_code AS TEXT) AS view_code,
  CAST(counted.version_key AS INT) AS version_key,
  CAST(counted.region_key AS INT) AS region_key, /* a region, or the country */
  CAST(counted.period_key AS INT) AS period_key,
  CAST(summed.p10 AS DOUBLE) AS p10,
  CAST(summed.median AS DOUBLE) AS median,
  CAST(summed.p90 AS DOUBLE) AS p90,
  CAST(counted.area_count AS INT) AS area_count, /* gemeenten that have a value */
  CAST(counted.withheld_count AS INT) AS withheld_count /* gemeenten without a value, whatever the reason */
FROM counted
LEFT JOIN summed
  ON summed.view_code = counted.view_code
  AND summed.version_key = counted.version_key
  AND summed.region_key = counted.region_key
  AND summed.period_key = counted.period_key
