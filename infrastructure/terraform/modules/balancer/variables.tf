variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Public subnets."
  type        = list(string)
}

variable "security_group_id" {
  description = "Lets in the web."
  type        = string
}

variable "domain" {
  description = "Where people reach the pages."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the domain."
  type        = string
}

variable "zone_id" {
  description = "Hosted zone the domain is entered into; null when it is entered elsewhere."
  type        = string
}

variable "protected" {
  description = "Refuses to be deleted."
  type        = bool
}
