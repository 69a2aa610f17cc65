# What the internet reaches: one balancer with TLS. /graphql and /api/* go to the API, everything else to the pages. API
# and pages have two target groups each: a release is tried by a few in the one while the other serves (ECS moves the
# weights of the rules, so they are not Terraform's after they are made).
#
# It writes no access log: an address may end in an invitation or a reset, which whoever reads the line could use.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

locals {
  services = {
    api      = { port = 4000, health = "/ready" }
    frontend = { port = 3000, health = "/api/health" }
  }
  sides  = ["blue", "green"]
  groups = { for pair in setproduct(keys(local.services), local.sides) : "${pair[0]}-${pair[1]}" => { service = pair[0], side = pair[1] } }
}

resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = var.subnet_ids
  security_groups            = [var.security_group_id]
  enable_deletion_protection = var.protected
  drop_invalid_header_fields = true
  # Longer than the API's ping of an idle WebSocket.
  idle_timeout = 120
}

resource "aws_lb_target_group" "this" {
  for_each    = local.groups
  name        = "${var.name}-${each.key}"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = local.services[each.value.service].port
  # What a task is still answering when it is told to end.
  deregistration_delay          = "20"
  load_balancing_algorithm_type = "least_outstanding_requests"

  health_check {
    path                = local.services[each.value.service].health
    matcher             = "200"
    interval            = 5
    timeout             = 4
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  routing_http_response_server_enabled                         = false
  routing_http_response_strict_transport_security_header_value = "max-age=31536000; includeSubDomains"
  routing_http_response_x_content_type_options_header_value    = "nosniff"

  # Only our own name is served.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Nothing is served under this name."
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "service" {
  for_each     = { api = ["/graphql", "/api/*"], frontend = ["/*"] }
  listener_arn = aws_lb_listener.https.arn
  priority     = each.key == "api" ? 20 : 30

  condition {
    host_header {
      values = [var.domain]
    }
  }

  condition {
    path_pattern {
      values = each.value
    }
  }

  # Which release runs, for whoever watches from outside; readiness and metrics stay inside.
  dynamic "transform" {
    for_each = each.key == "api" ? ["/api/health"] : []

    content {
      type = "url-rewrite"

      url_rewrite_config {
        rewrite {
          regex   = "^${transform.value}$"
          replace = "/health"
        }
      }
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.this["${each.key}-blue"].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.this["${each.key}-green"].arn
        weight = 0
      }
    }
  }

  lifecycle {
    ignore_changes = [action]
  }
}

resource "aws_route53_record" "this" {
  count   = var.zone_id == null ? 0 : 1
  zone_id = var.zone_id
  name    = var.domain
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}
