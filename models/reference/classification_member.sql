MODEL (
  name reference.classification_member,
  kind FULL,
  description 'Which gemeenten of the reporting indeling are in each area of the classifications beside that of the zorgkantoorregio''s. A gemeente of which the area is not known is a possible member of several: it counts in none, and leaves each incomplete.',
  grain (area_key, gemeente_key),
  audits (
    not_null(columns := (classification_code, area_key, gemeente_key, is_certain)),
    unique_combination_of_columns(columns := (area_key, gemeente_key)),
    one_certain_area
  )
);

SELECT
  CAST(member.classification_code AS TEXT) AS classification_code, /* the level of its areas */
  CAST(member.area_key AS INT) AS area_key,
  CAST(member.gemeente_key AS INT) AS gemeente_key,
  CAST(member.is_certain AS BOOLEAN) AS is_certain /* false: one of several areas in which the gemeente may be */
FROM landing.classification_member AS member
