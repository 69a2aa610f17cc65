# Habitat on AWS: what stands around the services. The services themselves are in services.tf.
locals {
  name    = "habitat-${var.environment}"
  ca_path = "/run/trust/database.pem"

  # What only people can know.
  filled_by_hand = setunion(
    ["BACKUP_KEY"],
    var.mail_from == "" ? [] : ["SMTP_URL"],
    local.tracing,
    local.provider_secret,
    [for name in var.rotating : "${name}_PREVIOUS"],
  )
}

data "aws_caller_identity" "here" {}

# One key for everything at rest.
data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.here.account_id}:root"]
    }
  }

  # Logs are encrypted with it, and alarms told through it.
  statement {
    sid       = "Services"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com", "cloudwatch.amazonaws.com"]
    }

    # Only on behalf of this account.
    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.here.account_id]
    }
  }
}

resource "aws_kms_key" "this" {
  description             = "${local.name}: databases, buckets, secrets, logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/${local.name}"
  target_key_id = aws_kms_key.this.key_id
}

module "network" {
  source           = "./modules/network"
  name             = local.name
  cidr             = var.cidr
  zones            = var.zones
  gateway_per_zone = var.gateway_per_zone
}

module "passwords" {
  source           = "./modules/passwords"
  name             = local.name
  kms_key_arn      = aws_kms_key.this.arn
  password_version = var.password_version
}

module "database" {
  source                 = "./modules/database"
  name                   = local.name
  subnet_ids             = module.network.data_subnet_ids
  security_group_id      = module.network.security_group_ids["database"]
  kms_key_arn            = aws_kms_key.this.arn
  major_version          = var.database.major_version
  instance_class         = var.database.class
  replica_instance_class = var.database.replica_class
  storage                = var.database.storage
  most_storage           = var.database.most_storage
  multi_az               = var.database.multi_az
  replica                = var.database.replica
  backup_days            = var.database.backup_days
  protected              = var.protected
  owner_password         = module.passwords.owner
  password_version       = var.password_version
}

module "broker" {
  source            = "./modules/broker"
  name              = local.name
  subnet_ids        = module.network.data_subnet_ids
  security_group_id = module.network.security_group_ids["broker"]
  kms_key_arn       = aws_kms_key.this.arn
  engine_version    = var.broker.version
  instance_type     = var.broker.type
  cluster           = var.broker.cluster
}

module "storage" {
  source               = "./modules/storage"
  name                 = local.name
  kms_key_arn          = aws_kms_key.this.arn
  backup_versions_days = var.backup.versions_days
}

module "secrets" {
  source          = "./modules/secrets"
  name            = local.name
  kms_key_arn     = aws_kms_key.this.arn
  ca_path         = local.ca_path
  database_host   = module.database.host
  replica         = var.database.replica
  replica_hosts   = module.database.replica_host[*]
  broker_url      = module.broker.url
  owner_password  = module.passwords.owner
  app_password    = module.passwords.app
  address_version = var.password_version
  filled_by_hand  = local.filled_by_hand
}

module "balancer" {
  source            = "./modules/balancer"
  name              = local.name
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  security_group_id = module.network.security_group_ids["balancer"]
  domain            = var.domain
  certificate_arn   = var.certificate_arn
  zone_id           = var.zone_id
  protected         = var.protected
}

module "watch" {
  source               = "./modules/watch"
  name                 = local.name
  environment          = var.environment
  kms_key_arn          = aws_kms_key.this.arn
  mail                 = var.mail
  balancer_arn_suffix  = module.balancer.arn_suffix
  broker_name          = module.broker.name
  broker_memory_bytes  = var.broker.alarm_memory * 1024 * 1024 * 1024
  database_identifiers = module.database.identifiers
  replica_identifiers  = module.database.replica_identifier[*]
  cluster_name         = aws_ecs_cluster.this.name
  services             = { for part, service in module.service : part => service.name }
  backup_log_group     = module.task["backup"].log_group
  backup               = var.backup.enabled
  budget               = var.budget
}
