output "family" {
  description = "Name of the task definition without its revision."
  value       = aws_ecs_task_definition.this.family
}

output "definition_arn" {
  description = "The task definition."
  value       = aws_ecs_task_definition.this.arn
}

output "definition_arn_any" {
  description = "The task definition in any revision."
  value       = "${aws_ecs_task_definition.this.arn_without_revision}:*"
}

output "role_arns" {
  description = "Roles it acts under; whoever starts it must be allowed to pass them on."
  value       = [aws_iam_role.execution.arn, aws_iam_role.task.arn]
}

output "role_name" {
  description = "Its own role, which may do nothing until it is given a policy."
  value       = aws_iam_role.task.name
}

output "log_group" {
  description = "Where it writes."
  value       = aws_cloudwatch_log_group.this.name
}
