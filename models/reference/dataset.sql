MODEL (
  name reference.dataset,
  kind FULL,
  description 'What arrives together: the catalogue of deliveries and open-data sources.',
  grain (
    dataset_key
  ),
  audits (
    not_null(columns := (dataset_key, dataset_code, source_code, frequency_code, level_code, breakdown_code)),
    unique_combination_of_columns(columns := (
      dataset_key
    )),
    accepted_values("column" := source_code, is_in := ('delivery', 'open_data')),
    accepted_values("column" := frequency_code, is_in := ('quarter', 'half_year', 'year')),
    accepted_values("column" := breakdown_code, is_in := ('total', 'age_sex'))
  )
);

SELECT
  CAST(dataset.dataset_key AS INT) AS dataset_key,
  CAST(dataset.dataset_code AS TEXT) AS dataset_code,
  CAST(dataset.source_code AS TEXT) AS source_code, /* delivery or open_data */
  CAST(dataset.frequency_code AS TEXT) AS frequency_code, /* quarter, half_year or year */
  CAST(dataset.level_code AS TEXT) AS level_code,
  CAST(dataset.breakdown_code AS TEXT) AS breakdown_code /* total or age_sex */
FROM landing.dataset AS dataset
