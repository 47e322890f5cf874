{{ range until 100000 }}{{ encryptAES "k" "text" }}{{ end }}
