variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the objects."
  type        = string
}

variable "backup_versions_days" {
  description = "Days a backup that was deleted or overwritten can still be had back."
  type        = number
}
