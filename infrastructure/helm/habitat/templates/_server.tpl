{{/*
A server of the chart's own: one instance on a volume. Takes root, part, image, uid, data (its folder), ports, ready (a
command) and env.
*/}}
{{- define "habitat.server" -}}
{{- $values := index .root.Values .part -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "habitat.name" . }}
  labels: {{- include "habitat.labels" . | nindent 4 }}
spec:
  serviceName: {{ include "habitat.name" . }}
  replicas: 1
  selector:
    matchLabels: {{- include "habitat.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "habitat.labels" . | nindent 8 }}
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 120
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext: {{- include "habitat.podSecurity" . | nindent 8 }}
      containers:
        - name: {{ .part }}
          image: {{ .image }}
          securityContext: {{- include "habitat.containerSecurity" . | nindent 12 }}
          env: {{- toYaml .env | nindent 12 }}
          ports:
            {{- range $name, $port := .ports }}
            - { name: {{ $name }}, containerPort: {{ $port }} }
            {{- end }}
          startupProbe:
            exec: { command: {{ toJson .ready }} }
            periodSeconds: 5
            timeoutSeconds: 10
            failureThreshold: 60
          livenessProbe:
            exec: { command: {{ toJson .ready }} }
            periodSeconds: 20
            timeoutSeconds: 10
            failureThreshold: 6
          readinessProbe:
            exec: { command: {{ toJson .ready }} }
            periodSeconds: 10
            timeoutSeconds: 10
          resources: {{- toYaml $values.resources | nindent 12 }}
          volumeMounts:
            - { name: data, mountPath: {{ .data }} }
            - { name: run, mountPath: /var/run/postgresql }
            {{- include "habitat.mounts" . | nindent 12 }}
      volumes:
        {{- include "habitat.secretVolume" . | nindent 8 }}
        - { name: run, emptyDir: {} }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        {{- with $values.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources: { requests: { storage: {{ $values.storage }} } }
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "habitat.name" . }}
  labels: {{- include "habitat.labels" . | nindent 4 }}
spec:
  clusterIP: None
  selector: {{- include "habitat.selector" . | nindent 4 }}
  ports:
    {{- range $name, $port := .ports }}
    - { name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }} }
    {{- end }}
{{- end }}
