MODEL (
  name reference.poisson_limit,
  kind FULL,
  description 'Exact limits of a Poisson count of 0 to 9 events (METHODS 1).',
  grain (
    events
  ),
  audits (
    not_null(columns := (events, lower_95, upper_95, lower_998, upper_998)),
    unique_combination_of_columns(columns := (
      events
    )),
    forall(criteria := (lower_95 <= events, events <= upper_95, lower_998 <= lower_95, upper_95 <= upper_998))
  )
);

SELECT
  CAST(poisson_limit.events AS INT) AS events,
  CAST(poisson_limit.lower_95 AS DOUBLE) AS lower_95,
  CAST(poisson_limit.upper_95 AS DOUBLE) AS upper_95,
  CAST(poisson_limit.lower_998 AS DOUBLE) AS lower_998,
  CAST(poisson_limit.upper_998 AS DOUBLE) AS upper_998
FROM landing.poisson_limit AS poisson_limit
