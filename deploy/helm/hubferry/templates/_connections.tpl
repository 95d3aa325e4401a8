{{/* Where Kafka is. */}}
{{- define "hubferry.kafkaServers" -}}
{{- if .Values.strimzi.enabled -}}
{{- printf "%s-kafka-bootstrap.%s.svc:%v" (include "hubferry.strimziCluster" .) (include "hubferry.strimziNamespace" .) .Values.strimzi.port -}}
{{- else -}}
{{- required "kafka.bootstrapServers is missing: say where Kafka is, as host:port, or set strimzi.enabled" .Values.kafka.bootstrapServers -}}
{{- end -}}
{{- end -}}

{{- define "hubferry.strimziCluster" -}}
{{- required "strimzi.cluster is missing: the name of the Kafka resource that strimzi.enabled is about" .Values.strimzi.cluster -}}
{{- end -}}

{{- define "hubferry.strimziNamespace" -}}
{{- .Values.strimzi.namespace | default .Release.Namespace -}}
{{- end -}}

{{/* Secret with the certificates for brokers; empty for those of the JVM. */}}
{{- define "hubferry.kafkaCaSecret" -}}
{{- if .Values.kafka.tls.enabled -}}
{{- if and .Values.strimzi.enabled (not .Values.kafka.tls.caSecret.name) -}}
{{- if ne (include "hubferry.strimziNamespace" .) .Release.Namespace -}}
{{- fail (printf "kafka.tls.caSecret.name is missing: the certificates of a Kafka in namespace %s cannot be mounted from there; copy Secret %s-cluster-ca-cert, which holds nothing secret, to namespace %s and name it" (include "hubferry.strimziNamespace" .) (include "hubferry.strimziCluster" .) .Release.Namespace) -}}
{{- end -}}
{{- printf "%s-cluster-ca-cert" (include "hubferry.strimziCluster" .) -}}
{{- else -}}
{{- .Values.kafka.tls.caSecret.name -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Secret with a service's key sasl.jaas.config; empty without SASL. Takes root, key, service and values. */}}
{{- define "hubferry.kafkaUserSecret" -}}
{{- if .root.Values.kafka.sasl.enabled -}}
{{- if .values.kafkaSecret -}}
{{- .values.kafkaSecret -}}
{{- else if .root.Values.strimzi.enabled -}}
{{- include "hubferry.nameOf" . -}}
{{- else -}}
{{- fail (printf "%s.kafkaSecret is missing: an existing Secret with a key sasl.jaas.config; or set kafka.sasl.enabled to false" .key) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "hubferry.databaseName" -}}
{{- printf "%s-db" (include "hubferry.fullname" .) -}}
{{- end -}}

{{/* Secret with the certificates for the database; empty when the server is not looked at. */}}
{{- define "hubferry.postgresCaSecret" -}}
{{- if hasPrefix "verify-" .Values.postgres.sslMode -}}
{{- if .Values.postgres.caSecret.name -}}
{{- .Values.postgres.caSecret.name -}}
{{- else if .Values.cloudnativepg.enabled -}}
{{- printf "%s-ca" (include "hubferry.databaseName" .) -}}
{{- else -}}
{{- fail (printf "postgres.caSecret.name is missing: sslMode %s needs an existing Secret with the certificates of who may vouch for the server" .Values.postgres.sslMode) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "hubferry.jdbcUrl" -}}
{{- $host := .Values.postgres.host -}}
{{- if .Values.cloudnativepg.enabled -}}
{{- $host = printf "%s-rw.%s.svc" (include "hubferry.databaseName" .) .Release.Namespace -}}
{{- end -}}
{{- $host = required "postgres.host is missing: say where Postgres is, or set cloudnativepg.enabled" $host -}}
{{- $url := printf "jdbc:postgresql://%s:%v/%s?sslmode=%s" $host .Values.postgres.port .Values.postgres.database .Values.postgres.sslMode -}}
{{- if include "hubferry.postgresCaSecret" . -}}
{{- $url = printf "%s&sslrootcert=/etc/hubferry/files/postgres-ca/ca.crt" $url -}}
{{- end -}}
{{- $url -}}
{{- end -}}

{{/* Secret and key of a service's password, as YAML. Takes root, key and values. */}}
{{- define "hubferry.passwordSecret" -}}
{{- $own := .values.postgres.passwordSecret -}}
{{- $common := .root.Values.postgres.passwordSecret -}}
{{- if $own.name -}}
{{- toYaml $own -}}
{{- else if $common.name -}}
{{- toYaml $common -}}
{{- else if .root.Values.cloudnativepg.enabled -}}
{{- toYaml (dict "name" (printf "%s-app" (include "hubferry.databaseName" .root)) "key" "password") -}}
{{- else -}}
{{- fail (printf "postgres.passwordSecret.name is missing, and so is %s.postgres.passwordSecret.name: an existing Secret with the password" .key) -}}
{{- end -}}
{{- end -}}
