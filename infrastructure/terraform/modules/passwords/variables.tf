variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the secrets."
  type        = string
}

variable "password_version" {
  description = "A higher number makes new passwords."
  type        = number
}
