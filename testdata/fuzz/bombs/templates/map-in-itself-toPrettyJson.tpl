{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ $map | toPrettyJson }}
