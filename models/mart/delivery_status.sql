MODEL (
  name mart.delivery_status,
  kind FULL,
  description 'For every region and period for which any region delivered anything: whether this region delivered each dataset that the uitvraag of that period asks, and with which submission. What is optional has a row only where it was delivered.',
  grain (region_key, period_key, dataset_key),
  audits (
    not_null(columns := (region_key, region_code, period_key, period_code, dataset_key, dataset_code, is_delivered)),
    whole_grain(columns := (region_key, period_key, dataset_key)),
    forall(criteria := (
      is_delivered = (
        NOT batch_number IS NULL
      )
    ))
  )
);

WITH delivered AS (
  SELECT DISTINCT
    batch.period_key,
    batch.period_start
  FROM landing.batch_in_force AS batch
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = batch.dataset_key AND dataset.source_code = 'delivery'
), asked AS (
  SELECT
    delivered.period_key,
    asked_dataset.dataset_key,
    asked_dataset.is_optional
  FROM delivered
  INNER JOIN reference.asked_dataset AS asked_dataset
    ON asked_dataset.valid_from <= delivered.period_start
    AND COALESCE(asked_dataset.valid_until, delivered.period_start) >= delivered.period_start
), expected AS (
  SELECT
    region.area_key AS region_key,
    region.area_code AS region_code,
    asked.period_key,
    dataset.dataset_key,
    dataset.dataset_code,
    asked.is_optional
  FROM asked
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = asked.dataset_key
  INNER JOIN reference.area AS region
    ON region.level_code = 'zorgkantoorregio' AND region.is_reporting
)
SELECT
  CAST(expected.region_key AS INT) AS region_key,
  CAST(expected.region_code AS TEXT) AS region_code,
  CAST(expected.period_key AS INT) AS period_key,
  CAST(period.period_code AS TEXT) AS period_code,
  CAST(expected.dataset_key AS INT) AS dataset_key,
  CAST(expected.dataset_code AS TEXT) AS dataset_code,
  CAST(NOT batch.batch_number IS NULL AS BOOLEAN) AS is_delivered,
  CAST(batch.batch_number AS INT) AS batch_number, /* number of the submission in force */
  CAST(COALESCE(batch.is_correction, FALSE) AS BOOLEAN) AS is_correction /* an earlier submission counted before */
FROM expected
INNER JOIN core.period AS period
  ON period.period_key = expected.period_key
LEFT JOIN landing.batch_in_force AS batch
  ON batch.region_key = expected.region_key
  AND batch.period_key = expected.period_key
  AND batch.dataset_key = expected.dataset_key
WHERE
  NOT expected.is_optional OR NOT batch.batch_number IS NULL
