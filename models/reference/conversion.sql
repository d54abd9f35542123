MODEL (
  name reference.conversion,
  kind FULL,
  description 'The share of the counts of an ended area that goes to an area of the reporting indeling.',
  grain (from_area_key, to_area_key),
  audits (
    not_null(columns := (from_area_key, to_area_key, share)),
    unique_combination_of_columns(columns := (from_area_key, to_area_key)),
    forall(criteria := (share > 0, share <= 1))
  )
);

SELECT
  CAST(conversion.from_area_key AS INT) AS from_area_key,
  CAST(conversion.to_area_key AS INT) AS to_area_key,
  CAST(conversion.share AS DOUBLE) AS share
FROM landing.conversion AS conversion
