MODEL (
  name core.protected_component,
  kind FULL,
  description 'Every count of every view. own: exact. published: suppressed and rounded below the country, at each level separately and from the raw count; an area of another division that is incomplete, or differs by one gemeente from an area beside it, is hidden, because two totals would tell that gemeente; a part whose owner already protected it, and the country, stay exact (METHODS 5). By age and sex a breakdown is shown whole or not at all: where every count of it is 0 or at least the threshold in every region; failing that, by age or by sex, for the country alone. Gemeenten show none of what regions delivered (decision 0023).',
  grain (view_code, version_key, area_key, group_key, period_key, part_code),
  audits (
    whole_grain(columns := (view_code, version_key, area_key, group_key, period_key, part_code)),
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
    group_key,
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
    group_key,
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
    group_key,
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
    group_key,
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
    group_key,
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
    group_key,
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
    group_key,
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
    raw_part.group_key,
    raw_part.period_key,
    raw_part.part_code,
    raw_part.amount,
    raw_part.level_code,
    stratum_group.breakdown_code,
    part.is_owner_protected,
    raw_part.amount <> 0 AND ABS(raw_part.amount) < policy.threshold AS is_small,
    area.is_one_apart
    OR NOT raw_part.is_complete
    AND NOT area.level_code IN ('wijk', 'gemeente', 'zorgkantoorregio', 'landelijk') AS is_telling,
    FLOOR(raw_part.amount / policy.rounding_base + 0.5) * policy.rounding_base AS rounded
  FROM raw_part
  INNER JOIN core.part AS part
    ON part.version_key = raw_part.version_key AND part.part_code = raw_part.protected_as
  INNER JOIN reference.area AS area
    ON area.area_key = raw_part.area_key
  INNER JOIN reference.stratum_group AS stratum_group
    ON stratum_group.group_key = raw_part.group_key
  CROSS JOIN reference.policy AS policy
  WHERE
    NOT raw_part.amount IS NULL
), breakdown AS (
  SELECT
    ruled.version_key,
    ruled.period_key,
    ruled.part_code,
    ruled.breakdown_code,
    BOOL_OR(CAST(ruled.is_small AS BOOLEAN)) AS is_small_anywhere,
    BOOL_OR(CAST(ruled.is_small AND ruled.level_code = 'landelijk' AS BOOLEAN)) AS is_small_in_country
  FROM ruled
  WHERE
    ruled.level_code IN ('zorgkantoorregio', 'landelijk') AND NOT ruled.is_owner_protected
  GROUP BY
    ruled.version_key,
    ruled.period_key,
    ruled.part_code,
    ruled.breakdown_code
), decided AS (
  SELECT
    ruled.version_key,
    ruled.area_key,
    ruled.group_key,
    ruled.period_key,
    ruled.part_code,
    ruled.amount,
    CASE WHEN ruled.is_owner_protected OR ruled.level_code = 'landelijk' THEN ruled.amount ELSE ruled.rounded END AS shown,
    CASE
      WHEN ruled.is_owner_protected
      THEN FALSE
      WHEN ruled.breakdown_code = 'total'
      THEN ruled.level_code <> 'landelijk' AND (
        ruled.is_telling OR ruled.is_small
      )
      WHEN ruled.level_code = 'zorgkantoorregio'
      THEN breakdown.is_small_anywhere
      WHEN ruled.level_code = 'landelijk'
      THEN breakdown.is_small_anywhere
      AND (
        ruled.breakdown_code = 'age_sex' OR breakdown.is_small_in_country OR total.is_small_anywhere
      )
      ELSE TRUE
    END AS is_hidden
  FROM ruled
  LEFT JOIN breakdown
    ON breakdown.version_key = ruled.version_key
    AND breakdown.period_key = ruled.period_key
    AND breakdown.part_code = ruled.part_code
    AND breakdown.breakdown_code = ruled.breakdown_code
  LEFT JOIN breakdown AS total
    ON total.version_key = ruled.version_key
    AND total.period_key = ruled.period_key
    AND total.part_code = ruled.part_code
    AND total.breakdown_code = 'total'
), both_views AS (
  SELECT
    'own' AS view_code,
    decided.version_key,
    decided.area_key,
    decided.group_key,
    decided.period_key,
    decided.part_code,
    decided.amount,
    FALSE AS is_hidden
  FROM decided
  UNION ALL
  SELECT
    'published' AS view_code,
    decided.version_key,
    decided.area_key,
    decided.group_key,
    decided.period_key,
    decided.part_code,
    CASE WHEN NOT decided.is_hidden THEN decided.shown END AS amount,
    decided.is_hidden
  FROM decided
)
SELECT
  CAST(both_views.view_code AS TEXT) AS view_code,
  CAST(both_views.version_key AS INT) AS version_key,
  CAST(both_views.area_key AS INT) AS area_key,
  CAST(both_views.group_key AS INT) AS group_key,
  CAST(both_views.period_key AS INT) AS period_key,
  CAST(both_views.part_code AS TEXT) AS part_code, /* numerator, denominator, squares, minus_..., base_... */
  CAST(both_views.amount AS DOUBLE) AS amount, /* null when hidden */
  CAST(both_views.is_hidden AS BOOLEAN) AS is_hidden /* one marker, whatever the reason */
FROM both_views
