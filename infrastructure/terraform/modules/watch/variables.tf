variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "environment" {
  description = "Value of the tag costs are told apart by."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts what is told; its policy lets CloudWatch use it."
  type        = string
}

variable "mail" {
  description = "Who is told."
  type        = string
}

variable "balancer_arn_suffix" {
  description = "What the balancer's figures are found by."
  type        = string
}

variable "broker_name" {
  description = "Name of the broker."
  type        = string
}

variable "broker_memory_bytes" {
  description = "More memory than this used by the broker is an alarm."
  type        = number
}

variable "database_identifiers" {
  description = "Names of the database instances."
  type        = list(string)
}

variable "replica_identifiers" {
  description = "Name of the replica, if any."
  type        = list(string)
}

variable "cluster_name" {
  description = "Name of the cluster."
  type        = string
}

variable "services" {
  description = "Names of the services, by part."
  type        = map(string)
}

variable "backup_log_group" {
  description = "Where the backup says how it went."
  type        = string
}

variable "backup" {
  description = "Whether a backup is taken every night."
  type        = bool
}

variable "budget" {
  description = "What a month may cost, in whole US dollars."
  type        = number
}
