MODEL (
  name core.area_part,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column period_start
  ),
  description 'For each part of each version, area and period: whether what was delivered is complete enough to be added up.',
  grain (version_key, part_code, area_key, period_key),
  audits (
    whole_grain(columns := (version_key, part_code, area_key, period_key))
  )
);

SELECT
  CAST(component.version_key AS INT) AS version_key,
  CAST(component.part_code AS TEXT) AS part_code,
  CAST(component.area_key AS INT) AS area_key,
  CAST(component.period_key AS INT) AS period_key,
  CAST(component.period_start AS DATE) AS period_start,
  CAST(BOOL_OR(CAST(component.is_bounded AS BOOLEAN)) AS BOOLEAN) AS is_bounded,
  CAST(BOOL_OR(CAST(component.is_unknown AS BOOLEAN)) AS BOOLEAN) AS is_unknown,
  CAST(SUM(component.cell_count) >= MAX(part.required_cell_count)
  AND NOT BOOL_OR(CAST(component.is_bounded OR component.is_unknown AS BOOLEAN)) AS BOOLEAN) AS is_usable /* every cell that the part needs has a number */
FROM core.component AS component
INNER JOIN core.part AS part
  ON part.version_key = component.version_key AND part.part_code = component.part_code
WHERE
  component.period_start BETWEEN @start_date AND @end_date
GROUP BY
  component.version_key,
  component.part_code,
  component.area_key,
  component.period_key,
  component.period_start
