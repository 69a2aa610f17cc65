variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "part" {
  description = "Which part of Habitat: api, worker, frontend, migrate or backup."
  type        = string
}

variable "image" {
  description = "Image and release."
  type        = string
}

variable "architecture" {
  description = "ARM64 or X86_64."
  type        = string
}

variable "repository_arns" {
  description = "ECR repositories the image may be fetched from; none for a registry elsewhere."
  type        = list(string)
}

variable "registry_credentials_arn" {
  description = "Secret with the login of a private registry elsewhere; null without one."
  type        = string
}

variable "cpu" {
  description = "CPU units, 1024 to a core."
  type        = number
}

variable "memory" {
  description = "Memory in MiB."
  type        = number
}

variable "disk" {
  description = "Disk in GiB, 21 or more."
  type        = number
  default     = 21
}

variable "user" {
  description = "uid:gid it runs as."
  type        = string
  default     = "1000:1000"
}

variable "command" {
  description = "Program and arguments instead of the image's own."
  type        = list(string)
  default     = []
}

variable "ports" {
  description = "Port it is reached at, if any."
  type        = list(number)
  default     = []
}

variable "health_url" {
  description = "Address inside the task that answers while it is well; null for what ends by itself."
  type        = string
  default     = null
}

variable "environment" {
  description = "Settings, by name."
  type        = map(string)
}

variable "secrets" {
  description = "ARNs of the secrets it is given, by the setting each fills."
  type        = map(string)
}

variable "scratch" {
  description = "Folders it may write to, by name of the volume; gone with the task."
  type        = map(string)
  default     = { tmp = "/tmp" }
}

variable "ca" {
  description = "Certificates of the region's database authority, as PEM."
  type        = string
}

variable "ca_path" {
  description = "Where they are put."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of its log and secrets."
  type        = string
}

variable "log_days" {
  description = "Days its log is kept."
  type        = number
}
