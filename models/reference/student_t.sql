MODEL (
  name reference.student_t,
  kind FULL,
  description 'Two-sided quantiles of Student t for few degrees of freedom; beyond the last one the models use an expansion.',
  grain (
    degrees_of_freedom
  ),
  audits (
    not_null(columns := (degrees_of_freedom, t_95, t_998)),
    unique_combination_of_columns(columns := (
      degrees_of_freedom
    ))
  )
);

SELECT
  CAST(student_t.degrees_of_freedom AS INT) AS degrees_of_freedom,
  CAST(student_t.t_95 AS DOUBLE) AS t_95,
  CAST(student_t.t_998 AS DOUBLE) AS t_998
FROM landing.student_t AS student_t
