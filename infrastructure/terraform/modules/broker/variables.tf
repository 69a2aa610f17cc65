variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets without a way out."
  type        = list(string)
}

variable "security_group_id" {
  description = "Lets in who may reach the broker."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the disks."
  type        = string
}

variable "engine_version" {
  description = "Release of RabbitMQ, 3.13 or newer: older ones have no quorum queues on Amazon MQ."
  type        = string
}

variable "instance_type" {
  description = "Size of a node."
  type        = string
}

variable "cluster" {
  description = "Three nodes instead of one."
  type        = bool
}
