{{ define "t" }}{{ include "t" . }}{{ end }}{{ include "t" . }}
