{{/* All topics, as YAML: their partitions, and for how long records are kept in ms. */}}
{{- define "hubferry.topics" -}}
{{- $partitions := .Values.strimzi.partitions -}}
{{- $week := "604800000" -}}
{{- range $key, $service := include "hubferry.services" . | fromYaml }}
{{- with $service.commands }}
{{ . }}: {partitions: {{ $partitions }}, retention: {{ $week | quote }}}
{{- end }}
{{- end }}
hubferry.replies: {partitions: {{ $partitions }}, retention: {{ $week | quote }}}
hubferry.requests: {partitions: {{ $partitions }}, retention: {{ $week | quote }}}
hubferry.answers: {partitions: {{ $partitions }}, retention: {{ $week | quote }}}
# Whoever begins to follow may want all of it.
hubferry.events: {partitions: {{ $partitions }}, retention: "-1"}
# Worthless after minutes.
hubferry.progress: {partitions: {{ $partitions }}, retention: "3600000", segment: "3600000"}
hubferry.connections: {partitions: 1, retention: "3600000", segment: "3600000"}
hubferry.dead-letters: {partitions: 1, retention: "2592000000"}
{{- end -}}

{{/* What a service reads, writes and commits, as YAML. Takes service. */}}
{{- define "hubferry.kafkaAccess" -}}
{{- if .service.commands }}
reads: [{{ .service.commands }}]
writes: [hubferry.replies, hubferry.progress, hubferry.connections, hubferry.dead-letters]
groups: [{{ .service.component }}]
{{- else }}
reads: [hubferry.replies, hubferry.progress, hubferry.connections, hubferry.requests]
writes: [hubferry.commands.storage, hubferry.commands.k8s, hubferry.commands.db, hubferry.commands.dns, hubferry.events, hubferry.answers, hubferry.dead-letters]
groups: [orchestrator-svc, orchestrator-svc-requests]
# Each replica has a group of its own there.
groupPrefixes: [orchestrator-svc-progress-, orchestrator-svc-connections-]
{{- end }}
{{- end -}}
