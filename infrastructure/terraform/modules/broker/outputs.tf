output "name" {
  description = "Name of the broker, for alarms."
  value       = aws_mq_broker.this.broker_name
}

output "url" {
  description = "Address with login, over TLS."
  value       = replace(aws_mq_broker.this.instances[0].endpoints[0], "amqps://", "amqps://habitat:${random_password.broker.result}@")
  sensitive   = true
}
