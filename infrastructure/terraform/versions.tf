# What this needs: a Terraform whose values can be written without being kept (1.11), and providers that can do so.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.7"
    }
  }

  # Bucket, key and region are named by environments/*.s3.tfbackend; the bucket itself locks the state.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      project     = "habitat"
      environment = var.environment
      managed-by  = "terraform"
    }
  }
}
