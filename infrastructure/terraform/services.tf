# The three services and the two tasks that end by themselves: what each is given, and what it may do. The settings are
# those of docker-compose.prod.yml; docs/environment.md explains them.
locals {
  common = {
    NODE_ENV  = "production"
    LOG_LEVEL = var.log_level
  }
  served = merge(local.common, {
    HABITAT_ENVIRONMENT         = var.environment
    OTEL_EXPORTER_OTLP_ENDPOINT = var.traces.endpoint
  })
  application = merge(local.served, {
    EVENT_TRANSPORT          = "rabbitmq"
    PUBLIC_URL               = "https://${var.domain}"
    MAIL_FROM                = var.mail_from
    WEBHOOK_PRIVATE_NETWORKS = "false"
    RETENTION                = var.retention
  })
  # Evidence lies in its bucket, entered by the task's own role.
  evidence = {
    EVIDENCE_S3_BUCKET = module.storage.names["evidence"]
    EVIDENCE_S3_REGION = var.region
  }
  provider = {
    OIDC_ISSUER    = var.sign_in.issuer
    OIDC_CLIENT_ID = var.sign_in.client_id
    OIDC_LABEL     = var.sign_in.label
  }
  provider_secret = var.sign_in.client_secret ? ["OIDC_CLIENT_SECRET"] : []
  connections     = ["DATABASE_URL", "RABBITMQ_URL"]
  tracing         = var.traces.login ? ["OTEL_EXPORTER_OTLP_HEADERS"] : []
  links = concat(
    ["SECRETS_KEY"],
    contains(var.rotating, "SECRETS_KEY") ? ["SECRETS_KEY_PREVIOUS"] : [],
    var.mail_from == "" ? [] : ["SMTP_URL"],
  )

  tasks = {
    api = {
      image       = "habitat-api"
      port        = 4000
      health      = "/ready"
      environment = merge(local.application, local.evidence, { PORT = "4000", CORS_ORIGIN = "https://${var.domain}", SHUTDOWN_DELAY = "5s" }, local.provider)
      secrets = concat(
        local.connections,
        local.links,
        local.tracing,
        local.provider_secret,
        ["JWT_SECRET", "AUDIT_SIGNING_KEY"],
        contains(var.rotating, "JWT_SECRET") ? ["JWT_SECRET_PREVIOUS"] : [],
        var.database.replica ? ["DATABASE_READ_REPLICA_URL"] : [],
      )
    }
    worker = {
      image       = "habitat-worker"
      port        = 9090
      health      = "/ready"
      environment = merge(local.application, local.evidence, { METRICS_PORT = "9090" })
      secrets     = concat(local.connections, local.links, local.tracing)
    }
    frontend = {
      image  = "habitat-ui"
      port   = 3000
      health = "/api/health"
      environment = merge(local.served, {
        PORT             = "3000"
        METRICS_PORT     = "9464"
        API_URL          = "http://api:4000/graphql"
        COOKIE_SECURE    = "true"
        DEFAULT_LANGUAGE = var.default_language
        SHUTDOWN_DELAY   = "5s"
      })
      secrets = local.tracing
      scratch = { tmp = "/tmp", cache = "/app/services/frontend/.next/cache" }
    }
    migrate = {
      image       = "habitat-migrate"
      environment = merge(local.common, local.evidence, { EVENT_TRANSPORT = "rabbitmq" })
      secrets     = concat(local.connections, ["DATABASE_OWNER_URL"])
    }
    # A dump every night. Any second of the last days is RDS's own to restore: it lets nobody take a base backup.
    backup = {
      image   = "habitat-postgres"
      command = ["habitat", "backup", "night"]
      user    = "999:999"
      disk    = var.backup.disk
      cpu     = 1024
      memory  = 2048
      environment = merge(local.common, {
        BACKUP_DIRECTORY = "/backups"
        BACKUP_RETENTION = var.backup.retention
        BACKUP_S3_BUCKET = module.storage.names["backups"]
        BACKUP_S3_REGION = var.region
      })
      secrets = ["DATABASE_URL", "DATABASE_OWNER_URL", "BACKUP_KEY"]
      scratch = { tmp = "/tmp", backups = "/backups" }
    }
  }
}

# Who enters which bucket: the backup its own and no evidence, the others the evidence and no backup.
locals {
  buckets = { api = "evidence", worker = "evidence", migrate = "evidence", backup = "backups" }
}

data "aws_iam_policy_document" "bucket" {
  for_each = local.buckets

  statement {
    sid       = "Bucket"
    actions   = ["s3:ListBucket"]
    resources = [module.storage.arns[each.value]]
  }

  statement {
    sid       = "Objects"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
    resources = ["${module.storage.arns[each.value]}/*"]
  }

  statement {
    sid       = "TheirKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.this.arn]
  }
}

resource "aws_iam_role_policy" "bucket" {
  for_each = local.buckets
  name     = each.value
  role     = module.task[each.key].role_name
  policy   = data.aws_iam_policy_document.bucket[each.key].json
}

resource "aws_ecs_cluster" "this" {
  name = local.name

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
}

resource "aws_service_discovery_http_namespace" "this" {
  name        = local.name
  description = "Where Habitat's services find each other"
}

module "task" {
  source   = "./modules/task"
  for_each = local.tasks

  name                     = local.name
  part                     = each.key
  image                    = "${var.registry}/${each.value.image}:${var.release}"
  architecture             = var.architecture
  repository_arns          = var.repository_arns
  registry_credentials_arn = var.registry_credentials_arn
  cpu                      = try(var.sizes[each.key].cpu, each.value.cpu, 256)
  memory                   = try(var.sizes[each.key].memory, each.value.memory, 512)
  disk                     = try(each.value.disk, 21)
  user                     = try(each.value.user, "1000:1000")
  command                  = try(each.value.command, [])
  ports                    = try([each.value.port], [])
  health_url               = try("http://127.0.0.1:${each.value.port}${each.value.health}", null)
  environment              = merge(each.value.environment, lookup(var.settings, each.key, {}))
  secrets                  = { for name in each.value.secrets : name => module.secrets.arns[name] }
  scratch                  = try(each.value.scratch, { tmp = "/tmp" })
  ca                       = file(var.database_ca_file)
  ca_path                  = local.ca_path
  kms_key_arn              = aws_kms_key.this.arn
  log_days                 = var.log_days
}

# Lets ECS move the weights of the balancer's rules while a release is tried.
resource "aws_iam_role" "balancer" {
  name = "${local.name}-balancer"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "balancer" {
  role       = aws_iam_role.balancer.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
}

module "service" {
  source   = "./modules/service"
  for_each = var.sizes

  name              = local.name
  part              = each.key
  cluster_arn       = aws_ecs_cluster.this.arn
  cluster_name      = aws_ecs_cluster.this.name
  namespace_arn     = aws_service_discovery_http_namespace.this.arn
  definition_arn    = module.task[each.key].definition_arn
  subnet_ids        = module.network.private_subnet_ids
  security_group_id = module.network.security_group_ids[each.key]
  scale             = { min = each.value.min, max = each.value.max }
  port              = local.tasks[each.key].port
  offered           = each.key == "api"
  connected         = each.key == "frontend"
  balancer          = lookup(module.balancer.services, each.key, null)
  balancer_role_arn = aws_iam_role.balancer.arn
  canary            = var.canary
  alarm_names       = [module.watch.release_alarm]
  depends_on        = [aws_iam_role_policy_attachment.balancer]
}

# ── The night
data "aws_iam_policy_document" "scheduler" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "night" {
  statement {
    actions   = ["ecs:RunTask"]
    resources = [module.task["backup"].definition_arn_any]

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = [aws_ecs_cluster.this.arn]
    }
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = module.task["backup"].role_arns
  }
}

resource "aws_iam_role" "night" {
  name               = "${local.name}-night"
  assume_role_policy = data.aws_iam_policy_document.scheduler.json
}

resource "aws_iam_role_policy" "night" {
  name   = "run"
  role   = aws_iam_role.night.id
  policy = data.aws_iam_policy_document.night.json
}

resource "aws_scheduler_schedule" "backup" {
  count                        = var.backup.enabled ? 1 : 0
  name                         = "${local.name}-backup"
  schedule_expression          = var.backup.schedule
  schedule_expression_timezone = "UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_ecs_cluster.this.arn
    role_arn = aws_iam_role.night.arn

    ecs_parameters {
      # Without a revision: the newest one, which is the newest release's.
      task_definition_arn = trimsuffix(module.task["backup"].definition_arn_any, ":*")
      launch_type         = "FARGATE"

      network_configuration {
        subnets          = module.network.private_subnet_ids
        security_groups  = [module.network.security_group_ids["job"]]
        assign_public_ip = false
      }
    }

    retry_policy {
      maximum_retry_attempts       = 2
      maximum_event_age_in_seconds = 3600
    }
  }
}
