MODEL (
  name reference.stratum_group,
  kind FULL,
  description 'Groups of strata in which figures are shown: the total (key 0), either sex, age groups, and age groups by sex.',
  grain (
    group_key
  ),
  audits (
    not_null(columns := (group_key, breakdown_code, sex_code, age_group_code, age_from, age_until)),
    unique_combination_of_columns(columns := (
      group_key
    )),
    accepted_values("column" := breakdown_code, is_in := ('total', 'sex', 'age', 'age_sex'))
  )
);

SELECT
  CAST(stratum_group.group_key AS INT) AS group_key,
  CAST(stratum_group.breakdown_code AS TEXT) AS breakdown_code, /* along what it divides the total */
  CAST(stratum_group.sex_code AS INT) AS sex_code, /* 0 both */
  CAST(stratum_group.age_group_code AS TEXT) AS age_group_code, /* totaal: all ages */
  CAST(stratum_group.age_from AS INT) AS age_from,
  CAST(stratum_group.age_until AS INT) AS age_until /* 999: without end */
FROM landing.stratum_group AS stratum_group
