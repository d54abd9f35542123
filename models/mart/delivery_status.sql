MODEL (
  name mart.delivery_status,
  kind FULL,
  description 'For every region, dataset of the uitvraag and period for which any region delivered anything: whether this region delivered it, and with which submission.',
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

WITH asked AS (
  SELECT DISTINCT
    batch.period_key,
    dataset.frequency_code
  FROM landing.batch_in_force AS batch
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = batch.dataset_key AND dataset.source_code = 'delivery'
), expected AS (
  SELECT
    region.area_key AS region_key,
    region.area_code AS region_code,
    asked.period_key,
    dataset.dataset_key,
    dataset.dataset_code
  FROM asked
  INNER JOIN reference.dataset AS dataset
    ON dataset.frequency_code = asked.frequency_code AND dataset.source_code = 'delivery'
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
