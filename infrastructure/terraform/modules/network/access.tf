# Who may open a connection to whom. What is not in this table is refused, in both directions.
locals {
  # The pages' server reaches the API by its own name; jobs are the migration and the backup.
  paths = {
    balancer-api      = { from = "balancer", to = "api", port = 4000 }
    balancer-frontend = { from = "balancer", to = "frontend", port = 3000 }
    frontend-api      = { from = "frontend", to = "api", port = 4000 }
    api-database      = { from = "api", to = "database", port = 5432 }
    worker-database   = { from = "worker", to = "database", port = 5432 }
    job-database      = { from = "job", to = "database", port = 5432 }
    api-broker        = { from = "api", to = "broker", port = 5671 }
    worker-broker     = { from = "worker", to = "broker", port = 5671 }
    job-broker        = { from = "job", to = "broker", port = 5671 }
  }
  groups = toset(["balancer", "api", "worker", "frontend", "job", "database", "broker"])

  # The way out: images, secrets, logs and buckets over HTTPS for every task, mail for those that send it.
  outward = merge(
    { for group in ["api", "worker", "frontend", "job"] : "${group}-443" => { group = group, port = 443 } },
    { for pair in setproduct(["api", "worker"], [465, 587]) : "${pair[0]}-${pair[1]}" => { group = pair[0], port = pair[1] } },
  )
}

resource "aws_security_group" "this" {
  for_each    = local.groups
  vpc_id      = aws_vpc.this.id
  name        = "${var.name}-${each.key}"
  description = "Habitat: ${each.key}"
  tags        = { Name = "${var.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

# The group every new interface would get lets nobody in and nothing out.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  for_each          = { http = 80, https = 443 }
  security_group_id = aws_security_group.this["balancer"].id
  description       = "${each.key} from everywhere"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  for_each                     = local.paths
  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = aws_security_group.this[each.value.from].id
  description                  = "from ${each.value.from}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "inside" {
  for_each                     = local.paths
  security_group_id            = aws_security_group.this[each.value.from].id
  referenced_security_group_id = aws_security_group.this[each.value.to].id
  description                  = "to ${each.value.to}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "outward" {
  for_each          = local.outward
  security_group_id = aws_security_group.this[each.value.group].id
  description       = "out to port ${each.value.port}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}
