{{ $text := "x" }}{{ range until 60 }}{{ $text = print $text $text }}{{ end }}{{ $text }}
