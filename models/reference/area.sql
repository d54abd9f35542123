MODEL (
  name reference.area,
  kind FULL,
  description 'Gemeenten, zorgkantoorregio''s, the country and the areas of other classifications; region_key is the region in the reporting indeling.',
  grain (
    area_key
  ),
  depends_on (
    reference.classification_member
  ),
  audits (
    not_null(columns := (area_key, area_code, area_name, level_code, is_reporting)),
    unique_combination_of_columns(columns := (
      area_key
    )),
    known_level
  )
);

SELECT
  CAST(area.area_key AS INT) AS area_key,
  CAST(area.area_code AS TEXT) AS area_code,
  CAST(area.area_name AS TEXT) AS area_name,
  CAST(area.level_code AS TEXT) AS level_code, /* landelijk, zorgkantoorregio, gemeente, or the code of another classification */
  CAST(area.region_key AS INT) AS region_key, /* in the reporting indeling */
  CAST(area.region_code AS TEXT) AS region_code,
  CAST(area.is_reporting AS BOOLEAN) AS is_reporting /* exists in the reporting indeling */
FROM landing.area AS area
