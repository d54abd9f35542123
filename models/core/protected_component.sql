MODEL (
  name core.protected_component,
  kind FULL,
  description 'Every count of every view. own: exact. published: suppressed and rounded below the country, at each level separately and from the raw count; an area of another division that is incomplete, or differs by one gemeente from an area beside it, is hidden, because two totals would tell that gemeente; a part whose owner already protected it, and the country, stay exact (METHODS 5).',
  grain (view_code, version_key, area_key, period_key, part_code),
  audits (
    whole_grain(columns := (view_code, version_key, area_key, period_key, part_code)),
    accepted_values("column" := view_code, is_in := ('own', 'published')),
    forall(criteria := (
      is_hidden OR NOT amount IS NULL
    ))
  )
);

WITH raw_part AS (
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'numerator' AS part_code,
    'numerator' AS protected_as,
    numerator AS amount
  FROM core.indicator_count
  UNION ALL
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'denominator',
    'denominator',
    denominator
  FROM core.indicator_count
  UNION ALL
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'squares',
    'squares',
    squares
  FROM core.indicator_count
  UNION ALL
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'minus_numerator',
    'minus_numerator',
    minus_numerator
  FROM core.indicator_count
  UNION ALL
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'minus_denominator',
    'minus_denominator',
    minus_denominator
  FROM core.indicator_count
  UNION ALL
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'base_numerator',
    'numerator',
    base_numerator
  FROM core.indicator_count
  UNION ALL
  SELECT
    version_key,
    area_key,
    level_code,
    period_key,
    is_complete,
    'base_denominator',
    'denominator',
    base_denominator
  FROM core.indicator_count
), ruled AS (
  SELECT
    raw_part.version_key,
    raw_part.area_key,
    raw_part.period_key,
    raw_part.part_code,
    raw_part.amount,
    part.is_owner_protected OR raw_part.level_code = 'landelijk' AS is_exempt,
    area.is_one_apart
    OR NOT raw_part.is_complete
    AND NOT area.level_code IN ('wijk', 'gemeente', 'zorgkantoorregio', 'landelijk')
    OR raw_part.amount <> 0
    AND ABS(raw_part.amount) < policy.threshold AS is_sensitive,
    FLOOR(raw_part.amount / policy.rounding_base + 0.5) * policy.rounding_base AS rounded
  FROM raw_part
  INNER JOIN core.part AS part
    ON part.version_key = raw_part.version_key AND part.part_code = raw_part.protected_as
  INNER JOIN reference.area AS area
    ON area.area_key = raw_part.area_key
  CROSS JOIN reference.policy AS policy
  WHERE
    NOT raw_part.amount IS NULL
), both_views AS (
  SELECT
    'own' AS view_code,
    ruled.version_key,
    ruled.area_key,
    ruled.period_key,
    ruled.part_code,
    ruled.amount,
    FALSE AS is_hidden
  FROM ruled
  UNION ALL
  SELECT
    'published' AS view_code,
    ruled.version_key,
    ruled.area_key,
    ruled.period_key,
    ruled.part_code,
    CASE WHEN ruled.is_exempt THEN ruled.amount WHEN NOT ruled.is_sensitive THEN ruled.rounded END AS amount,
    ruled.is_sensitive AND NOT ruled.is_exempt AS is_hidden
  FROM ruled
)
SELECT
  CAST(both_views.view_code AS TEXT) AS view_code,
  CAST(both_views.version_key AS INT) AS version_key,
  CAST(both_views.area_key AS INT) AS area_key,
  CAST(both_views.period_key AS INT) AS period_key,
  CAST(both_views.part_code AS TEXT) AS part_code, /* numerator, denominator, squares, minus_..., base_... */
  CAST(both_views.amount AS DOUBLE) AS amount, /* null when hidden */
  CAST(both_views.is_hidden AS BOOLEAN) AS is_hidden /* one marker, whatever the reason */
FROM both_views
