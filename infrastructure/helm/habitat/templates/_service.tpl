{{/*
One of the three services: its Deployment and its Service. Takes root, part, image, port, metricsPort, live and ready
(paths), env (a list) and replicas.
*/}}
{{- define "habitat.service" -}}
{{- $values := index .root.Values .part -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "habitat.name" . }}
  labels: {{- include "habitat.labels" . | nindent 4 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  strategy:
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels: {{- include "habitat.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "habitat.labels" . | nindent 8 }}
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 45
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext: {{- include "habitat.podSecurity" (dict "uid" 1000) | nindent 8 }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "habitat.selector" . | nindent 14 }}
      containers:
        - name: {{ .part }}
          image: {{ include "habitat.image" . }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          securityContext: {{- include "habitat.containerSecurity" . | nindent 12 }}
          env: {{- .env | nindent 12 }}
          ports:
            - { name: http, containerPort: {{ .port }} }
            {{- if ne .metricsPort .port }}
            - { name: metrics, containerPort: {{ .metricsPort }} }
            {{- end }}
          startupProbe:
            httpGet: { path: {{ .live }}, port: http }
            periodSeconds: 2
            failureThreshold: 60
          livenessProbe:
            httpGet: { path: {{ .live }}, port: http }
            periodSeconds: 10
            failureThreshold: 6
          readinessProbe:
            httpGet: { path: {{ .ready }}, port: http }
            periodSeconds: 5
            failureThreshold: 2
          resources: {{- toYaml $values.resources | nindent 12 }}
          volumeMounts:
            {{- if eq .part "frontend" }}
            - { name: tmp, mountPath: /tmp }
            - { name: cache, mountPath: /app/services/frontend/.next/cache }
            {{- else }}
            {{- include "habitat.mounts" . | nindent 12 }}
            {{- if not .root.Values.evidence.s3.bucket }}
            - { name: evidence, mountPath: /var/lib/habitat/evidence }
            {{- end }}
            {{- end }}
      volumes:
        {{- if eq .part "frontend" }}
        - { name: tmp, emptyDir: {} }
        - { name: cache, emptyDir: {} }
        {{- else }}
        {{- include "habitat.secretVolume" . | nindent 8 }}
        {{- if not .root.Values.evidence.s3.bucket }}
        - name: evidence
          persistentVolumeClaim: { claimName: {{ include "habitat.name" (dict "root" .root "part" "evidence") }} }
        {{- end }}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "habitat.name" . }}
  labels: {{- include "habitat.labels" . | nindent 4 }}
spec:
  selector: {{- include "habitat.selector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ .port }}, targetPort: http }
    {{- if ne .metricsPort .port }}
    - { name: metrics, port: {{ .metricsPort }}, targetPort: metrics }
    {{- end }}
{{- end }}
