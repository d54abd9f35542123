MODEL (
  name core.part,
  kind FULL,
  description 'The parts of each definition version: how many delivered cells make one complete, and whether protection applies.',
  grain (version_key, part_code),
  audits (
    whole_grain(columns := (version_key, part_code))
  )
);

WITH stratum_count AS (
  SELECT
    indicator.version_key,
    COUNT(stratum.stratum_key) AS stratum_count
  FROM reference.indicator AS indicator
  INNER JOIN reference.stratum AS stratum
    ON stratum.age_from >= indicator.age_from AND NOT stratum.standard_weight IS NULL
  GROUP BY
    indicator.version_key
), part_measure AS (
  SELECT
    part.version_key,
    part.part_code,
    indicator.is_owner_protected OR measure.is_owner_protected AS is_owner_protected,
    CASE
      WHEN indicator.kind_code = 'dsr'
      THEN stratum_count.stratum_count
      WHEN dataset.breakdown_code = 'age_sex' AND NOT measure.is_owner_protected
      THEN stratum_count.stratum_count
      ELSE 1
    END AS required_cell_count
  FROM reference.indicator_part AS part
  INNER JOIN reference.indicator AS indicator
    ON indicator.version_key = part.version_key
  INNER JOIN reference.measure AS measure
    ON measure.measure_key = part.measure_key
  INNER JOIN reference.dataset AS dataset
    ON dataset.dataset_key = part.dataset_key
  LEFT JOIN stratum_count
    ON stratum_count.version_key = part.version_key
)
SELECT
  CAST(part_measure.version_key AS INT) AS version_key,
  CAST(part_measure.part_code AS TEXT) AS part_code,
  CAST(SUM(part_measure.required_cell_count) AS INT) AS required_cell_count, /* measures x strata that must be delivered; an owner that protects leaves small strata out, so one is enough there */
  CAST(BOOL_AND(CAST(part_measure.is_owner_protected AS BOOLEAN)) AS BOOLEAN) AS is_owner_protected /* the owner already protected small numbers */
FROM part_measure
GROUP BY
  part_measure.version_key,
  part_measure.part_code
