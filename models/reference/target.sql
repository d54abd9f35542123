MODEL (
  name reference.target,
  kind FULL,
  description 'National doelstellingen, every version, a row per indicator that it is about.',
  grain (target_code, target_version, indicator_code),
  audits (
    not_null(columns := (target_code, target_version, is_current, issuer, text, theme_code, status_code)),
    whole_grain(columns := (target_code, target_version, indicator_code))
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
  CAST(target.value AS DOUBLE) AS value,
  CAST(target.unit AS TEXT) AS unit,
  CAST(target.base_value AS DOUBLE) AS base_value,
  CAST(target.base_period_code AS TEXT) AS base_period_code,
  CAST(target.target_period_code AS TEXT) AS target_period_code,
  CAST(target.status_code AS TEXT) AS status_code,
  CAST(target.indicator_code AS TEXT) AS indicator_code,
  CAST(target.level_value AS DOUBLE) AS level_value,
  CAST(target.gap_code AS TEXT) AS gap_code,
  CAST(target.source AS TEXT) AS source,
  CAST(target.certainty AS TEXT) AS certainty,
  CAST(target.is_monitoring_defined AS BOOLEAN) AS is_monitoring_defined,
  CAST(target.note AS TEXT) AS note,
  CAST(target.reason AS TEXT) AS reason
FROM landing.target AS target
