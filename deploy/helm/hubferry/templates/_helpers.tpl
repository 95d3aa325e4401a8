{{/* The services by their key in the values: the word in names of objects, the service's own name, its port, and what it hears. */}}
{{- define "hubferry.services" -}}
orchestrator: {word: orchestrator, component: orchestrator-svc, port: 8080}
storage: {word: storage, component: storage-svc, port: 8081, commands: hubferry.commands.storage}
k8s: {word: k8s, component: k8s-svc, port: 8082, commands: hubferry.commands.k8s}
dbTransfer: {word: db-transfer, component: db-transfer-svc, port: 8083, commands: hubferry.commands.db}
dns: {word: dns, component: dns-svc, port: 8084, commands: hubferry.commands.dns}
{{- end -}}

{{/* What all names begin with: at most 38 characters, so that with what follows they have at most 63. A longer one ends with its hash, else two releases might share it. */}}
{{- define "hubferry.fullname" -}}
{{- $name := .Values.fullnameOverride | default (ternary .Release.Name (printf "%s-hubferry" .Release.Name) (contains "hubferry" .Release.Name)) -}}
{{- if gt (len $name) 38 -}}
{{- printf "%s-%s" (trunc 29 $name | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}

{{/* Name of an object of a service. Takes root and service. */}}
{{- define "hubferry.nameOf" -}}
{{- printf "%s-%s" (include "hubferry.fullname" .root) .service.word -}}
{{- end -}}

{{/* What the pods of this release are selected by. */}}
{{- define "hubferry.releaseLabels" -}}
app.kubernetes.io/name: hubferry
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* What the pods of a service are selected by. Takes root and service. */}}
{{- define "hubferry.selectorLabels" -}}
{{ include "hubferry.releaseLabels" .root }}
app.kubernetes.io/component: {{ .service.component }}
{{- end -}}

{{/* Labels of what belongs to no service. */}}
{{- define "hubferry.labels" -}}
{{ include "hubferry.releaseLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Labels of what belongs to a service. Takes root and service. */}}
{{- define "hubferry.serviceLabels" -}}
{{ include "hubferry.labels" .root }}
app.kubernetes.io/component: {{ .service.component }}
{{- end -}}

{{/* Image of a service. Takes root and values, those of the service. */}}
{{- define "hubferry.image" -}}
{{- $image := .values.image -}}
{{- $name := $image.repository -}}
{{- with .root.Values.image.registry -}}{{- $name = printf "%s/%s" (trimSuffix "/" .) $name -}}{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name ($image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* Of containers, as the Pod Security Standard "restricted" wants it, and no file system that they can write to. */}}
{{- define "hubferry.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Of pods. The group may read what is mounted. */}}
{{- define "hubferry.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}
