MODEL (
  name staging.observation,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'The rows in force, deliveries and open data alike, with the counts of ended areas carried to the reporting indeling. Where several rows make one, a single sign hides the sum.',
  grain (period_key, measure_key, area_key, stratum_key),
  depends_on (reference.area, reference.stratum),
  audits (
    not_null(columns := (period_key, measure_key, area_key, stratum_key)),
    forall(
      criteria := (CASE WHEN sign_code = 0 THEN NOT amount IS NULL ELSE amount IS NULL END, sign_code BETWEEN 0 AND 3)
    ),
    known_area,
    known_stratum
  )
);

WITH in_force AS (
  SELECT
    observation.period_start,
    observation.period_key,
    observation.area_key,
    observation.measure_key,
    observation.stratum_key,
    observation.amount,
    observation.sign_code,
    observation.is_provisional,
    batch.is_correction
  FROM landing.observation AS observation
  INNER JOIN reference.measure AS measure
    ON measure.measure_key = observation.measure_key
  INNER JOIN landing.batch_in_force AS batch
    ON batch.batch_number = observation.batch_number
    AND batch.dataset_key = measure.dataset_key
    AND batch.period_key = observation.period_key
  WHERE
    observation.period_start BETWEEN @start_date AND @end_date
), converted AS (
  SELECT
    in_force.period_start,
    in_force.period_key,
    COALESCE(conversion.to_area_key, in_force.area_key) AS area_key,
    in_force.measure_key,
    in_force.stratum_key,
    in_force.amount * COALESCE(conversion.share, 1) AS amount,
    in_force.sign_code,
    in_force.is_provisional,
    in_force.is_correction,
    COALESCE(conversion.share, 1) < 1 AS is_converted
  FROM in_force
  LEFT JOIN reference.conversion AS conversion
    ON conversion.from_area_key = in_force.area_key
)
SELECT
  CAST(converted.period_start AS DATE) AS period_start,
  CAST(converted.period_key AS INT) AS period_key,
  CAST(converted.area_key AS INT) AS area_key, /* in the reporting indeling */
  CAST(converted.measure_key AS INT) AS measure_key,
  CAST(converted.stratum_key AS INT) AS stratum_key,
  CAST(CASE WHEN MAX(converted.sign_code) = 0 THEN CAST(SUM(CAST(converted.amount AS DECIMAL(38, 9))) AS DOUBLE) END AS DOUBLE) AS amount,
  CAST(MAX(converted.sign_code) AS INT) AS sign_code, /* 0 a number, 1 <10, 2 unknown, 3 secret */
  CAST(BOOL_OR(CAST(converted.is_provisional AS BOOLEAN)) AS BOOLEAN) AS is_provisional,
  CAST(BOOL_OR(CAST(converted.is_correction AS BOOLEAN)) AS BOOLEAN) AS is_revised, /* an earlier batch counted before */
  CAST(BOOL_OR(CAST(converted.is_converted AS BOOLEAN)) AS BOOLEAN) AS is_converted /* part of an ended area's counts is in it */
FROM converted
GROUP BY
  converted.period_start,
  converted.period_key,
  converted.area_key,
  converted.measure_key,
  converted.stratum_key
