output "dns_name" {
  description = "Name the domain must point to."
  value       = aws_lb.this.dns_name
}

output "arn_suffix" {
  description = "What its figures are found by."
  value       = aws_lb.this.arn_suffix
}

output "services" {
  description = "By service: both target groups, and the rule whose weights a deployment moves."
  value = { for service in keys(local.services) : service => {
    target_group_arn           = aws_lb_target_group.this["${service}-blue"].arn
    alternate_target_group_arn = aws_lb_target_group.this["${service}-green"].arn
    listener_rule_arn          = aws_lb_listener_rule.service[service].arn
  } }
}
