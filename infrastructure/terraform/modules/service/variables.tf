variable "name" {
  description = "What the names of everything begin with."
  type        = string
}

variable "part" {
  description = "Which service: api, worker or frontend."
  type        = string
}

variable "cluster_arn" {
  description = "The cluster."
  type        = string
}

variable "cluster_name" {
  description = "Name of the cluster."
  type        = string
}

variable "namespace_arn" {
  description = "Where services find each other."
  type        = string
}

variable "definition_arn" {
  description = "Task definition to begin with."
  type        = string
}

variable "subnet_ids" {
  description = "Where the tasks run."
  type        = list(string)
}

variable "security_group_id" {
  description = "Who may reach them and whom they may."
  type        = string
}

variable "scale" {
  description = "Fewest and most tasks."
  type        = object({ min = number, max = number })
}

variable "port" {
  description = "Port it is reached at; null for one that isn't."
  type        = number
  default     = null
}

variable "offered" {
  description = "Whether others reach it by its name on the inner network."
  type        = bool
  default     = false
}

variable "connected" {
  description = "Whether it reaches others by their names on the inner network."
  type        = bool
  default     = false
}

variable "balancer" {
  description = "Target groups and rule of the balancer; null for one that is not reached from outside."
  type = object({
    target_group_arn           = string
    alternate_target_group_arn = string
    listener_rule_arn          = string
  })
  default = null
}

variable "balancer_role_arn" {
  description = "Role under which ECS moves the weights of the balancer's rule."
  type        = string
  default     = null
}

variable "canary" {
  description = "Share of the requests that try a release, and how long each step is watched."
  type        = object({ percent = number, minutes = number })
}

variable "alarm_names" {
  description = "Alarms that take a release back."
  type        = list(string)
  default     = []
}
