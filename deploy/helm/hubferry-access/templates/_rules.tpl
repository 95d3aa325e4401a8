{{/* Of k8s-svc in the namespace of a hub that moves away. */}}
{{- define "access.k8s-source" -}}
{{ include "access.k8s-any" . }}
- {apiGroups: [""], resources: [services], verbs: [create, delete]}
{{- end -}}

{{/* … that moves here: a pod looks at the homes, and its log is read. */}}
{{- define "access.k8s-target" -}}
{{ include "access.k8s-any" . }}
- {apiGroups: [""], resources: [pods], verbs: [create]}
- {apiGroups: [""], resources: [pods/log], verbs: [get]}
{{- end -}}

{{- define "access.k8s-any" -}}
- {apiGroups: [apps], resources: [deployments], verbs: [get, list]}
- {apiGroups: [apps], resources: [deployments/scale], verbs: [get, update]}
- {apiGroups: [""], resources: [services], verbs: [get, list, patch]}
- {apiGroups: [""], resources: [pods], verbs: [get, list, delete]}
- {apiGroups: [""], resources: [pods/portforward], verbs: [get, create]}
- {apiGroups: [""], resources: [persistentvolumeclaims], verbs: [list]}
- {apiGroups: [""], resources: [secrets, configmaps], verbs: [get]}
- {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [list]}
{{- end -}}

{{/* Of k8s-svc where the ingress controller is. */}}
{{- define "access.k8s-ingress" -}}
- {apiGroups: [""], resources: [services], verbs: [list]}
{{- end -}}

{{/* Of k8s-svc everywhere: who mounts the homes, wherever it runs. */}}
{{- define "access.k8s-everywhere" -}}
- {apiGroups: [""], resources: [pods, persistentvolumes], verbs: [list]}
{{- end -}}

{{/* Of db-transfer-svc in the namespace of a hub: a pod of its own that mounts the hub's volume, and a look into the hub's Secret. */}}
{{- define "access.db-transfer" -}}
- {apiGroups: [apps], resources: [deployments], verbs: [list]}
- {apiGroups: [""], resources: [secrets, persistentvolumeclaims], verbs: [get]}
- {apiGroups: [""], resources: [pods], verbs: [get, list, watch, create, delete]}
- {apiGroups: [""], resources: [pods/exec], verbs: [get, create]}
{{- end -}}
