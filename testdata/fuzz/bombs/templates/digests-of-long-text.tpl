{{ $text := repeat 10000000 "x" }}{{ range until 100000 }}{{ $text | sha256sum }}{{ end }}
