MODEL (
  name reference.target,
  kind FULL,
  description 'National doelstellingen.',
  grain (
    target_code
  ),
  audits (
    not_null(columns := (target_code, issuer, text, kind_code, status_code)),
    unique_combination_of_columns(columns := (
      target_code
    ))
  )
);

SELECT
  CAST(target.target_code AS TEXT) AS target_code,
  CAST(target.issuer AS TEXT) AS issuer,
  CAST(target.text AS TEXT) AS text,
  CAST(target.value AS DOUBLE) AS value,
  CAST(target.unit AS TEXT) AS unit,
  CAST(target.kind_code AS TEXT) AS kind_code,
  CAST(target.base AS TEXT) AS base,
  CAST(target.year AS INT) AS year,
  CAST(target.status_code AS TEXT) AS status_code,
  CAST(target.indicator_code AS TEXT) AS indicator_code,
  CAST(target.source AS TEXT) AS source,
  CAST(target.certainty AS TEXT) AS certainty
FROM landing.target AS target
