MODEL (
  name reference.indicator_part,
  kind FULL,
  description 'The measures that are added up for each part of a calculation.',
  grain (version_key, part_code, measure_key),
  audits (
    not_null(columns := (version_key, part_code, measure_key, dataset_key)),
    unique_combination_of_columns(columns := (version_key, part_code, measure_key)),
    accepted_values("column" := part_code, is_in := ('numerator', 'denominator', 'squares', 'minus_numerator', 'minus_denominator'))
  )
);

SELECT
  CAST(indicator_part.version_key AS INT) AS version_key,
  CAST(indicator_part.part_code AS TEXT) AS part_code,
  CAST(indicator_part.measure_key AS INT) AS measure_key,
  CAST(indicator_part.dataset_key AS INT) AS dataset_key
FROM landing.indicator_part AS indicator_part
