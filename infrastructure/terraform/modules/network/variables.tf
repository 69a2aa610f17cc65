variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "cidr" {
  description = "Address range of the network, a /20 or larger."
  type        = string
}

variable "zones" {
  description = "How many availability zones to use."
  type        = number
}

variable "gateway_per_zone" {
  description = "A NAT gateway in every zone, so that a lost zone takes no other's way out with it."
  type        = bool
}
