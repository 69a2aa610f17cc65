output "owner" {
  description = "Password of habitat_owner; never kept."
  value       = ephemeral.aws_secretsmanager_secret_version.stored["owner"].secret_string
  ephemeral   = true
}

output "app" {
  description = "Password of habitat_app; never kept."
  value       = ephemeral.aws_secretsmanager_secret_version.stored["app"].secret_string
  ephemeral   = true
}
