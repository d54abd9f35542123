MODEL (
  name reference.stratum,
  kind FULL,
  description 'Five-year age bands by sex, with their weight in the standard population and the age group by sex that they are shown in; key 0 is the total.',
  grain (
    stratum_key
  ),
  audits (
    not_null(columns := (stratum_key, sex_code, band_number, age_from, cell_key)),
    unique_combination_of_columns(columns := (
      stratum_key
    ))
  )
);

SELECT
  CAST(stratum.stratum_key AS INT) AS stratum_key,
  CAST(stratum.sex_code AS INT) AS sex_code,
  CAST(stratum.band_number AS INT) AS band_number,
  CAST(stratum.age_from AS INT) AS age_from,
  CAST(stratum.standard_weight AS DOUBLE) AS standard_weight, /* European Standard Population 2013 */
  CAST(COALESCE(cell.group_key, 0) AS INT) AS cell_key /* age group by sex; 0 for the total */
FROM landing.stratum AS stratum
LEFT JOIN reference.stratum_group AS cell
  ON cell.breakdown_code = 'age_sex'
  AND cell.sex_code = stratum.sex_code
  AND stratum.age_from BETWEEN cell.age_from AND cell.age_until
