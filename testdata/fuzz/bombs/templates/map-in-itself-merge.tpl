{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ merge (dict "self" (dict)) $map }}
