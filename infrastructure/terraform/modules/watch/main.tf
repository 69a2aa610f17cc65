# What somebody is told of: alarms on what people would notice and on what fills up, each with its runbook, and the
# month's cost before it is a surprise.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.mail
}

locals {
  balancer = { LoadBalancer = var.balancer_arn_suffix }
  broker   = { Broker = var.broker_name }

  # namespace and metric, how it is read, when it is too much and for how many minutes, and what to do then.
  alarms = merge(
    {
      queue-depth = {
        of = ["AWS/AmazonMQ", "MessageReadyCount"], by = local.broker, statistic = "Maximum", over = 1000, minutes = 10, runbook = "queue-depth"
      }
      broker-memory = {
        of = ["AWS/AmazonMQ", "RabbitMQMemUsed"], by = local.broker, statistic = "Maximum", over = var.broker_memory_bytes, minutes = 10, runbook = "queue-depth"
      }
    },
    { for id in var.database_identifiers : "disk-${id}" => {
      of = ["AWS/RDS", "FreeStorageSpace"], by = { DBInstanceIdentifier = id }, statistic = "Minimum", under = 5 * 1024 * 1024 * 1024, minutes = 5, runbook = "disk-filling"
    } },
    { for id in var.database_identifiers : "processor-${id}" => {
      of = ["AWS/RDS", "CPUUtilization"], by = { DBInstanceIdentifier = id }, statistic = "Average", over = 85, minutes = 15, runbook = "answers-slow"
    } },
    { for id in var.replica_identifiers : "replication-lag" => {
      of = ["AWS/RDS", "ReplicaLag"], by = { DBInstanceIdentifier = id }, statistic = "Maximum", over = 60, minutes = 5, runbook = "replication-lag"
    } },
    { for name, service in var.services : "gone-${name}" => {
      of = ["ECS/ContainerInsights", "RunningTaskCount"], by = { ClusterName = var.cluster_name, ServiceName = service }, statistic = "Minimum", under = 1, minutes = 1, runbook = "service-gone"
    } },
    { answers-slow = {
      of = ["AWS/ApplicationELB", "TargetResponseTime"], by = local.balancer, statistic = "p95", over = 0.75, minutes = 5, runbook = "answers-slow"
    } },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "Runbook: docs/runbooks/${each.value.runbook}.md"
  namespace           = each.value.of[0]
  metric_name         = each.value.of[1]
  dimensions          = each.value.by
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = try(each.value.under, null) == null ? "GreaterThanThreshold" : "LessThanThreshold"
  threshold           = try(each.value.under, each.value.over)
  period              = 60
  evaluation_periods  = each.value.minutes
  # A service that sends nothing any more is gone; a quiet night is no alarm.
  treat_missing_data = startswith(each.key, "gone-") ? "breaching" : "notBreaching"
  alarm_actions      = [aws_sns_topic.alarms.arn]
  ok_actions         = [aws_sns_topic.alarms.arn]
}

# More than 5 % of the requests of five minutes failed, and more than a handful: a quiet night has few requests.
resource "aws_cloudwatch_metric_alarm" "requests_failing" {
  alarm_name          = "${var.name}-requests-failing"
  alarm_description   = "Runbook: docs/runbooks/requests-failing.md"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "share"
    expression  = "IF(failed > 5, 100 * failed / asked, 0)"
    label       = "failed requests in a hundred"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "HTTPCode_Target_5XX_Count", asked = "RequestCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        period      = 60
        stat        = "Sum"
        dimensions  = local.balancer
      }
    }
  }
}

# The night's backup says so when it is done; the day it doesn't, somebody is told.
resource "aws_cloudwatch_log_metric_filter" "backup" {
  name           = "${var.name}-backup-done"
  log_group_name = var.backup_log_group
  pattern        = "\"The backup is done.\""

  metric_transformation {
    namespace = "Habitat/${var.name}"
    name      = "BackupsDone"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "backup_old" {
  count               = var.backup ? 1 : 0
  alarm_name          = "${var.name}-backup-old"
  alarm_description   = "Runbook: docs/runbooks/backup-old.md"
  namespace           = "Habitat/${var.name}"
  metric_name         = "BackupsDone"
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  # None in 26 hours: every single hour of them had none.
  period             = 3600
  evaluation_periods = 26
  treat_missing_data = "breaching"
  alarm_actions      = [aws_sns_topic.alarms.arn]
  ok_actions         = [aws_sns_topic.alarms.arn]
}

resource "aws_budgets_budget" "month" {
  name         = "${var.name}-month"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.budget)
  limit_unit   = "USD"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:environment$%s", var.environment)]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type          = notification.key
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = [var.mail]
    }
  }
}
