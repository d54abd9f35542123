MODEL (
  name reference.measure,
  kind FULL,
  description 'Every counted thing, with the dataset to which it belongs.',
  grain (
    measure_key
  ),
  audits (
    not_null(columns := (measure_key, measure_code, dataset_key, is_owner_protected)),
    unique_combination_of_columns(columns := (
      measure_key
    ))
  )
);

SELECT
  CAST(measure.measure_key AS INT) AS measure_key,
  CAST(measure.measure_code AS TEXT) AS measure_code,
  CAST(measure.dataset_key AS INT) AS dataset_key,
  CAST(measure.is_owner_protected AS BOOLEAN) AS is_owner_protected /* its owner already protected small numbers */
FROM landing.measure AS measure
