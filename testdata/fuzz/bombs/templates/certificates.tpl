{{ range until 100000 }}{{ genSelfSignedCert "a" nil nil 1 }}{{ end }}
