MODEL (
  name reference.area,
  kind FULL,
  description 'Gemeenten, zorgkantoorregio''s, the country, the areas of other classifications and the wijken that were delivered (there is no list of them); region_key is the region in the reporting indeling.',
  grain (
    area_key
  ),
  depends_on (
    reference.classification_member
  ),
  audits (
    not_null(columns := (area_key, area_code, area_name, level_code, is_reporting, is_one_apart)),
    unique_combination_of_columns(columns := (
      area_key
    )),
    known_level
  )
);

WITH wijk AS (
  SELECT DISTINCT
    delivered.area_key
  FROM reference.delivered_wijk AS delivered
), every_area AS (
  SELECT
    area.area_key,
    area.area_code,
    area.area_name,
    area.level_code,
    area.region_key,
    area.region_code,
    area.is_reporting,
    area.is_one_apart
  FROM landing.area AS area
  UNION ALL
  SELECT
    wijk.area_key,
    'WK' || LPAD(CAST(wijk.area_key - 4000000 AS TEXT), 6, '0') AS area_code,
    'Wijk in ' || gemeente.area_name AS area_name,
    'wijk' AS level_code,
    gemeente.region_key,
    gemeente.region_code,
    gemeente.is_reporting,
    FALSE AS is_one_apart
  FROM wijk
  INNER JOIN landing.area AS gemeente
    ON gemeente.area_key = 3000000 + FLOOR((
      wijk.area_key - 4000000
    ) / 100.0)
)
SELECT
  CAST(every_area.area_key AS INT) AS area_key,
  CAST(every_area.area_code AS TEXT) AS area_code,
  CAST(every_area.area_name AS TEXT) AS area_name,
  CAST(every_area.level_code AS TEXT) AS level_code, /* landelijk, zorgkantoorregio, gemeente, wijk, or the code of another classification */
  CAST(every_area.region_key AS INT) AS region_key, /* in the reporting indeling */
  CAST(every_area.region_code AS TEXT) AS region_code,
  CAST(every_area.is_reporting AS BOOLEAN) AS is_reporting, /* exists in the reporting indeling; a wijk: its gemeente does */
  CAST(every_area.is_one_apart AS BOOLEAN) AS is_one_apart /* differs by one gemeente from an area of another division */
FROM every_area
