{{ range until 100000 }}{{ derivePassword 1 "long" "password" "user" "example.com" }}{{ end }}
