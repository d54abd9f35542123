MODEL (
  name reference.delivered_wijk,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'The wijken of each period that are in a batch in force, whatever it counts. By quarter, so that a quarter that is delivered again does not read all of history for it.',
  grain (area_key, period_key),
  audits (
    whole_grain(columns := (area_key, period_key))
  )
);

WITH delivered AS (
  SELECT DISTINCT
    observation.batch_number,
    observation.period_key,
    observation.period_start,
    observation.area_key
  FROM landing.observation AS observation
  WHERE
    observation.area_key BETWEEN 4000000 AND 4999999 AND observation.period_start BETWEEN @start_date AND @end_date
), in_force AS (
  SELECT DISTINCT
    batch.batch_number,
    batch.period_key
  FROM landing.batch_in_force AS batch
)
SELECT DISTINCT
  CAST(delivered.area_key AS INT) AS area_key,
  CAST(delivered.period_key AS INT) AS period_key,
  CAST(delivered.period_start AS DATE) AS period_start
FROM delivered
INNER JOIN in_force
  ON in_force.batch_number = delivered.batch_number AND in_force.period_key = delivered.period_key
