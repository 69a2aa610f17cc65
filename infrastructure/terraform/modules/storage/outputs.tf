output "names" {
  description = "Names of the buckets by what they are for: evidence, backups."
  value       = { for use, bucket in aws_s3_bucket.this : use => bucket.bucket }
}

output "arns" {
  description = "ARNs of the buckets by what they are for: evidence, backups."
  value       = { for use, bucket in aws_s3_bucket.this : use => bucket.arn }
}
