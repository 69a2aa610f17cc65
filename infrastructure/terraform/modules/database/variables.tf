variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of two zones or more, without a way out."
  type        = list(string)
}

variable "security_group_id" {
  description = "Lets in who may reach the database."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts disks, snapshots and figures."
  type        = string
}

variable "major_version" {
  description = "Release of PostgreSQL."
  type        = string
}

variable "instance_class" {
  description = "Size of the primary and its standby."
  type        = string
}

variable "replica_instance_class" {
  description = "Size of the replica; that of the primary when null."
  type        = string
  default     = null
}

variable "storage" {
  description = "GiB to begin with."
  type        = number
}

variable "most_storage" {
  description = "GiB the disk may grow to by itself."
  type        = number
}

variable "multi_az" {
  description = "A standby in another zone that takes over by itself."
  type        = bool
}

variable "replica" {
  description = "A replica that reports are read from."
  type        = bool
}

variable "backup_days" {
  description = "Days back to which any second can be restored."
  type        = number
}

variable "protected" {
  description = "Refuses to be deleted, and leaves a snapshot when it is."
  type        = bool
}

variable "owner_password" {
  description = "Password of habitat_owner."
  type        = string
  ephemeral   = true
}

variable "password_version" {
  description = "A higher number sets the password anew."
  type        = number
}
