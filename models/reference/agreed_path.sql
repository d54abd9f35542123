MODEL (
  name reference.agreed_path,
  kind FULL,
  description 'Targets that can be followed: of the country (doelstelling) or of a region (afspraak), with their direction and pace. A target without baseline or number is not here; mart.target says what lacks.',
  grain (path_code, indicator_code, area_key),
  audits (
    whole_grain(columns := (path_code, indicator_code, area_key)),
    not_null(columns := (direction_code, orientation, pace, baseline_quarter, target_quarter, target_value)),
    accepted_values("column" := direction_code, is_in := ('increase', 'decrease', 'at_least', 'at_most', 'hold')),
    forall(criteria := (orientation = 1 OR orientation = -1, target_quarter > baseline_quarter))
  )
);

SELECT
  CAST(path.path_code AS TEXT) AS path_code,
  CAST(path.indicator_code AS TEXT) AS indicator_code,
  CAST(path.area_key AS INT) AS area_key,
  CAST(path.direction_code AS TEXT) AS direction_code,
  CAST(path.orientation AS INT) AS orientation, /* 1: a higher value is nearer to the target; -1: a lower one */
  CAST(path.pace AS DOUBLE) AS pace, /* agreed change per quarter, in the unit of the indicator */
  CAST(path.baseline_quarter AS INT) AS baseline_quarter, /* as core.period numbers quarters */
  CAST(path.target_quarter AS INT) AS target_quarter,
  CAST(path.target_value AS DOUBLE) AS target_value,
  CAST(path.is_public AS BOOLEAN) AS is_public /* everybody may see how it stands */
FROM landing.agreed_path AS path
