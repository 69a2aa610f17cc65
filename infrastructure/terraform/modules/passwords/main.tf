# The two logins of the database. Their passwords are made here, stored in Secrets Manager and read back from there:
# they pass through a run without being kept in plan or state, and what the database was told is always what is stored.
terraform {
  required_providers {
    aws    = { source = "hashicorp/aws" }
    random = { source = "hashicorp/random" }
  }
}

locals {
  logins = toset(["owner", "app"])
}

# Letters and digits only: they stand inside of addresses.
ephemeral "random_password" "fresh" {
  for_each = local.logins
  length   = 40
  special  = false
}

resource "aws_secretsmanager_secret" "password" {
  for_each                = local.logins
  name                    = "${var.name}/database-${each.key}-password"
  description             = "Password of the login habitat_${each.key}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "password" {
  for_each                 = local.logins
  secret_id                = aws_secretsmanager_secret.password[each.key].id
  secret_string_wo         = ephemeral.random_password.fresh[each.key].result
  secret_string_wo_version = var.password_version
}

ephemeral "aws_secretsmanager_secret_version" "stored" {
  for_each  = local.logins
  secret_id = aws_secretsmanager_secret_version.password[each.key].secret_id
}
