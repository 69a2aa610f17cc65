# One kind of task: its definition, the two roles it acts under, and its log. The execution role fetches the image and
# this task's secrets and nothing else; the task's own role may do nothing until it is given a policy.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

data "aws_region" "here" {}

locals {
  family = "${var.name}-${var.part}"
  log = {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = data.aws_region.here.region
      awslogs-stream-prefix = var.part
    }
  }

  # A fresh volume belongs to root, and images are read-only: before the service starts, a container that ends puts the
  # authority of the database where both kinds of client look for it and opens the scratch folders.
  volumes = merge({ trust = dirname(var.ca_path) }, var.scratch)
  prepare = <<-EOT
    const { chmodSync, writeFileSync } = require('node:fs');
    writeFileSync(process.env.CA_PATH, process.env.CA);
    for (const folder of process.env.FOLDERS.split(' ').filter(Boolean)) chmodSync(folder, 0o1777);
  EOT

  every = merge(
    {
      image                  = var.image
      readonlyRootFilesystem = true
      linuxParameters        = { capabilities = { drop = ["ALL"] } }
      logConfiguration       = local.log
    },
    var.registry_credentials_arn == null ? {} : { repositoryCredentials = { credentialsParameter = var.registry_credentials_arn } },
  )

  preparing = merge(local.every, {
    name       = "prepare"
    essential  = false
    user       = "0:0"
    entryPoint = ["node", "-e"]
    command    = [local.prepare]
    environment = [
      { name = "CA", value = var.ca },
      { name = "CA_PATH", value = var.ca_path },
      { name = "FOLDERS", value = join(" ", values(var.scratch)) },
    ]
    mountPoints = [for name, path in local.volumes : { sourceVolume = name, containerPath = path, readOnly = false }]
  })

  container = merge(
    local.every,
    {
      name         = var.part
      essential    = true
      user         = var.user
      stopTimeout  = 45
      portMappings = [for port in var.ports : { name = var.part, containerPort = port, protocol = "tcp", appProtocol = "http" }]
      environment  = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
      secrets      = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
      mountPoints  = [for name, path in local.volumes : { sourceVolume = name, containerPath = path, readOnly = name == "trust" }]
      dependsOn    = [{ containerName = "prepare", condition = "SUCCESS" }]
    },
    # ECS does not ask the health check that stands in an image.
    var.health_url == null ? {} : { healthCheck = {
      command     = ["CMD", "node", "/app/health.mjs", var.health_url]
      interval    = 10
      timeout     = 5
      retries     = 3
      startPeriod = 60
    } },
    length(var.command) == 0 ? {} : { entryPoint = slice(var.command, 0, 1), command = slice(var.command, 1, length(var.command)) },
  )
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/habitat/${var.name}/${var.part}"
  retention_in_days = var.log_days
  kms_key_id        = var.kms_key_arn
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${local.family}-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role" "task" {
  name               = local.family
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "OwnLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  dynamic "statement" {
    for_each = length(var.secrets) > 0 || var.registry_credentials_arn != null ? [1] : []

    content {
      sid       = "OwnSecrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = concat(values(var.secrets), compact([var.registry_credentials_arn]))
    }
  }

  dynamic "statement" {
    for_each = length(var.secrets) > 0 || var.registry_credentials_arn != null ? [1] : []

    content {
      sid       = "TheirKey"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    }
  }

  dynamic "statement" {
    for_each = length(var.repository_arns) > 0 ? [1] : []

    content {
      sid       = "Images"
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = var.repository_arns
    }
  }

  # This one can't be narrowed to a repository.
  dynamic "statement" {
    for_each = length(var.repository_arns) > 0 ? [1] : []

    content {
      sid       = "RegistryLogin"
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.family
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([local.preparing, local.container])
  # A release registers revisions of its own; Terraform's is not older for that.
  track_latest = true

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  ephemeral_storage {
    size_in_gib = var.disk
  }

  dynamic "volume" {
    for_each = local.volumes

    content {
      name = volume.key
    }
  }
}
