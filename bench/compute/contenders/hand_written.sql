-- What the models make of deliveries up to core.basis, as one would write it by hand for DuckDB alone.
-- Between getvariable('first') and getvariable('last') everything is replaced; the tables exist already.

CREATE OR REPLACE TEMP TABLE asked AS
SELECT source.*, indicator.kind_code, indicator.is_by_stratum, indicator.age_from, dataset.breakdown_code
FROM core.part_source AS source
JOIN landing.indicator AS indicator USING (version_key)
JOIN landing.dataset AS dataset ON dataset.dataset_key = source.dataset_key
WHERE source.period_start BETWEEN getvariable('first') AND getvariable('last');

CREATE OR REPLACE TEMP TABLE read_period AS
SELECT source_period_key AS period_key FROM asked
UNION
SELECT COALESCE(MAX(year.period_key) FILTER (year.period_key <= asked.period_key), MIN(year.period_key))
FROM asked
CROSS JOIN (
    SELECT DISTINCT batch.period_key
    FROM landing.batch_in_force AS batch JOIN landing.dataset AS dataset USING (dataset_key)
    WHERE dataset.dataset_code = 'population'
) AS year
GROUP BY asked.period_key;

CREATE OR REPLACE TEMP TABLE cell AS
SELECT
    observation.period_key,
    observation.measure_key,
    COALESCE(conversion.to_area_key, observation.area_key) AS area_key,
    observation.stratum_key,
    CASE WHEN MAX(observation.sign_code) = 0 THEN SUM((observation.amount * COALESCE(conversion.share, 1))::DECIMAL(38, 9))::DOUBLE END AS amount,
    MAX(observation.sign_code) AS sign_code,
    BOOL_OR(observation.is_provisional) AS is_provisional,
    BOOL_OR(batch.is_correction) AS is_revised,
    BOOL_OR(conversion.share < 1) IS TRUE AS is_converted
FROM landing.observation AS observation
JOIN landing.measure AS measure USING (measure_key)
JOIN landing.batch_in_force AS batch
    ON batch.batch_number = observation.batch_number
    AND batch.dataset_key = measure.dataset_key
    AND batch.period_key = observation.period_key
LEFT JOIN landing.conversion AS conversion ON conversion.from_area_key = observation.area_key
WHERE observation.period_key IN (FROM read_period)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE inhabitants AS
WITH counted AS (
    SELECT cell.period_key, cell.area_key, SUM(cell.amount) AS inhabitants
    FROM cell
    JOIN landing.measure AS measure USING (measure_key)
    JOIN landing.dataset AS dataset ON dataset.dataset_key = measure.dataset_key AND dataset.dataset_code = 'population'
    JOIN landing.stratum AS stratum
        ON stratum.stratum_key = cell.stratum_key
        AND (stratum.standard_weight IS NULL) = (dataset.breakdown_code = 'total')
    GROUP BY ALL
), chosen AS (
    SELECT
        period.period_key,
        COALESCE(MAX(year.period_key) FILTER (year.period_key <= period.period_key), MIN(year.period_key)) AS year_key
    FROM core.period AS period LEFT JOIN (SELECT DISTINCT period_key FROM counted) AS year ON TRUE
    GROUP BY ALL
)
SELECT chosen.period_key, area.area_key, area.region_key, COALESCE(counted.inhabitants, 1) AS inhabitants
FROM chosen
CROSS JOIN landing.area AS area
LEFT JOIN counted ON counted.period_key = chosen.year_key AND counted.area_key = area.area_key
WHERE area.is_reporting AND area.level_code = 'gemeente' AND area.region_key IS NOT NULL;

CREATE OR REPLACE TEMP TABLE component AS
SELECT
    asked.version_key, asked.part_code, cell.area_key, asked.period_key, asked.period_start,
    CASE WHEN asked.kind_code IN ('dsr', 'isr') OR asked.is_by_stratum THEN cell.stratum_key ELSE 0 END AS stratum_key,
    SUM(cell.amount::DECIMAL(38, 9))::DOUBLE AS amount,
    COUNT(cell.amount) AS cell_count,
    BOOL_OR(cell.sign_code = 1) AS is_bounded,
    BOOL_OR(cell.sign_code > 1) AS is_unknown,
    BOOL_OR(cell.is_provisional) AS is_provisional,
    BOOL_OR(cell.is_revised) AS is_revised,
    BOOL_OR(cell.is_converted) AS is_converted,
    BOOL_OR(asked.is_estimated) AS is_estimated
FROM asked
JOIN cell ON cell.measure_key = asked.measure_key AND cell.period_key = asked.source_period_key
JOIN landing.stratum AS stratum
    ON stratum.stratum_key = cell.stratum_key
    AND (asked.breakdown_code = 'total') = (stratum.standard_weight IS NULL)
    AND (asked.breakdown_code = 'total' OR stratum.age_from >= asked.age_from)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE area_part AS
SELECT
    component.version_key, component.part_code, component.area_key, component.period_key,
    BOOL_OR(component.is_bounded) AS is_bounded,
    BOOL_OR(component.is_unknown) AS is_unknown,
    SUM(component.cell_count) >= ANY_VALUE(part.required_cell_count)
    AND NOT BOOL_OR(component.is_bounded OR component.is_unknown) AS is_usable
FROM component JOIN core.part AS part USING (version_key, part_code)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE gemeente AS
SELECT
    period.version_key, place.area_key, place.region_key, period.period_key, period.period_start,
    ANY_VALUE(place.inhabitants) AS inhabitants,
    BOOL_OR(own.part_code IS NOT NULL AND part.part_code IN ('numerator', 'minus_numerator')) AS is_delivered,
    BOOL_AND(COALESCE(own.is_usable, FALSE)) AS is_usable,
    BOOL_AND(COALESCE(own.is_usable, FALSE) OR region.part_code IS NOT NULL) AS is_counted,
    BOOL_OR(COALESCE(own.is_bounded, FALSE)) AS is_bounded,
    BOOL_OR(COALESCE(own.is_unknown, FALSE)) AS is_unknown,
    BOOL_OR(COALESCE(own.is_bounded, FALSE) AND region.part_code IS NULL) AS is_bounded_in_region
FROM core.indicator_period AS period
JOIN core.part AS part USING (version_key)
JOIN inhabitants AS place USING (period_key)
LEFT JOIN area_part AS own
    ON own.version_key = period.version_key AND own.part_code = part.part_code
    AND own.area_key = place.area_key AND own.period_key = period.period_key
LEFT JOIN area_part AS region
    ON region.version_key = period.version_key AND region.part_code = part.part_code
    AND region.area_key = place.region_key AND region.period_key = period.period_key
WHERE period.period_start BETWEEN getvariable('first') AND getvariable('last')
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE whole AS
SELECT
    area_part.version_key, area_part.area_key, area_part.period_key, area.level_code,
    COUNT(*) AS part_count,
    COUNT(*) = ANY_VALUE(part.part_count) AS is_whole,
    BOOL_AND(area_part.is_usable) AS is_usable,
    BOOL_OR(area_part.is_bounded) AS is_bounded,
    BOOL_OR(area_part.is_unknown) AS is_unknown,
    BOOL_OR(area_part.part_code IN ('numerator', 'minus_numerator')) AS is_delivered
FROM area_part
JOIN landing.area AS area ON area.area_key = area_part.area_key AND area.level_code <> 'gemeente'
JOIN (SELECT version_key, COUNT(*) AS part_count FROM core.part GROUP BY ALL) AS part USING (version_key)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE region AS
WITH summed AS (
    SELECT
        version_key, region_key, period_key, period_start,
        SUM(inhabitants) AS inhabitants,
        BOOL_OR(is_delivered) AS is_delivered,
        BOOL_OR(is_bounded_in_region) AS is_bounded,
        CASE
            WHEN BOOL_AND(is_counted) THEN 1
            ELSE COALESCE(SUM(inhabitants) FILTER (is_counted), 0) / NULLIF(SUM(inhabitants), 0)
        END AS coverage
    FROM gemeente
    GROUP BY ALL
)
SELECT
    summed.version_key, summed.region_key AS area_key, summed.period_key, summed.period_start, summed.inhabitants,
    summed.is_delivered OR COALESCE(whole.is_delivered, FALSE) AS is_delivered,
    CASE
        WHEN NOT whole.is_usable THEN 0
        WHEN whole.is_whole THEN 1
        WHEN whole.part_count > 0 AND summed.coverage < 1 THEN 0
        ELSE COALESCE(summed.coverage, 0)
    END AS coverage,
    COALESCE(whole.is_bounded, FALSE) AS is_bounded,
    COALESCE(whole.is_unknown, FALSE) AS is_unknown,
    NOT COALESCE(whole.is_whole, FALSE) AND summed.is_bounded AS is_part_bounded
FROM summed
LEFT JOIN whole
    ON whole.version_key = summed.version_key
    AND whole.area_key = summed.region_key
    AND whole.period_key = summed.period_key;

CREATE OR REPLACE TEMP TABLE status AS
SELECT
    version_key, area_key, 'gemeente' AS level_code, period_key, period_start, is_delivered,
    CASE WHEN is_usable THEN 1.0 ELSE 0.0 END AS coverage, is_bounded, is_unknown, FALSE AS is_part_bounded
FROM gemeente
UNION ALL
SELECT
    version_key, area_key, 'zorgkantoorregio', period_key, period_start, is_delivered,
    coverage, is_bounded, is_unknown, is_part_bounded
FROM region
UNION ALL
SELECT
    region.version_key, area.area_key, 'landelijk', region.period_key, region.period_start,
    BOOL_OR(region.is_delivered) OR ANY_VALUE(whole.version_key) IS NOT NULL,
    CASE
        WHEN ANY_VALUE(whole.is_usable) THEN 1
        WHEN ANY_VALUE(whole.version_key) IS NOT NULL THEN 0
        WHEN BOOL_AND(region.coverage = 1) THEN 1
        ELSE SUM(region.coverage * region.inhabitants) / NULLIF(SUM(region.inhabitants), 0)
    END,
    COALESCE(ANY_VALUE(whole.is_bounded), FALSE),
    COALESCE(ANY_VALUE(whole.is_unknown), FALSE),
    ANY_VALUE(whole.version_key) IS NULL AND BOOL_OR(region.is_bounded OR region.is_part_bounded)
FROM region
JOIN landing.area AS area ON area.level_code = 'landelijk'
LEFT JOIN whole
    ON whole.version_key = region.version_key
    AND whole.area_key = area.area_key
    AND whole.period_key = region.period_key
    AND whole.is_whole
GROUP BY region.version_key, area.area_key, region.period_key, region.period_start;

-- Parts side by side, of what was delivered; then added up to regions and the country.
CREATE OR REPLACE TEMP TABLE delivered AS
SELECT
    component.version_key, area.level_code, component.area_key, component.period_key, component.stratum_key,
    MAX(component.amount) FILTER (component.part_code = 'numerator') AS numerator,
    MAX(component.amount) FILTER (component.part_code = 'denominator') AS denominator,
    MAX(component.amount) FILTER (component.part_code = 'squares') AS squares,
    MAX(component.amount) FILTER (component.part_code = 'minus_numerator') AS minus_numerator,
    MAX(component.amount) FILTER (component.part_code = 'minus_denominator') AS minus_denominator,
    BOOL_OR(component.is_provisional) AS is_provisional,
    BOOL_OR(component.is_revised) AS is_revised,
    BOOL_OR(component.is_converted) AS is_converted,
    BOOL_OR(component.is_estimated) AS is_estimated
FROM component
JOIN landing.area AS area ON area.area_key = component.area_key AND area.is_reporting
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE placed AS
WITH own_part AS (
    SELECT version_key, area_key, period_key, LIST(part_code) AS part_codes FROM area_part
    WHERE area_key IN (SELECT area_key FROM landing.area WHERE level_code = 'zorgkantoorregio') GROUP BY ALL
), summed AS (
    SELECT
        delivered.version_key, 'zorgkantoorregio' AS level_code, gemeente.region_key AS area_key,
        delivered.period_key, delivered.stratum_key,
        SUM(delivered.numerator) FILTER (LIST_CONTAINS(own_part.part_codes, 'numerator') IS NOT TRUE) AS numerator,
        SUM(delivered.denominator) FILTER (LIST_CONTAINS(own_part.part_codes, 'denominator') IS NOT TRUE) AS denominator,
        SUM(delivered.squares) FILTER (LIST_CONTAINS(own_part.part_codes, 'squares') IS NOT TRUE) AS squares,
        SUM(delivered.minus_numerator) FILTER (LIST_CONTAINS(own_part.part_codes, 'minus_numerator') IS NOT TRUE) AS minus_numerator,
        SUM(delivered.minus_denominator) FILTER (LIST_CONTAINS(own_part.part_codes, 'minus_denominator') IS NOT TRUE) AS minus_denominator,
        BOOL_OR(delivered.is_provisional) AS is_provisional,
        BOOL_OR(delivered.is_revised) AS is_revised,
        BOOL_OR(delivered.is_converted) AS is_converted,
        BOOL_OR(delivered.is_estimated) AS is_estimated
    FROM delivered
    JOIN gemeente USING (version_key, area_key, period_key)
    LEFT JOIN own_part
        ON own_part.version_key = delivered.version_key
        AND own_part.area_key = gemeente.region_key
        AND own_part.period_key = delivered.period_key
    WHERE gemeente.is_counted AND LEN(own_part.part_codes) IS NULL
        OR gemeente.is_counted AND LEN(own_part.part_codes) < (SELECT COUNT(*) FROM core.part WHERE part.version_key = delivered.version_key)
    GROUP BY ALL
), local AS (
    SELECT * FROM delivered WHERE level_code <> 'landelijk'
    UNION ALL BY NAME
    SELECT * FROM summed
), country AS (
    SELECT
        local.version_key, 'landelijk' AS level_code, area.area_key, local.period_key, local.stratum_key,
        SUM(local.numerator) AS numerator,
        SUM(local.denominator) AS denominator,
        SUM(local.squares) AS squares,
        SUM(local.minus_numerator) AS minus_numerator,
        SUM(local.minus_denominator) AS minus_denominator,
        BOOL_OR(local.is_provisional) AS is_provisional,
        BOOL_OR(local.is_revised) AS is_revised,
        FALSE AS is_converted,
        BOOL_OR(local.is_estimated) AS is_estimated
    FROM local
    JOIN region USING (version_key, area_key, period_key)
    JOIN landing.area AS area ON area.level_code = 'landelijk'
    WHERE region.coverage > 0
    GROUP BY ALL
)
SELECT * FROM local
UNION ALL BY NAME
SELECT * FROM country ANTI JOIN (FROM whole WHERE is_whole) AS whole USING (version_key, area_key, period_key)
UNION ALL BY NAME
SELECT * FROM delivered SEMI JOIN (FROM whole WHERE is_whole AND level_code = 'landelijk') AS whole USING (version_key, area_key, period_key);

DELETE FROM core.basis WHERE period_start BETWEEN getvariable('first') AND getvariable('last');

INSERT INTO core.basis BY NAME
WITH country AS (
    SELECT placed.version_key, placed.period_key, placed.stratum_key, placed.numerator, placed.denominator
    FROM placed JOIN landing.indicator AS indicator USING (version_key)
    WHERE placed.level_code = 'landelijk' AND indicator.kind_code = 'isr'
), standard AS (
    SELECT
        placed.*, CASE WHEN indicator.is_by_stratum THEN stratum.cell_key ELSE 0 END AS cell_key, stratum.standard_weight AS weight,
        stratum.standard_weight / NULLIF(placed.denominator * indicator.denominator_factor, 0) AS weight_per_person,
        CASE
            WHEN placed.denominator = 0 THEN 0
            ELSE placed.denominator * country.numerator / NULLIF(country.denominator, 0)
        END AS expected
    FROM placed
    JOIN landing.indicator AS indicator USING (version_key)
    JOIN reference.stratum AS stratum USING (stratum_key)
    LEFT JOIN country USING (version_key, period_key, stratum_key)
), cell_sum AS (
    SELECT
        version_key, area_key, period_key, cell_key,
        SUM(numerator) AS numerator,
        SUM(denominator) AS denominator,
        SUM(squares) AS squares,
        SUM(minus_numerator) AS minus_numerator,
        SUM(minus_denominator) AS minus_denominator,
        COUNT(denominator) AS denominator_count,
        SUM(expected) AS expected,
        COUNT(expected) AS expected_count,
        SUM(weight) AS weight,
        COUNT(weight) AS weight_count,
        COUNT(weight_per_person) AS weighted_count,
        SUM(numerator * weight_per_person) AS weighted,
        SUM(numerator * weight_per_person ** 2) AS weighted_twice,
        BOOL_OR(is_provisional) AS is_provisional,
        BOOL_OR(is_revised) AS is_revised,
        BOOL_OR(is_converted) AS is_converted,
        BOOL_OR(is_estimated) AS is_estimated
    FROM standard
    GROUP BY ALL
), collapsed AS (
    SELECT
        version_key, area_key, period_key, group_key,
        SUM(numerator) AS numerator,
        SUM(denominator) AS denominator,
        SUM(squares) AS squares,
        SUM(minus_numerator) AS minus_numerator,
        SUM(minus_denominator) AS minus_denominator,
        CASE WHEN SUM(expected_count) = SUM(denominator_count) THEN SUM(expected) END AS expected,
        CASE WHEN SUM(weighted_count) = SUM(weight_count) THEN SUM(weighted) / NULLIF(SUM(weight), 0) END AS standardised_rate,
        CASE
            WHEN SUM(weighted_count) = SUM(weight_count) THEN SUM(weighted_twice) / NULLIF(SUM(weight) ** 2, 0)
        END AS standardised_variance,
        BOOL_OR(is_provisional) AS is_provisional,
        BOOL_OR(is_revised) AS is_revised,
        BOOL_OR(is_converted) AS is_converted,
        BOOL_OR(is_estimated) AS is_estimated
    FROM cell_sum JOIN reference.stratum_group_cell USING (cell_key)
    GROUP BY ALL
)
SELECT
    status.*, shown.group_key,
    collapsed.* EXCLUDE (version_key, area_key, period_key, group_key, is_provisional, is_revised, is_converted, is_estimated),
    COALESCE(collapsed.is_provisional, FALSE) AS is_provisional,
    COALESCE(collapsed.is_revised, FALSE) AS is_revised,
    COALESCE(collapsed.is_converted, FALSE) AS is_converted,
    COALESCE(collapsed.is_estimated, FALSE) AS is_estimated
FROM status
JOIN landing.indicator AS indicator USING (version_key)
JOIN core.indicator_group AS shown
    ON shown.version_key = status.version_key
    AND (
        shown.group_key = 0
        OR status.is_delivered AND status.level_code IN ('zorgkantoorregio', 'landelijk')
        OR status.is_delivered AND status.level_code = 'gemeente' AND indicator.is_gemeente_level
    )
LEFT JOIN collapsed
    ON collapsed.version_key = status.version_key
    AND collapsed.area_key = status.area_key
    AND collapsed.period_key = status.period_key
    AND collapsed.group_key = shown.group_key;
