output "topic_arn" {
  description = "Where alarms are told; subscribe a pager or a chat to it."
  value       = aws_sns_topic.alarms.arn
}

output "release_alarm" {
  description = "The alarm that takes a release back."
  value       = aws_cloudwatch_metric_alarm.requests_failing.alarm_name
}
