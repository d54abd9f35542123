MODEL (
  name reference.indicator,
  kind FULL,
  description 'One row per version of an indicator definition that a kernset lists or listed.',
  grain (
    version_key
  ),
  audits (
    not_null(
      columns := (
        version_key,
        indicator_key,
        indicator_code,
        version,
        kind_code,
        multiplier,
        decimals,
        denominator_factor,
        age_from,
        frequency_code,
        window_code,
        is_seasonal,
        has_interval,
        polarity_code,
        minimum_coverage,
        minimum_denominator,
        is_wijk_level,
        is_gemeente_level,
        is_region_level,
        is_country_level,
        is_classification_level,
        is_by_stratum,
        delivered_level,
        is_owner_protected,
        valid_from,
        is_comparable,
        is_current
      )
    ),
    unique_combination_of_columns(columns := (
      version_key
    )),
    accepted_values("column" := kind_code, is_in := ('proportion', 'rate', 'ratio', 'dsr', 'isr', 'mean', 'index', 'difference')),
    forall(criteria := (multiplier > 0, denominator_factor > 0, minimum_coverage > 0))
  )
);

SELECT
  CAST(indicator.version_key AS INT) AS version_key,
  CAST(indicator.indicator_key AS INT) AS indicator_key,
  CAST(indicator.indicator_code AS TEXT) AS indicator_code,
  CAST(indicator.version AS INT) AS version,
  CAST(indicator.kind_code AS TEXT) AS kind_code,
  CAST(indicator.multiplier AS DOUBLE) AS multiplier,
  CAST(indicator.decimals AS INT) AS decimals,
  CAST(indicator.denominator_factor AS DOUBLE) AS denominator_factor, /* years that one period lasts */
  CAST(indicator.age_from AS INT) AS age_from,
  CAST(indicator.frequency_code AS TEXT) AS frequency_code,
  CAST(indicator.window_code AS TEXT) AS window_code, /* period or rolling_year */
  CAST(indicator.is_seasonal AS BOOLEAN) AS is_seasonal, /* moves with the season of the year */
  CAST(indicator.has_interval AS BOOLEAN) AS has_interval, /* false: no limits; a difference is then one of any quotients, not of proportions */
  CAST(indicator.polarity_code AS TEXT) AS polarity_code,
  CAST(indicator.minimum_coverage AS DOUBLE) AS minimum_coverage,
  CAST(indicator.minimum_denominator AS DOUBLE) AS minimum_denominator,
  CAST(indicator.is_wijk_level AS BOOLEAN) AS is_wijk_level,
  CAST(indicator.is_gemeente_level AS BOOLEAN) AS is_gemeente_level,
  CAST(indicator.is_region_level AS BOOLEAN) AS is_region_level,
  CAST(indicator.is_country_level AS BOOLEAN) AS is_country_level,
  CAST(indicator.is_classification_level AS BOOLEAN) AS is_classification_level, /* every part is counted per gemeente: rolled up to other classifications */
  CAST(indicator.is_by_stratum AS BOOLEAN) AS is_by_stratum, /* every part is counted by age and sex */
  CAST(indicator.delivered_level AS TEXT) AS delivered_level, /* level of the numerator's dataset */
  CAST(indicator.is_owner_protected AS BOOLEAN) AS is_owner_protected,
  CAST(indicator.base_year AS INT) AS base_year,
  CAST(indicator.valid_from AS DATE) AS valid_from,
  CAST(indicator.valid_until AS DATE) AS valid_until, /* last day of the periods to which it applies; null: it still applies */
  CAST(indicator.is_comparable AS BOOLEAN) AS is_comparable, /* with the previous version; true for the first */
  CAST(indicator.is_current AS BOOLEAN) AS is_current /* in the kernset in force */
FROM landing.indicator AS indicator
