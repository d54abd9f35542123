MODEL (
  name core.period,
  kind FULL,
  description 'Every period for which anything was delivered, with its code and its place on the axis of quarters.',
  grain (
    period_key
  ),
  audits (
    whole_grain(columns := (
      period_key
    ))
  )
);

WITH delivered AS (
  SELECT DISTINCT
    batch.period_key,
    batch.period_start
  FROM landing.batch_in_force AS batch
), dated AS (
  SELECT
    delivered.period_key,
    delivered.period_start,
    CAST(FLOOR(delivered.period_key / 10.0) AS INT) AS calendar_year,
    delivered.period_key - 10 * CAST(FLOOR(delivered.period_key / 10.0) AS INT) AS digit
  FROM delivered
)
SELECT
  CAST(dated.period_key AS INT) AS period_key, /* 20254 = 2025Q4, 20255 = 2025H1, 20250 = 2025 */
  CAST(CASE
    WHEN dated.digit = 0
    THEN CAST(dated.calendar_year AS TEXT)
    WHEN dated.digit <= 4
    THEN CAST(dated.calendar_year AS TEXT) || 'Q' || CAST(dated.digit AS TEXT)
    ELSE CAST(dated.calendar_year AS TEXT) || 'H' || CAST(dated.digit - 4 AS TEXT)
  END AS TEXT) AS period_code,
  CAST(dated.period_start AS DATE) AS period_start,
  CAST(dated.calendar_year AS INT) AS calendar_year,
  CAST(CASE WHEN dated.digit = 0 THEN 'year' WHEN dated.digit <= 4 THEN 'quarter' ELSE 'half_year' END AS TEXT) AS frequency_code,
  CAST(CASE WHEN dated.digit BETWEEN 1 AND 4 THEN dated.calendar_year * 4 + dated.digit END AS INT) AS quarter_number /* consecutive; null for other periods */
FROM dated
