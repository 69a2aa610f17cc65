output "address" {
  description = "Where people reach the pages."
  value       = "https://${var.domain}"
}

output "balancer_name" {
  description = "What the domain must point to when its DNS is elsewhere (CNAME or ALIAS)."
  value       = module.balancer.dns_name
}

output "cluster" {
  description = "Name of the cluster, for infrastructure/aws/release.mjs."
  value       = aws_ecs_cluster.this.name
}

output "job_network" {
  description = "Where a task that ends by itself runs, as `aws ecs run-task --network-configuration` takes it."
  value = jsonencode({
    awsvpcConfiguration = {
      subnets        = module.network.private_subnet_ids
      securityGroups = [module.network.security_group_ids["job"]]
      assignPublicIp = "DISABLED"
    }
  })
}

output "buckets" {
  description = "Names of the buckets of evidence and backups."
  value       = module.storage.names
}

output "alarm_topic" {
  description = "Where alarms are told; subscribe a pager or a chat to it."
  value       = module.watch.topic_arn
}

output "secrets_to_fill" {
  description = "Secrets that only people can fill."
  value       = [for name in local.filled_by_hand : module.secrets.arns[name]]
}

output "deployer_role" {
  description = "Role the workflow takes, as the variable AWS_ROLE of its environment; null without one."
  value       = one(aws_iam_role.deployer[*].arn)
}
