# Who puts releases in from GitHub: a run in the environment of the same name, approved there, and no other. It registers
# task definitions, runs the migration and gives services their definition; it reads no secret and changes nothing else.
data "aws_iam_policy_document" "github" {
  count = var.deployer == null ? 0 : 1

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.deployer.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.deployer.repository}:environment:${var.environment}"]
    }
  }
}

data "aws_iam_policy_document" "deployer" {
  count = var.deployer == null ? 0 : 1

  # These two can't be narrowed.
  statement {
    sid       = "Definitions"
    actions   = ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"]
    resources = ["*"]
  }

  statement {
    sid       = "Services"
    actions   = ["ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:UpdateService"]
    resources = [for service in module.service : service.arn]
  }

  statement {
    sid       = "Migration"
    actions   = ["ecs:RunTask"]
    resources = [module.task["migrate"].definition_arn_any]
  }

  statement {
    sid       = "HowItEnded"
    actions   = ["ecs:DescribeTasks"]
    resources = ["arn:aws:ecs:${var.region}:${data.aws_caller_identity.here.account_id}:task/${local.name}/*"]
  }

  statement {
    sid       = "TheirRoles"
    actions   = ["iam:PassRole"]
    resources = flatten([for task in module.task : task.role_arns])
  }
}

resource "aws_iam_role" "deployer" {
  count                = var.deployer == null ? 0 : 1
  name                 = "${local.name}-deployer"
  assume_role_policy   = data.aws_iam_policy_document.github[0].json
  max_session_duration = 7200
}

resource "aws_iam_role_policy" "deployer" {
  count  = var.deployer == null ? 0 : 1
  name   = "put-releases-in"
  role   = aws_iam_role.deployer[0].id
  policy = data.aws_iam_policy_document.deployer[0].json
}
