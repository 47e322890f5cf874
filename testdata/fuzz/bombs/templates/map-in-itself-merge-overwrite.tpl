{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ mergeOverwrite $map (dict "self" (dict "a" 1)) | len }}
