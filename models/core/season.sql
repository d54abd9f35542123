MODEL (
  name core.season,
  kind FULL,
  description 'Seasonal factors of indicators that depend on the season: value over centred moving average in the last twelve quarters, averaged per quarter and set to a mean of 1. The series is the mean of the regions that have all twelve, so that one region without a quarter does not hide the season of all; the last quarter is one that at least half of them have. No rows where no region has twelve: then the season is unknown.',
  grain (version_key, season_number),
  audits (whole_grain(columns := (version_key, season_number)), forall(criteria := (
      factor > 0
  )))
);

WITH point AS (
  SELECT
    point.version_key,
    point.area_key,
    point.quarter_number,
    point.season_number,
    point.value
  FROM core.trend_point AS point
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = point.version_key
  WHERE
    point.level_code = 'zorgkantoorregio' AND indicator.is_seasonal
), quarter AS (
  SELECT
    point.version_key,
    point.quarter_number,
    COUNT(*) AS region_count,
    MAX(COUNT(*)) OVER (PARTITION BY point.version_key) AS most_regions
  FROM point
  GROUP BY
    point.version_key,
    point.quarter_number
), last_quarter AS (
  SELECT
    quarter.version_key,
    MAX(quarter.quarter_number) AS quarter_number
  FROM quarter
  WHERE
    2 * quarter.region_count >= quarter.most_regions
  GROUP BY
    quarter.version_key
), complete AS (
  SELECT
    point.version_key,
    point.area_key,
    last_quarter.quarter_number AS last_quarter
  FROM point
  INNER JOIN last_quarter
    ON last_quarter.version_key = point.version_key
    AND point.quarter_number <= last_quarter.quarter_number
    AND point.quarter_number > last_quarter.quarter_number - 12
  GROUP BY
    point.version_key,
    point.area_key,
    last_quarter.quarter_number
  HAVING
    COUNT(*) = 12
), recent AS (
  SELECT
    point.version_key,
    point.quarter_number,
    point.season_number,
    AVG(point.value) AS value,
    complete.last_quarter - point.quarter_number AS age
  FROM point
  INNER JOIN complete
    ON complete.version_key = point.version_key
    AND complete.area_key = point.area_key
    AND point.quarter_number <= complete.last_quarter
  GROUP BY
    point.version_key,
    point.quarter_number,
    point.season_number,
    complete.last_quarter
), spread AS (
  SELECT
    recent.version_key,
    recent.season_number,
    recent.value,
    LAG(recent.value, 2) OVER year_window AS two_before,
    LAG(recent.value, 1) OVER year_window AS one_before,
    LEAD(recent.value, 1) OVER year_window AS one_after,
    LEAD(recent.value, 2) OVER year_window AS two_after,
    COUNT(recent.value) OVER (PARTITION BY recent.version_key) AS quarter_count,
    MIN(recent.value) OVER (PARTITION BY recent.version_key) AS smallest
  FROM recent
  WHERE
    recent.age < 12
  WINDOW year_window AS (PARTITION BY recent.version_key ORDER BY recent.quarter_number)
), averaged AS (
  SELECT
    spread.version_key,
    spread.season_number,
    AVG(
      spread.value * 8 / (
        spread.two_before + 2 * (
          spread.one_before + spread.value + spread.one_after
        ) + spread.two_after
      )
    ) AS ratio
  FROM spread
  WHERE
    spread.quarter_count = 12 AND spread.smallest > 0
  GROUP BY
    spread.version_key,
    spread.season_number
)
SELECT
  CAST(averaged.version_key AS INT) AS version_key,
  CAST(averaged.season_number AS INT) AS season_number, /* 1 to 4 */
  CAST(averaged.ratio / AVG(averaged.ratio) OVER (PARTITION BY averaged.version_key) AS DOUBLE) AS factor /* a value is divided by it */
FROM averaged
