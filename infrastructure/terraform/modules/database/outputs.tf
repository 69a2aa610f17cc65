output "host" {
  description = "Name of the primary; it follows a failover."
  value       = aws_db_instance.primary.address
}

output "replica_host" {
  description = "Name of the replica; null without one."
  value       = one(aws_db_instance.replica[*].address)
}

output "identifiers" {
  description = "Names of the instances, for alarms."
  value       = concat([aws_db_instance.primary.identifier], aws_db_instance.replica[*].identifier)
}

output "replica_identifier" {
  description = "Name of the replica, for the alarm on its lag; null without one."
  value       = one(aws_db_instance.replica[*].identifier)
}
