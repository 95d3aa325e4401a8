{{/* What the chart itself knows of a service's settings, as YAML. Takes root, key, service and values. */}}
{{- define "hubferry.ownSettings" -}}
{{- $root := .root -}}
{{- $kafka := $root.Values.kafka -}}
# Above the defaults that images bring as variables.
config_ordinal: 310
kafka.bootstrap.servers: {{ include "hubferry.kafkaServers" $root | quote }}
kafka.security.protocol: {{ printf "%s%s" (ternary "SASL_" "" $kafka.sasl.enabled) (ternary "SSL" "PLAINTEXT" $kafka.tls.enabled) }}
{{- if $kafka.sasl.enabled }}
kafka.sasl.mechanism: {{ $kafka.sasl.mechanism }}
{{- end }}
{{- if include "hubferry.kafkaCaSecret" $root }}
kafka.ssl.truststore.type: PEM
kafka.ssl.truststore.location: /etc/hubferry/files/kafka-ca/ca.crt
{{- end }}
quarkus.datasource.jdbc.url: {{ include "hubferry.jdbcUrl" $root | quote }}
quarkus.datasource.username: {{ .values.postgres.user | default $root.Values.postgres.user | quote }}
{{- if eq .key "dbTransfer" }}
hubferry.db.work-directory: /var/lib/hubferry/db
{{- end }}
{{- if and (eq .key "orchestrator") $root.Values.ingress.enabled }}
quarkus.http.proxy.proxy-address-forwarding: "true"
quarkus.http.proxy.trusted-proxies: {{ join "," $root.Values.ingress.trustedProxies | quote }}
{{- end }}
{{- end -}}

{{/* A service's application.properties: the chart's own settings, those of all services, its own, the later before the earlier. Takes root, key, service and values. */}}
{{- define "hubferry.properties" -}}
{{- $settings := dict -}}
{{- /* Not merge, which takes false and an empty text for nothing. */ -}}
{{- range list (include "hubferry.ownSettings" . | fromYaml) .root.Values.settings .values.settings -}}
{{- range $name, $value := . -}}{{- $_ := set $settings $name $value -}}{{- end -}}
{{- end -}}
{{- range $name, $value := $settings }}
{{ include "hubferry.propertyName" $name }}={{ include "hubferry.propertyValue" $value }}
{{- end }}
{{ end -}}

{{- define "hubferry.propertyName" -}}
{{- include "hubferry.oneLine" . | replace " " "\\ " | replace ":" "\\:" | replace "=" "\\=" | replace "#" "\\#" | replace "!" "\\!" -}}
{{- end -}}

{{/* Whole numbers come as floating-point ones from a file, and large ones would be written like 1e+06. */}}
{{- define "hubferry.propertyValue" -}}
{{- $text := toString . -}}
{{- if kindIs "float64" . -}}
{{- if eq . (floor .) -}}{{- $text = printf "%.0f" . -}}{{- end -}}
{{- end -}}
{{- $text = include "hubferry.oneLine" $text -}}
{{- if hasPrefix " " $text -}}{{- $text = printf "\\%s" $text -}}{{- end -}}
{{- $text -}}
{{- end -}}

{{/* Without what ends a line, in properties or in YAML. */}}
{{- define "hubferry.oneLine" -}}
{{- . | replace "\\" "\\\\" | replace "\n" "\\n" | replace "\r" "\\r" | replace "\t" "\\t" | replace "\f" "\\f" | replace "\u0085" "\\u0085" | replace "\u2028" "\\u2028" | replace "\u2029" "\\u2029" -}}
{{- end -}}
