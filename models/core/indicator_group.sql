MODEL (
  name core.indicator_group,
  kind FULL,
  description 'In which groups of strata each definition version has figures: the total, and by age and sex where every part is counted so, from its first age on.',
  grain (version_key, group_key),
  audits (
    whole_grain(columns := (version_key, group_key))
  )
);

SELECT
  CAST(indicator.version_key AS INT) AS version_key,
  CAST(stratum_group.group_key AS INT) AS group_key
FROM reference.indicator AS indicator
INNER JOIN reference.stratum_group AS stratum_group
  ON stratum_group.breakdown_code = 'total'
  OR (
    indicator.is_by_stratum AND stratum_group.age_until >= indicator.age_from
  )
