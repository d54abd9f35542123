MODEL (
  name reference.policy,
  kind FULL,
  description 'The disclosure policy in force: one row.',
  grain (
    policy_version
  ),
  audits (
    not_null(columns := (policy_version, threshold, rounding_base)),
    unique_combination_of_columns(columns := (
      policy_version
    )),
    forall(criteria := (threshold >= 10, rounding_base >= 5))
  )
);

SELECT
  CAST(policy.policy_version AS INT) AS policy_version,
  CAST(policy.threshold AS INT) AS threshold, /* counts below it are hidden */
  CAST(policy.rounding_base AS INT) AS rounding_base
FROM landing.policy AS policy
