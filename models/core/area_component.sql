MODEL (
  name core.area_component,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'Counts per stratum at every level, the parts side by side. Only counts are added, never rates: a region is what it delivers itself, or else the sum of the gemeenten that count; an area of another classification is the sum of its gemeenten of which every part is complete; the country is what is delivered for it as a whole, or else the sum of the regions that have a figure. Sums are decimal, so that they do not depend on the order of rows; nine decimals keep whole counts whole (DuckDB reads 42192 with eighteen back as 42191.99999999999).',
  grain (version_key, area_key, period_key, stratum_key),
  audits (
    whole_grain(columns := (version_key, area_key, period_key, stratum_key))
  )
);

WITH delivered AS (
  SELECT
    component.version_key,
    component.part_code,
    component.area_key,
    area.level_code,
    component.period_key,
    component.period_start,
    component.stratum_key,
    component.amount,
    component.is_provisional,
    component.is_revised,
    component.is_converted,
    component.is_estimated
  FROM core.component AS component
  INNER JOIN reference.area AS area
    ON area.area_key = component.area_key
  WHERE
    component.period_start BETWEEN @start_date AND @end_date
    AND area.is_reporting
    AND area.level_code IN ('wijk', 'gemeente', 'zorgkantoorregio')
), summed AS (
  SELECT
    delivered.version_key,
    delivered.part_code,
    gemeente.region_key AS area_key,
    'zorgkantoorregio' AS level_code,
    delivered.period_key,
    delivered.period_start,
    delivered.stratum_key,
    CAST(SUM(CAST(delivered.amount AS DECIMAL(38, 9))) AS DOUBLE) AS amount,
    BOOL_OR(CAST(delivered.is_provisional AS BOOLEAN)) AS is_provisional,
    BOOL_OR(CAST(delivered.is_revised AS BOOLEAN)) AS is_revised,
    BOOL_OR(CAST(delivered.is_converted AS BOOLEAN)) AS is_converted,
    BOOL_OR(CAST(delivered.is_estimated AS BOOLEAN)) AS is_estimated
  FROM delivered
  INNER JOIN core.gemeente_status AS gemeente
    ON gemeente.version_key = delivered.version_key
    AND gemeente.area_key = delivered.area_key
    AND gemeente.period_key = delivered.period_key
    AND gemeente.is_counted
  LEFT JOIN core.area_part AS region
    ON region.version_key = delivered.version_key
    AND region.part_code = delivered.part_code
    AND region.area_key = gemeente.region_key
    AND region.period_key = delivered.period_key
  WHERE
    region.area_key IS NULL
  GROUP BY
    delivered.version_key,
    delivered.part_code,
    gemeente.region_key,
    delivered.period_key,
    delivered.period_start,
    delivered.stratum_key
), classified AS (
  SELECT
    delivered.version_key,
    delivered.part_code,
    member.area_key,
    member.classification_code AS level_code,
    delivered.period_key,
    delivered.period_start,
    delivered.stratum_key,
    CAST(SUM(CAST(delivered.amount AS DECIMAL(38, 9))) AS DOUBLE) AS amount,
    BOOL_OR(CAST(delivered.is_provisional AS BOOLEAN)) AS is_provisional,
    BOOL_OR(CAST(delivered.is_revised AS BOOLEAN)) AS is_revised,
    BOOL_OR(CAST(delivered.is_converted AS BOOLEAN)) AS is_converted,
    BOOL_OR(CAST(delivered.is_estimated AS BOOLEAN)) AS is_estimated
  FROM delivered
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = delivered.version_key AND indicator.is_classification_level
  INNER JOIN core.gemeente_status AS gemeente
    ON gemeente.version_key = delivered.version_key
    AND gemeente.area_key = delivered.area_key
    AND gemeente.period_key = delivered.period_key
    AND gemeente.is_usable
  INNER JOIN reference.classification_member AS member
    ON member.gemeente_key = delivered.area_key AND member.is_certain
  GROUP BY
    delivered.version_key,
    delivered.part_code,
    member.area_key,
    member.classification_code,
    delivered.period_key,
    delivered.period_start,
    delivered.stratum_key
), local AS (
  SELECT
    *
  FROM delivered
  UNION ALL
  SELECT
    *
  FROM summed
), country AS (
  SELECT
    local.version_key,
    local.part_code,
    area.area_key,
    'landelijk' AS level_code,
    local.period_key,
    local.period_start,
    local.stratum_key,
    CAST(SUM(CAST(local.amount AS DECIMAL(38, 9))) AS DOUBLE) AS amount,
    BOOL_OR(CAST(local.is_provisional AS BOOLEAN)) AS is_provisional,
    BOOL_OR(CAST(local.is_revised AS BOOLEAN)) AS is_revised,
    FALSE AS is_converted, /* shares of one gemeente add up to 1 within the country */
    BOOL_OR(CAST(local.is_estimated AS BOOLEAN)) AS is_estimated
  FROM local
  INNER JOIN core.region_status AS region
    ON region.version_key = local.version_key
    AND region.area_key = local.area_key
    AND region.period_key = local.period_key
    AND region.coverage > 0
  CROSS JOIN reference.area AS area
  LEFT JOIN core.country_status AS own
    ON own.version_key = local.version_key AND own.area_key = area.area_key AND own.period_key = local.period_key
  WHERE
    area.level_code = 'landelijk' AND own.version_key IS NULL
  GROUP BY
    local.version_key,
    local.part_code,
    area.area_key,
    local.period_key,
    local.period_start,
    local.stratum_key
), whole_country AS (
  SELECT
    component.version_key,
    component.part_code,
    component.area_key,
    'landelijk' AS level_code,
    component.period_key,
    component.period_start,
    component.stratum_key,
    component.amount,
    component.is_provisional,
    component.is_revised,
    component.is_converted,
    component.is_estimated
  FROM core.component AS component
  INNER JOIN core.country_status AS own
    ON own.version_key = component.version_key
    AND own.area_key = component.area_key
    AND own.period_key = component.period_key
  WHERE
    component.period_start BETWEEN @start_date AND @end_date
), every_level AS (
  SELECT
    *
  FROM local
  UNION ALL
  SELECT
    *
  FROM country
  UNION ALL
  SELECT
    *
  FROM whole_country
  UNION ALL
  SELECT
    *
  FROM classified
)
SELECT
  CAST(every_level.version_key AS INT) AS version_key,
  CAST(every_level.area_key AS INT) AS area_key,
  CAST(every_level.level_code AS TEXT) AS level_code,
  CAST(every_level.period_key AS INT) AS period_key,
  CAST(every_level.period_start AS DATE) AS period_start,
  CAST(every_level.stratum_key AS INT) AS stratum_key,
  CAST(MAX(CASE WHEN every_level.part_code = 'numerator' THEN every_level.amount END) AS DOUBLE) AS numerator, /* there is one amount per part */
  CAST(MAX(CASE WHEN every_level.part_code = 'denominator' THEN every_level.amount END) AS DOUBLE) AS denominator,
  CAST(MAX(CASE WHEN every_level.part_code = 'squares' THEN every_level.amount END) AS DOUBLE) AS squares,
  CAST(MAX(CASE WHEN every_level.part_code = 'minus_numerator' THEN every_level.amount END) AS DOUBLE) AS minus_numerator,
  CAST(MAX(CASE WHEN every_level.part_code = 'minus_denominator' THEN every_level.amount END) AS DOUBLE) AS minus_denominator,
  CAST(BOOL_OR(CAST(every_level.is_provisional AS BOOLEAN)) AS BOOLEAN) AS is_provisional, /* any of the parts */
  CAST(BOOL_OR(CAST(every_level.is_revised AS BOOLEAN)) AS BOOLEAN) AS is_revised,
  CAST(BOOL_OR(CAST(every_level.is_converted AS BOOLEAN)) AS BOOLEAN) AS is_converted,
  CAST(BOOL_OR(CAST(every_level.is_estimated AS BOOLEAN)) AS BOOLEAN) AS is_estimated
FROM every_level
GROUP BY
  every_level.version_key,
  every_level.area_key,
  every_level.level_code,
  every_level.period_key,
  every_level.period_start,
  every_level.stratum_key
