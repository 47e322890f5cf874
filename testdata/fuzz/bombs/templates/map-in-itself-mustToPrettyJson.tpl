{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ $map | mustToPrettyJson }}
