output "arns" {
  description = "ARNs of the secrets by the setting they hold."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}
