variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the secrets."
  type        = string
}

variable "ca_path" {
  description = "Where a task finds the certificate of the region's authority."
  type        = string
}

variable "database_host" {
  description = "Name of the primary."
  type        = string
}

variable "replica" {
  description = "Whether there is a replica."
  type        = bool
}

variable "replica_hosts" {
  description = "Name of the replica, if any."
  type        = list(string)
}

variable "broker_url" {
  description = "Address of the broker, with its login."
  type        = string
  sensitive   = true
}

variable "owner_password" {
  description = "Password of habitat_owner."
  type        = string
  ephemeral   = true
}

variable "app_password" {
  description = "Password of habitat_app."
  type        = string
  ephemeral   = true
}

variable "address_version" {
  description = "A higher number writes the addresses anew, as after a change of host or password."
  type        = number
}

variable "filled_by_hand" {
  description = "Settings whose secrets are made empty, for a person to fill."
  type        = set(string)
}
