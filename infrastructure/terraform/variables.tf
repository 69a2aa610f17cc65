# ── Where and what
variable "region" {
  description = "Region of AWS, such as eu-central-1."
  type        = string
}

variable "environment" {
  description = "staging or production; the names of everything and the tag of its cost."
  type        = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "The environment is staging or production."
  }
}

variable "domain" {
  description = "Where people reach the pages, without a scheme."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "The domain is a name such as habitat.example.org, without https:// and without a path."
  }
}

variable "certificate_arn" {
  description = "Certificate of the domain in AWS Certificate Manager, in the same region."
  type        = string

  validation {
    condition     = startswith(var.certificate_arn, "arn:aws:acm:")
    error_message = "The certificate is named by its ARN, arn:aws:acm:…"
  }
}

variable "zone_id" {
  description = "Hosted zone of Route 53 the domain is entered into; null when its DNS is elsewhere."
  type        = string
  default     = null
}

variable "mail" {
  description = "Who is told of alarms and costs; has to confirm the first mail."
  type        = string

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.mail))
    error_message = "This is an address of e-mail."
  }
}

variable "budget" {
  description = "What a month may cost in whole US dollars before somebody is told."
  type        = number

  validation {
    condition     = var.budget >= 1 && floor(var.budget) == var.budget
    error_message = "The budget is a whole number of dollars."
  }
}

# ── Release
variable "registry" {
  description = "What the names of the images begin with, without a slash at the end, such as ghcr.io/our-coop."
  type        = string

  validation {
    condition     = !endswith(var.registry, "/") && !strcontains(var.registry, "://")
    error_message = "The registry has no scheme and no slash at the end."
  }
}

variable "release" {
  description = "Release the services begin with; later ones are put in by infrastructure/aws/release.mjs."
  type        = string

  validation {
    condition     = can(regex("^\\d+\\.\\d+\\.\\d+", var.release))
    error_message = "A release is a number such as 1.4.0; a name that moves, like latest, is none."
  }
}

variable "architecture" {
  description = "Processors of the tasks: ARM64, which costs a fifth less, or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "The architecture is ARM64 or X86_64."
  }
}

variable "repository_arns" {
  description = "Repositories of ECR the images lie in; none for a registry elsewhere."
  type        = list(string)
  default     = []
}

variable "registry_credentials_arn" {
  description = "Secret with the login of a private registry elsewhere ({\"username\":…,\"password\":…}); null for a public one."
  type        = string
  default     = null
}

variable "deployer" {
  description = "Repository on GitHub whose environment of this name may put releases in (owner/name), and the account's identity provider for token.actions.githubusercontent.com; null when releases are put in by hand."
  type        = object({ repository = string, provider_arn = string })
  default     = null
}

variable "canary" {
  description = "Share of the requests in a hundred that try a release first, and the minutes each step is watched."
  type        = object({ percent = number, minutes = number })
  default     = { percent = 10, minutes = 10 }

  validation {
    condition     = var.canary.percent >= 1 && var.canary.percent <= 50 && var.canary.minutes >= 1
    error_message = "A canary takes 1 to 50 of a hundred requests and is watched for a minute at least."
  }
}

# ── Network
variable "cidr" {
  description = "Address range of the network."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && tonumber(split("/", var.cidr)[1]) <= 20
    error_message = "The network is a range such as 10.40.0.0/16, a /20 or larger."
  }
}

variable "zones" {
  description = "Availability zones, 2 to 4; a broker of three nodes needs 3."
  type        = number
  default     = 3

  validation {
    condition     = var.zones >= 2 && var.zones <= 4
    error_message = "There are 2 to 4 zones."
  }
}

variable "gateway_per_zone" {
  description = "A way out in every zone; one for all is cheaper, and a lost zone may take it along."
  type        = bool
  default     = true
}

# ── Database and broker
variable "database" {
  description = "Size of the database: class of primary and replica, GiB at first and at most, standby, replica, days back to which any second is restored."
  type = object({
    class         = string
    replica_class = optional(string)
    storage       = optional(number, 50)
    most_storage  = optional(number, 500)
    multi_az      = optional(bool, true)
    replica       = optional(bool, true)
    backup_days   = optional(number, 14)
    major_version = optional(string, "18")
  })

  validation {
    condition     = var.database.backup_days >= 1 && var.database.backup_days <= 35
    error_message = "RDS keeps 1 to 35 days."
  }

  validation {
    condition     = var.database.most_storage > var.database.storage
    error_message = "The disk must be allowed to grow."
  }
}

variable "database_ca_file" {
  description = "File with the certificates of the region's database authority, as AWS publishes it for RDS (REGION-bundle.pem)."
  type        = string
}

variable "password_version" {
  description = "A higher number makes new passwords of the database and writes every address anew; then run the migration and replace the tasks."
  type        = number
  default     = 1
}

variable "broker" {
  description = "Size of the broker: type of a node, three nodes or one, release of RabbitMQ, memory in GiB above which somebody is told."
  type = object({
    type         = string
    cluster      = optional(bool, true)
    version      = optional(string, "3.13")
    alarm_memory = optional(number, 2)
  })
}

variable "protected" {
  description = "Database and balancer refuse to be deleted."
  type        = bool
  default     = true
}

# ── Services
variable "sizes" {
  description = "CPU units and MiB of each task, and the fewest and most tasks of each service."
  type = map(object({
    cpu    = number
    memory = number
    min    = optional(number, 2)
    max    = optional(number, 10)
  }))
  default = {
    api      = { cpu = 512, memory = 1024 }
    worker   = { cpu = 512, memory = 1024 }
    frontend = { cpu = 512, memory = 1024 }
  }

  validation {
    condition     = length(setsubtract(["api", "worker", "frontend"], keys(var.sizes))) == 0 && length(var.sizes) == 3
    error_message = "There is a size for api, worker and frontend."
  }
}

variable "mail_from" {
  description = "Who Habitat's mail comes from; empty when it sends none. The server's address is then filled into the secret smtp-url."
  type        = string
  default     = ""
}

variable "retention" {
  description = "How long what is over is kept: ended sessions, links by mail, notices, settled requests of programs."
  type        = string
  default     = "365d"
}

variable "sign_in" {
  description = "The OpenID Connect provider people may sign in with, none while issuer is empty; with client_secret, the secret oidc-client-secret is filled in by hand. It sends people back to https://DOMAIN/sign-in/provider/back."
  type = object({
    issuer        = optional(string, "")
    client_id     = optional(string, "")
    label         = optional(string, "")
    client_secret = optional(bool, false)
  })
  default = {}
}

variable "rotating" {
  description = "Of JWT_SECRET and SECRETS_KEY, those being replaced: their former values are read from a secret beside them."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.rotating, ["JWT_SECRET", "SECRETS_KEY"])) == 0
    error_message = "Only JWT_SECRET and SECRETS_KEY have a former value."
  }
}

variable "traces" {
  description = "Where traces are sent by OTLP over HTTPS (port 443), and whether that asks for a login, which is then filled into the secret otel-exporter-otlp-headers; nothing is traced without an endpoint."
  type        = object({ endpoint = string, login = optional(bool, false) })
  default     = { endpoint = "" }

  validation {
    condition     = var.traces.endpoint == "" || startswith(var.traces.endpoint, "https://")
    error_message = "Traces are sent over https."
  }
}

variable "settings" {
  description = "Further settings of docs/environment.md by part, such as { api = { JWT_EXPIRY = \"10m\" } }; none that is secret."
  type        = map(map(string))
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.settings), ["api", "worker", "frontend", "migrate", "backup"])) == 0
    error_message = "Settings are given to api, worker, frontend, migrate or backup."
  }
}

variable "default_language" {
  description = "Language of the pages for whoever chose none and whose browser asks for none of ours."
  type        = string
  default     = "en"

  validation {
    condition     = contains(["en", "es"], var.default_language)
    error_message = "The language is en or es."
  }
}

variable "log_level" {
  description = "How severe a log line must be to be written."
  type        = string
  default     = "info"

  validation {
    condition     = contains(["fatal", "error", "warn", "info", "debug", "trace"], var.log_level)
    error_message = "The level is fatal, error, warn, info, debug or trace."
  }
}

variable "log_days" {
  description = "Days logs are kept, of those CloudWatch knows."
  type        = number
  default     = 90

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365], var.log_days)
    error_message = "CloudWatch keeps logs 7, 14, 30, 60, 90, 180 or 365 days."
  }
}

# ── Backups
variable "backup" {
  description = "When the nightly dump is taken (cron of EventBridge, UTC), how long it is kept, days a deleted one can be had back, GiB of disk to take it on, and whether it is taken at all."
  type = object({
    schedule      = optional(string, "cron(30 2 * * ? *)")
    retention     = optional(string, "30d")
    versions_days = optional(number, 30)
    disk          = optional(number, 50)
    enabled       = optional(bool, true)
  })
  default = {}

  validation {
    condition     = var.backup.disk >= 21 && var.backup.disk <= 200
    error_message = "A task has 21 to 200 GiB of disk."
  }
}
