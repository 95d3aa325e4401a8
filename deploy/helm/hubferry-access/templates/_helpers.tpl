{{- define "access.fullname" -}}
{{- include "access.short" (ternary .Release.Name (printf "%s-hubferry" .Release.Name) (contains "hubferry" .Release.Name)) -}}
{{- end -}}

{{/* What names of objects outside the release's namespace begin with, where releases of other namespaces are, too. */}}
{{- define "access.widename" -}}
{{- include "access.short" (printf "%s-%s" .Release.Namespace .Release.Name) -}}
{{- end -}}

{{/* At most 40 characters; a longer name ends with its hash, else two might become one. */}}
{{- define "access.short" -}}
{{- if gt (len .) 40 -}}
{{- printf "%s-%s" (trunc 31 . | trimSuffix "-") (sha256sum . | trunc 8) -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{- define "access.labels" -}}
app.kubernetes.io/name: hubferry-access
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* A Role and who has it. Takes root, namespace, rules (the name of a template) and account. */}}
{{- define "access.role" -}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ include "access.widename" .root }}-{{ .rules }}
  namespace: {{ .namespace }}
  labels: {{- include "access.labels" .root | nindent 4 }}
rules: {{- include (printf "access.%s" .rules) .root | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ include "access.widename" .root }}-{{ .rules }}
  namespace: {{ .namespace }}
  labels: {{- include "access.labels" .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "access.widename" .root }}-{{ .rules }}
subjects:
  - kind: ServiceAccount
    name: {{ include "access.fullname" .root }}-{{ .account }}
    namespace: {{ .root.Release.Namespace }}
{{ end -}}
