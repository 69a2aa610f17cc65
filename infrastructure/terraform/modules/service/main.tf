# A service that is always there: at least two tasks in different zones, more under load, and a release that is taken
# back by itself when its tasks don't come up or an alarm goes off.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

locals {
  balanced = var.balancer != null
}

resource "aws_ecs_service" "this" {
  name             = "${var.name}-${var.part}"
  cluster          = var.cluster_arn
  task_definition  = var.definition_arn
  desired_count    = var.scale.min
  launch_type      = "FARGATE"
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"
  # A shell in a running task would be a way around every rule.
  enable_execute_command             = false
  availability_zone_rebalancing      = "ENABLED"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = local.balanced ? 60 : null

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # What the balancer leads to is tried by a few first; a worker has nobody waiting and is replaced one by one.
  deployment_configuration {
    strategy             = local.balanced ? "CANARY" : "ROLLING"
    bake_time_in_minutes = local.balanced ? var.canary.minutes : null

    dynamic "canary_configuration" {
      for_each = local.balanced ? [var.canary] : []

      content {
        canary_percent              = canary_configuration.value.percent
        canary_bake_time_in_minutes = canary_configuration.value.minutes
      }
    }
  }

  alarms {
    enable      = length(var.alarm_names) > 0
    rollback    = true
    alarm_names = var.alarm_names
  }

  dynamic "load_balancer" {
    for_each = var.balancer[*]

    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = var.part
      container_port   = var.port

      advanced_configuration {
        alternate_target_group_arn = load_balancer.value.alternate_target_group_arn
        production_listener_rule   = load_balancer.value.listener_rule_arn
        role_arn                   = var.balancer_role_arn
      }
    }
  }

  # One that is offered is found by its name on the inner network; one that is only connected finds others there.
  dynamic "service_connect_configuration" {
    for_each = var.connected || var.offered ? [1] : []

    content {
      enabled   = true
      namespace = var.namespace_arn

      dynamic "service" {
        for_each = var.offered ? [1] : []

        content {
          port_name      = var.part
          discovery_name = var.part

          client_alias {
            dns_name = var.part
            port     = var.port
          }
        }
      }
    }
  }

  # The number is the scaling's and the revision is the release's.
  lifecycle {
    ignore_changes = [desired_count, task_definition, load_balancer]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster_name}/${aws_ecs_service.this.name}"
  min_capacity       = var.scale.min
  max_capacity       = var.scale.max
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "${var.name}-${var.part}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 70
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
