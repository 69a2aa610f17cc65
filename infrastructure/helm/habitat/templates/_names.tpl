{{/* Names and labels, and what every pod has in common. */}}
{{- define "habitat.name" -}}
{{ printf "%s-%s" .root.Release.Name .part | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "habitat.selector" -}}
app.kubernetes.io/name: habitat
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "habitat.labels" -}}
{{ include "habitat.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "habitat.image" -}}
{{ with .root.Values.image.registry }}{{ . }}/{{ end }}habitat-{{ .image }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* uid 1000 is the services' user, 999 PostgreSQL's. */}}
{{- define "habitat.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .uid }}
runAsGroup: {{ .uid }}
fsGroup: {{ .uid }}
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "habitat.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* A setting from the Secret, as a file: what is in no environment is in no crash report. */}}
{{- define "habitat.secretSetting" -}}
- { name: {{ .name }}_FILE, value: /run/secrets/habitat/{{ .key }} }
{{- end }}

{{- define "habitat.secretVolume" -}}
- name: secrets
  secret: { secretName: {{ .root.Values.existingSecret }}, defaultMode: 0440 }
- { name: tmp, emptyDir: {} }
{{- end }}

{{- define "habitat.mounts" -}}
- { name: secrets, mountPath: /run/secrets/habitat, readOnly: true }
- { name: tmp, mountPath: /tmp }
{{- end }}

{{- define "habitat.databaseSettings" -}}
- { name: EVENT_TRANSPORT, value: {{ .Values.rabbitmq.transport }} }
- { name: LOG_LEVEL, value: {{ .Values.logLevel }} }
{{ include "habitat.secretSetting" (dict "name" "DATABASE_URL" "key" "database-url") }}
{{- if eq .Values.rabbitmq.transport "rabbitmq" }}
{{ include "habitat.secretSetting" (dict "name" "RABBITMQ_URL" "key" "rabbitmq-url") }}
{{- end }}
{{- end }}

{{/* How a process is seen, and how it goes: it answers for a while after it was asked to end. */}}
{{- define "habitat.commonSettings" -}}
- { name: NODE_ENV, value: production }
- { name: HABITAT_ENVIRONMENT, value: {{ .Values.environment }} }
{{- with .Values.traces.endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- end }}

{{/* Links, mail and webhooks: the API makes them, the worker sends them. */}}
{{- define "habitat.linkSettings" -}}
- { name: PUBLIC_URL, value: 'https://{{ .Values.host }}' }
{{ include "habitat.secretSetting" (dict "name" "SECRETS_KEY" "key" "secrets-key") }}
- { name: WEBHOOK_PRIVATE_NETWORKS, value: {{ .Values.webhooks.privateNetworks | quote }} }
- { name: RETENTION, value: {{ .Values.retention | quote }} }
{{- with .Values.mail.from }}
- { name: MAIL_FROM, value: {{ . | quote }} }
{{ include "habitat.secretSetting" (dict "name" "SMTP_URL" "key" "smtp-url") }}
{{- end }}
{{- end }}

{{/* Another's sign-in, where there is one. */}}
{{- define "habitat.providerSettings" -}}
{{- with .Values.provider }}
{{- if .issuer }}
- { name: OIDC_ISSUER, value: {{ .issuer | quote }} }
- { name: OIDC_CLIENT_ID, value: {{ .clientId | quote }} }
- { name: OIDC_LABEL, value: {{ .label | quote }} }
{{- if .clientSecret }}
{{ include "habitat.secretSetting" (dict "name" "OIDC_CLIENT_SECRET" "key" "oidc-client-secret") }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Where evidence files lie, and what is asked of one before it is kept. */}}
{{- define "habitat.evidenceSettings" -}}
{{- with .Values.evidence -}}
- { name: EVIDENCE_MAX_BYTES, value: {{ .maxBytes | quote }} }
{{- with .clamd }}
- { name: EVIDENCE_CLAMD, value: {{ . | quote }} }
{{- end }}
{{- with .s3 }}
{{- if .bucket }}
- { name: EVIDENCE_S3_BUCKET, value: {{ .bucket | quote }} }
- { name: EVIDENCE_S3_PREFIX, value: {{ .prefix | quote }} }
- { name: EVIDENCE_S3_ENDPOINT, value: {{ .endpoint | quote }} }
- { name: EVIDENCE_S3_REGION, value: {{ .region | quote }} }
{{- if .accessKeyId }}
- { name: EVIDENCE_S3_ACCESS_KEY_ID, value: {{ .accessKeyId | quote }} }
{{ include "habitat.secretSetting" (dict "name" "EVIDENCE_S3_SECRET_ACCESS_KEY" "key" "evidence-s3-secret-access-key") }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
