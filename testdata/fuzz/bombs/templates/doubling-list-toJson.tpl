{{ $list := list 1 }}{{ range until 60 }}{{ $list = list $list $list }}{{ end }}{{ $list | toJson }}
