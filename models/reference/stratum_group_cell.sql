MODEL (
  name reference.stratum_group_cell,
  kind FULL,
  description 'Which cells, age groups by sex and the total that has neither, add up to each group of strata.',
  grain (cell_key, group_key),
  audits (not_null(columns := (cell_key, group_key)), unique_combination_of_columns(columns := (cell_key, group_key)))
);

SELECT
  CAST(cell.group_key AS INT) AS cell_key,
  CAST(wide.group_key AS INT) AS group_key
FROM reference.stratum_group AS cell
INNER JOIN reference.stratum_group AS wide
  ON wide.sex_code IN (0, cell.sex_code) AND wide.age_from <= cell.age_from AND wide.age_until >= cell.age_until
WHERE
  cell.breakdown_code IN ('total', 'age_sex')
