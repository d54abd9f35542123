MODEL (
  name reference.asked_dataset,
  kind FULL,
  description 'What each version of the uitvraag asks of every region, and from when until when it holds.',
  grain (uitvraag_version, dataset_key),
  audits (
    not_null(columns := (uitvraag_version, dataset_key, valid_from, is_optional)),
    unique_combination_of_columns(columns := (uitvraag_version, dataset_key))
  )
);

SELECT
  CAST(asked_dataset.uitvraag_version AS INT) AS uitvraag_version,
  CAST(asked_dataset.dataset_key AS INT) AS dataset_key,
  CAST(asked_dataset.valid_from AS DATE) AS valid_from, /* first day of the first quarter that it asks */
  CAST(asked_dataset.valid_until AS DATE) AS valid_until, /* last day; null while no later version is known */
  CAST(asked_dataset.is_optional AS BOOLEAN) AS is_optional /* may be delivered, is never missed */
FROM landing.asked_dataset AS asked_dataset
