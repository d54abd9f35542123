MODEL (
  name mart.target,
  kind FULL,
  description 'National doelstellingen, beside the indicator that they name where the kernset has it.',
  grain (
    target_code
  ),
  audits (
    not_null(columns := (target_code, issuer, text, kind_code, status_code, has_indicator)),
    whole_grain(columns := (
      target_code
    )),
    accepted_values("column" := has_indicator, is_in := (TRUE, FALSE))
  )
);

SELECT
  CAST(target.target_code AS TEXT) AS target_code,
  CAST(target.issuer AS TEXT) AS issuer,
  CAST(target.text AS TEXT) AS text,
  CAST(target.value AS DOUBLE) AS value, /* null: the target has no number */
  CAST(target.unit AS TEXT) AS unit,
  CAST(target.kind_code AS TEXT) AS kind_code,
  CAST(target.base AS TEXT) AS base,
  CAST(target.year AS INT) AS year,
  CAST(target.status_code AS TEXT) AS status_code,
  CAST(target.indicator_code AS TEXT) AS indicator_code,
  CAST(indicator.version AS INT) AS indicator_version, /* the version in the kernset */
  CAST(NOT indicator.version_key IS NULL AS BOOLEAN) AS has_indicator, /* the kernset has the indicator */
  CAST(target.source AS TEXT) AS source,
  CAST(target.certainty AS TEXT) AS certainty
FROM reference.target AS target
LEFT JOIN reference.indicator AS indicator
  ON indicator.indicator_code = target.indicator_code AND indicator.is_current
