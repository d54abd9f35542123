MODEL (
  name reference.agreed_point,
  kind FULL,
  description 'The points through which an agreed path goes: baseline, milestones, target.',
  grain (path_code, indicator_code, area_key, quarter_number),
  audits (
    whole_grain(columns := (path_code, indicator_code, area_key, quarter_number)),
    not_null(columns := (
      value
    ))
  )
);

SELECT
  CAST(point.path_code AS TEXT) AS path_code,
  CAST(point.indicator_code AS TEXT) AS indicator_code,
  CAST(point.area_key AS INT) AS area_key,
  CAST(point.quarter_number AS INT) AS quarter_number,
  CAST(point.value AS DOUBLE) AS value
FROM landing.agreed_point AS point
