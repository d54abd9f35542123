MODEL (
  name mart.target,
  kind FULL,
  description 'National doelstellingen, every version, beside the indicator that it is about where the kernset has it.',
  grain (target_code, target_version, indicator_code),
  audits (
    not_null(columns := (target_code, target_version, is_current, issuer, text, theme_code, status_code, has_indicator)),
    whole_grain(columns := (target_code, target_version, indicator_code)),
    accepted_values("column" := has_indicator, is_in := (TRUE, FALSE))
  )
);

SELECT
  CAST(target.target_code AS TEXT) AS target_code,
  CAST(target.target_version AS INT) AS target_version,
  CAST(target.is_current AS BOOLEAN) AS is_current,
  CAST(target.valid_from AS DATE) AS valid_from,
  CAST(target.issuer AS TEXT) AS issuer,
  CAST(target.text AS TEXT) AS text,
  CAST(target.theme_code AS TEXT) AS theme_code,
  CAST(target.kind_code AS TEXT) AS kind_code,
  CAST(target.direction_code AS TEXT) AS direction_code,
  CAST(target.value AS DOUBLE) AS value, /* in unit; null: the target has no number */
  CAST(target.unit AS TEXT) AS unit,
  CAST(target.base_value AS DOUBLE) AS base_value,
  CAST(target.base_period_code AS TEXT) AS base_period_code,
  CAST(target.target_period_code AS TEXT) AS target_period_code,
  CAST(target.status_code AS TEXT) AS status_code,
  CAST(target.indicator_code AS TEXT) AS indicator_code,
  CAST(indicator.version AS INT) AS indicator_version, /* the version in the kernset */
  CAST(NOT indicator.version_key IS NULL AS BOOLEAN) AS has_indicator, /* the kernset has the indicator */
  CAST(target.level_value AS DOUBLE) AS level_value, /* the same in the unit of the indicator; null: that cannot be said */
  CAST(target.gap_code AS TEXT) AS gap_code, /* why there is no progress figure */
  CAST(target.source AS TEXT) AS source,
  CAST(target.certainty AS TEXT) AS certainty,
  CAST(target.is_monitoring_defined AS BOOLEAN) AS is_monitoring_defined, /* null: not found */
  CAST(target.note AS TEXT) AS note,
  CAST(target.reason AS TEXT) AS reason
FROM reference.target AS target
LEFT JOIN reference.indicator AS indicator
  ON indicator.indicator_code = target.indicator_code AND indicator.is_current
