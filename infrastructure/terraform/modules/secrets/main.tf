# What the tasks are given in secret, one secret each, so that a task may read its own and no other. Addresses and keys
# are written without being kept in plan or state; what only people can know is left empty for them to fill.
terraform {
  required_providers {
    aws    = { source = "hashicorp/aws" }
    random = { source = "hashicorp/random" }
  }
}

locals {
  # Both pg and libpq read these: TLS with the server's name proven by the region's authority.
  tls = "?sslmode=verify-full&sslrootcert=${var.ca_path}"

  addresses = merge(
    {
      DATABASE_OWNER_URL = "postgres://habitat_owner:${var.owner_password}@${var.database_host}:5432/habitat${local.tls}"
      DATABASE_URL       = "postgres://habitat_app:${var.app_password}@${var.database_host}:5432/habitat${local.tls}"
      RABBITMQ_URL       = var.broker_url
    },
    { for host in var.replica_hosts :
      "DATABASE_READ_REPLICA_URL" => "postgres://habitat_app:${var.app_password}@${host}:5432/habitat${local.tls}"
    },
  )
  address_names = toset(concat(
    ["DATABASE_OWNER_URL", "DATABASE_URL", "RABBITMQ_URL"],
    var.replica ? ["DATABASE_READ_REPLICA_URL"] : [],
  ))

  keys = {
    JWT_SECRET  = ephemeral.random_password.key["JWT_SECRET"].result
    SECRETS_KEY = ephemeral.random_password.key["SECRETS_KEY"].result
    # 32 bytes in hexadecimal digits.
    AUDIT_SIGNING_KEY = sha256(ephemeral.random_password.key["AUDIT_SIGNING_KEY"].result)
  }
  key_names = toset(["JWT_SECRET", "SECRETS_KEY", "AUDIT_SIGNING_KEY"])

  all = setunion(local.address_names, local.key_names, var.filled_by_hand)
}

ephemeral "random_password" "key" {
  for_each = local.key_names
  length   = 96
  special  = false
}

resource "aws_secretsmanager_secret" "this" {
  for_each                = local.all
  name                    = "${var.name}/${lower(replace(each.key, "_", "-"))}"
  description             = "Habitat's ${each.key}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "address" {
  for_each                 = local.address_names
  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo         = local.addresses[each.key]
  secret_string_wo_version = var.address_version
}

# Made once: a key that changes under people logs them out, or makes what it protects unreadable. Replacing one is an act
# of its own (docs/guides/operators/mail-and-secrets.md).
resource "aws_secretsmanager_secret_version" "key" {
  for_each                 = local.key_names
  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo         = local.keys[each.key]
  secret_string_wo_version = 1
}
